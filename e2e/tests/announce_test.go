package tests

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// office is a team with channels that rules fill.
type office struct {
	team     *model.Team
	channels []*model.Channel
	square   string
	topic    string
}

// mailing lets the server send emails to a mailbox of the test.
func (s *scene) mailing(t *testing.T) *stage.Mailbox {
	t.Helper()
	mailbox, err := stage.OpenMailbox()
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, mailbox.Close()) })
	config := &model.Config{
		EmailSettings: model.EmailSettings{
			SendEmailNotifications: model.NewPointer(true), SMTPServer: &mailbox.Host, SMTPPort: &mailbox.Port,
			FeedbackEmail: model.NewPointer("bot@corp.example"), ReplyToAddress: model.NewPointer("bot@corp.example"), EnableEmailBatching: model.NewPointer(false),
		},
		TeamSettings: model.TeamSettings{MaxUsersPerTeam: model.NewPointer(1000)},
	}
	_, _, err = s.Mattermost.Admin.Client.PatchConfig(waiting(t), config)
	require.NoError(t, err)
	return mailbox
}

// office makes a team and public channels in it.
func (s *scene) office(t *testing.T, name string, channels int) office {
	t.Helper()
	client := s.Mattermost.Admin.Client
	team, _, err := client.CreateTeam(waiting(t), &model.Team{Name: name, DisplayName: strings.ToTitle(name), Type: model.TeamOpen})
	require.NoError(t, err)
	made := office{team: team}
	for i := range channels {
		channel, _, err := client.CreateChannel(waiting(t), &model.Channel{TeamId: team.Id, Name: fmt.Sprintf("room-%d", i), DisplayName: fmt.Sprintf("Room %d", i), Type: model.ChannelTypeOpen})
		require.NoError(t, err)
		made.channels = append(made.channels, channel)
	}
	for name, id := range map[string]*string{"town-square": &made.square, "off-topic": &made.topic} {
		channel, _, err := client.GetChannelByName(waiting(t), name, team.Id, "")
		require.NoError(t, err)
		*id = channel.Id
	}
	return made
}

// rule puts everyone into the channels of the office.
func (o office) rule(id string) map[string]any {
	var join []any
	for _, channel := range o.channels {
		join = append(join, map[string]any{"team": map[string]any{"id": o.team.Id}, "channel": map[string]any{"id": channel.Id}})
	}
	return map[string]any{"id": id, "name": id, "who": everyone(), "join": join}
}

// posts returns the posts of others than the administrator in a channel.
func (s *scene) posts(t *testing.T, channelID string) (posts []*model.Post) {
	t.Helper()
	list, _, err := s.Mattermost.Admin.Client.GetPostsForChannel(waiting(t), channelID, 0, 1000, "", false, false)
	require.NoError(t, err)
	for _, id := range list.Order {
		if list.Posts[id].UserId != s.Mattermost.Admin.ID {
			posts = append(posts, list.Posts[id])
		}
	}
	return posts
}

// mentions adds up the mentions that members of a channel see.
func (s *scene) mentions(t *testing.T, channelID string) (mentions int64) {
	t.Helper()
	members, _, err := s.Mattermost.Admin.Client.GetChannelMembers(waiting(t), channelID, 0, 200, "")
	require.NoError(t, err)
	for _, member := range members {
		mentions += member.MentionCount
	}
	return mentions
}

func TestAnImportFloodsNoOneUnlessThePolicySaysSo(t *testing.T) {
	s := beginAlone(t, plain)
	mailbox := s.mailing(t)
	run := func(t *testing.T, made office, announce string) *stage.Run {
		t.Helper()
		part := memberships(made.rule("r-" + made.team.Name))
		if announce != "" {
			part["memberships"].(map[string]any)["announce"] = announce
		}
		s.configure(t, policy(everyone(), office365(), part))
		run := s.sync(t, stage.ModeApply)
		require.Equal(t, "succeeded", run.State, run.Error)
		users := run.Counts["joined"] / 6
		require.GreaterOrEqual(t, users, 100)
		require.Equal(t, 6*users, run.Counts["joined"], "the team and its five channels")
		return run
	}

	t.Run("by default there is no post, no mention, and no email", func(t *testing.T) {
		made := s.office(t, "silent", 5)
		run(t, made, "")
		time.Sleep(3 * time.Second) // the server writes posts and emails after the run
		for _, id := range append(ids(made.channels), made.square, made.topic) {
			assert.Empty(t, s.posts(t, id))
			assert.Zero(t, s.mentions(t, id))
		}
		assert.Empty(t, mailbox.Mails())
		stats, _, err := s.Mattermost.Admin.Client.GetChannelStats(waiting(t), made.channels[4].Id, "", false)
		require.NoError(t, err)
		assert.Greater(t, stats.MemberCount, int64(100))
	})

	t.Run("a digest is one post in each channel, and mentions no one", func(t *testing.T) {
		made := s.office(t, "digested", 5)
		joined := run(t, made, "digest").Counts["joined"] / 6
		time.Sleep(3 * time.Second)
		for _, id := range append(ids(made.channels), made.square) {
			posts := s.posts(t, id)
			if assert.Len(t, posts, 1) {
				assert.Contains(t, posts[0].Message, fmt.Sprint(joined))
				assert.NotContains(t, posts[0].Message, "@")
				assert.Equal(t, model.PostTypeDefault, posts[0].Type)
			}
			assert.Zero(t, s.mentions(t, id))
		}
		assert.Empty(t, s.posts(t, made.topic))
		assert.Empty(t, mailbox.Mails())
		again := s.sync(t, stage.ModeApply)
		assert.Zero(t, again.Counts["joined"])
		assert.Len(t, s.posts(t, made.channels[0].Id), 1, "a run that adds no one says nothing")
	})

	t.Run("the usual posts are those of Mattermost, with its emails", func(t *testing.T) {
		made := s.office(t, "told", 5)
		joined := run(t, made, "posts").Counts["joined"] / 6
		for _, id := range append(ids(made.channels), made.square, made.topic) {
			eventually(t, "posts", func() bool { return len(s.posts(t, id)) >= joined })
			posts := s.posts(t, id)
			assert.Len(t, posts, joined)
			assert.Contains(t, []string{model.PostTypeAddToChannel, model.PostTypeAddToTeam}, posts[0].Type)
		}
		eventually(t, "emails", func() bool { return len(mailbox.Mails()) >= 5*joined })
	})
}

func ids(channels []*model.Channel) (ids []string) {
	for _, channel := range channels {
		ids = append(ids, channel.Id)
	}
	return ids
}
