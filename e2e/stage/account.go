package stage

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"
)

// Account is an account that can sign in.
type Account struct {
	ID       string
	Username string
	Email    string
	Password string
	// Client is signed in with this account.
	Client *model.Client4
}

// createAdmin creates the first account, which is a system administrator.
func (m *Mattermost) createAdmin(ctx context.Context) (*Account, error) {
	return m.register(ctx, m.Client(), "admin")
}

// CreateUser creates an ordinary account and signs it in.
func (m *Mattermost) CreateUser(ctx context.Context, username string) (*Account, error) {
	return m.register(ctx, m.Admin.Client, username)
}

// CreateSystemAdmin creates another system administrator and signs in.
func (m *Mattermost) CreateSystemAdmin(ctx context.Context, username string) (*Account, error) {
	account, err := m.create(ctx, m.Admin.Client, username)
	if err != nil {
		return nil, err
	}
	roles := model.SystemUserRoleId + " " + model.SystemAdminRoleId
	if _, err := m.Admin.Client.UpdateUserRoles(ctx, account.ID, roles); err != nil {
		return nil, fmt.Errorf("make %s a system administrator: %w", username, err)
	}
	// Sign in after that, because a session keeps the roles that it started with.
	return account, account.LogIn(ctx)
}

// CreateTeamAdmin creates a team administrator and signs in.
func (m *Mattermost) CreateTeamAdmin(ctx context.Context, username string, team *model.Team) (*Account, error) {
	account, err := m.CreateUser(ctx, username)
	if err != nil {
		return nil, err
	}
	if err := m.Join(ctx, account, team); err != nil {
		return nil, err
	}
	roles := model.TeamUserRoleId + " " + model.TeamAdminRoleId
	if _, err := m.Admin.Client.UpdateTeamMemberRoles(ctx, team.Id, account.ID, roles); err != nil {
		return nil, fmt.Errorf("make %s an administrator of %s: %w", username, team.Name, err)
	}
	return account, nil
}

// CreateGuest creates a guest and signs in. Mattermost allows guests only on a licensed server.
func (m *Mattermost) CreateGuest(ctx context.Context, username string) (*Account, error) {
	account, err := m.create(ctx, m.Admin.Client, username)
	if err != nil {
		return nil, err
	}
	if _, err := m.Admin.Client.DemoteUserToGuest(ctx, account.ID); err != nil {
		return nil, fmt.Errorf("make %s a guest: %w", username, err)
	}
	return account, account.LogIn(ctx)
}

// CreateTeam creates an open team with the administrator as a member.
func (m *Mattermost) CreateTeam(ctx context.Context, name string) (*model.Team, error) {
	team := &model.Team{Name: name, DisplayName: name, Type: model.TeamOpen}
	created, _, err := m.Admin.Client.CreateTeam(ctx, team)
	if err != nil {
		return nil, fmt.Errorf("create team %s: %w", name, err)
	}
	return created, nil
}

// Join adds the account to the team.
func (m *Mattermost) Join(ctx context.Context, account *Account, team *model.Team) error {
	if _, _, err := m.Admin.Client.AddTeamMember(ctx, team.Id, account.ID); err != nil {
		return fmt.Errorf("put %s into team %s: %w", account.Username, team.Name, err)
	}
	return nil
}

// RunCommand sends a slash command in the team's town square and returns the response, or the post that only this account sees.
func (a *Account) RunCommand(ctx context.Context, team *model.Team, command string) (string, error) {
	channel, _, err := a.Client.GetChannelByName(ctx, model.DefaultChannelName, team.Id, "")
	if err != nil {
		return "", fmt.Errorf("find the town square of %s: %w", team.Name, err)
	}
	socket, err := model.NewWebSocketClient4(strings.Replace(a.Client.URL, "http", "ws", 1), a.Client.AuthToken)
	if err != nil {
		return "", fmt.Errorf("listen for the reply: %w", err)
	}
	defer socket.Close()
	socket.Listen()
	if err := awaitEvent(ctx, socket, model.WebsocketEventHello, nil); err != nil {
		return "", err
	}
	response, _, err := a.Client.ExecuteCommand(ctx, channel.Id, command)
	if err != nil {
		return "", fmt.Errorf("run %q: %w", command, err)
	}
	if response.Text != "" {
		return response.Text, nil
	}
	var post model.Post
	err = awaitEvent(ctx, socket, model.WebsocketEventEphemeralMessage, &post)
	return post.Message, err
}

// awaitEvent waits for an event of the kind, and decodes its post unless post is nil.
func awaitEvent(ctx context.Context, socket *model.WebSocketClient, kind model.WebsocketEventType, post *model.Post) error {
	for {
		select {
		case event, open := <-socket.EventChannel:
			switch {
			case !open:
				return fmt.Errorf("the connection ended before %s", kind)
			case event.EventType() != kind:
				continue
			case post == nil:
				return nil
			}
			text, _ := event.GetData()["post"].(string)
			return json.Unmarshal([]byte(text), post)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (m *Mattermost) register(ctx context.Context, creator *model.Client4, username string) (*Account, error) {
	account, err := m.create(ctx, creator, username)
	if err != nil {
		return nil, err
	}
	return account, account.LogIn(ctx)
}

func (m *Mattermost) create(ctx context.Context, creator *model.Client4, username string) (*Account, error) {
	account := &Account{
		Username: username,
		Email:    username + "@mattermost.example",
		Password: "Stage-1" + rand.Text(),
		Client:   m.Client(),
	}
	user := &model.User{Username: account.Username, Email: account.Email, Password: account.Password}
	created, _, err := creator.CreateUser(ctx, user)
	if err != nil {
		return nil, fmt.Errorf("create account %s: %w", username, err)
	}
	account.ID = created.Id
	return account, nil
}

// LogIn starts a new session.
func (a *Account) LogIn(ctx context.Context) error {
	if _, _, err := a.Client.Login(ctx, a.Username, a.Password); err != nil {
		return fmt.Errorf("log %s in: %w", a.Username, err)
	}
	return nil
}
