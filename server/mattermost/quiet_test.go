package mattermost

import (
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
)

func added(by, account, channel string) *model.Post {
	post := &model.Post{Type: model.PostTypeAddToChannel, UserId: by, ChannelId: channel}
	post.AddProp(model.PostPropsAddedUserId, account)
	return post
}

func left(account, channel string) *model.Post {
	return &model.Post{Type: model.PostTypeLeaveChannel, UserId: account, ChannelId: channel}
}

func TestThePostOfAQuietJoinIsDismissedOnce(t *testing.T) {
	quiet := NewQuiet("bot")
	quiet.Expect([]string{"sales"}, "jun", false)
	assert.True(t, quiet.Dismisses(added("bot", "jun", "sales")))
	assert.False(t, quiet.Dismisses(added("bot", "jun", "sales")), "the run that posts does not suffer from the quiet one before it")
}

func TestAQuietJoinSparesWhatUsersDoThemselves(t *testing.T) {
	quiet := NewQuiet("bot")
	quiet.Expect([]string{"sales"}, "jun", false)
	joined := &model.Post{Type: model.PostTypeJoinChannel, UserId: "jun", ChannelId: "sales"}
	for name, post := range map[string]*model.Post{
		"an administrator adds the user":              added("admin", "jun", "sales"),
		"an administrator adds the user elsewhere":    added("admin", "jun", "legal"),
		"the sync adds the user elsewhere, with post": added("bot", "jun", "legal"),
		"the sync adds another user":                  added("bot", "mina", "sales"),
		"the user joins":                              joined,
		"the user leaves":                             left("jun", "sales"),
		"the user writes":                             {UserId: "jun", ChannelId: "sales", Message: "jun was added"},
		"the bot writes":                              {UserId: "bot", ChannelId: "sales"},
	} {
		assert.False(t, quiet.Dismisses(post), name)
	}
	assert.True(t, quiet.Dismisses(added("bot", "jun", "sales")))
}

func TestAQuietLeaveSparesOtherChannels(t *testing.T) {
	quiet := NewQuiet("bot")
	quiet.Expect([]string{"sales"}, "jun", true)
	assert.False(t, quiet.Dismisses(left("jun", "legal")))
	assert.True(t, quiet.Dismisses(left("jun", "sales")))
	assert.False(t, quiet.Dismisses(left("jun", "sales")))
}

func TestPostsComeLate(t *testing.T) {
	quiet := NewQuiet("bot")
	quiet.Expect([]string{"sales"}, "jun", false)
	quiet.turned = quiet.turned.Add(-expected - time.Second)
	quiet.Expect([]string{"sales"}, "mina", false)
	assert.True(t, quiet.Dismisses(added("bot", "jun", "sales")), "a long run forgets no post that may still come")
	quiet.turned = quiet.turned.Add(-expected - time.Second)
	quiet.Expect([]string{"legal"}, "mina", false)
	quiet.turned = quiet.turned.Add(-expected - time.Second)
	quiet.Expect([]string{"legal"}, "mina", false)
	assert.False(t, quiet.Dismisses(added("bot", "mina", "sales")), "what never came is forgotten")
	assert.Len(t, quiet.before, 1)
}

func TestAFailedCallExpectsNoPost(t *testing.T) {
	quiet := NewQuiet("bot")
	quiet.Expect([]string{"sales"}, "jun", true)
	quiet.Forget([]string{"sales"}, "jun", true)
	assert.False(t, quiet.Dismisses(left("jun", "sales")))
}
