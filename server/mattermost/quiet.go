package mattermost

import (
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
)

// expected is how long a post is waited for at least: the server writes some of them after the call has returned.
const expected = 10 * time.Minute

// Quiet dismisses the posts of the server about users whom the sync adds to teams and channels, or removes from them. A dismissed
// post causes no mention and no email either. Each call causes at most one post in each channel, so a post is dismissed once. It knows
// only what this node does, and so do the posts of that.
type Quiet struct {
	botID string

	mu sync.Mutex

	// What is expected since the last turn, and before it. At a turn, what was expected before is forgotten.
	since, before map[expectation]struct{}
	turned        time.Time
}

// expectation is one post that is about to come.
type expectation struct {
	channelID, accountID string
	isLeaving            bool
}

// NewQuiet dismisses nothing until Expect. The bot is the one that adds users.
func NewQuiet(botID string) *Quiet {
	return &Quiet{botID: botID, since: map[expectation]struct{}{}, turned: time.Now()}
}

// Expect dismisses the post that tells in each of the channels that the user has joined, or has left.
func (q *Quiet) Expect(channelIDs []string, accountID string, isLeaving bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if now := time.Now(); now.Sub(q.turned) > expected {
		q.before, q.since, q.turned = q.since, map[expectation]struct{}{}, now
	}
	for _, channelID := range channelIDs {
		q.since[expectation{channelID, accountID, isLeaving}] = struct{}{}
	}
}

// Forget expects these posts no longer, because the call has failed.
func (q *Quiet) Forget(channelIDs []string, accountID string, isLeaving bool) {
	for _, channelID := range channelIDs {
		q.take(expectation{channelID, accountID, isLeaving})
	}
}

func (q *Quiet) take(post expectation) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	_, isNew := q.since[post]
	_, isOld := q.before[post]
	delete(q.since, post)
	delete(q.before, post)
	return isNew || isOld
}

// Dismisses reports whether the post tells of what the sync does quietly. It runs for every post of the server. What users do
// themselves, or an administrator does, is posted by them.
func (q *Quiet) Dismisses(post *model.Post) bool {
	switch post.Type {
	case model.PostTypeAddToTeam, model.PostTypeAddToChannel, model.PostTypeAddGuestToChannel:
		added, _ := post.GetProp(model.PostPropsAddedUserId).(string)
		return post.UserId == q.botID && q.take(expectation{post.ChannelId, added, false})
	case model.PostTypeRemoveFromTeam, model.PostTypeLeaveChannel:
		return q.take(expectation{post.ChannelId, post.UserId, true})
	}
	return false
}
