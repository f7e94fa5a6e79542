package mattermost

import (
	"slices"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
)

// expected is how long posts about a user are dismissed: the server writes some of them after the call has returned.
const expected = time.Minute

// Quiet dismisses the posts of the server about users whom the sync adds to teams and channels, or removes from them. A dismissed
// post causes no mention and no email either. It knows only what this node does, and so do the posts of that.
type Quiet struct {
	mu    sync.Mutex
	until map[string]time.Time
}

// NewQuiet dismisses nothing until Expect.
func NewQuiet() *Quiet {
	return &Quiet{until: map[string]time.Time{}}
}

// Expect dismisses posts about these users from now on, for a short time.
func (q *Quiet) Expect(accountIDs []string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := time.Now()
	for accountID, until := range q.until {
		if until.Before(now) {
			delete(q.until, accountID)
		}
	}
	for _, accountID := range accountIDs {
		q.until[accountID] = now.Add(expected)
	}
}

// membershipPosts are the types of posts that tell of a membership that began or ended.
var membershipPosts = []string{
	model.PostTypeJoinTeam, model.PostTypeAddToTeam, model.PostTypeLeaveTeam, model.PostTypeRemoveFromTeam,
	model.PostTypeJoinChannel, model.PostTypeAddToChannel, model.PostTypeLeaveChannel, model.PostTypeRemoveFromChannel, model.PostTypeGuestJoinChannel,
	model.PostTypeAddGuestToChannel,
}

// Dismisses reports whether the post tells of what the sync does quietly. It runs for every post of the server.
func (q *Quiet) Dismisses(post *model.Post) bool {
	if post.Type == model.PostTypeDefault || !slices.Contains(membershipPosts, post.Type) {
		return false
	}
	added, _ := post.GetProp(model.PostPropsAddedUserId).(string)
	q.mu.Lock()
	defer q.mu.Unlock()
	now := time.Now()
	return q.until[post.UserId].After(now) || q.until[added].After(now)
}
