package mattermost

import (
	"net/http"
	"sync"

	"github.com/mattermost/mattermost/server/public/model"
)

// memberMemory is a MembershipAPI that records its calls. A refused user gets an error from each of them.
type memberMemory struct {
	mu        sync.Mutex
	calls     []string
	refused   map[string]string
	teams     map[string]*model.TeamMember
	channels  map[string]*model.ChannelMember
	inFlight  int
	most      int
	created   []any
	posts     []*model.Post
	config    model.Config
	users     map[string]*model.User
	onJoining func(userID string)
}

func newMemberMemory() *memberMemory {
	memory := &memberMemory{refused: map[string]string{}, teams: map[string]*model.TeamMember{}, channels: map[string]*model.ChannelMember{}}
	memory.config.SetDefaults()
	memory.config.TeamSettings.MaxUsersPerTeam = model.NewPointer(3)
	return memory
}

func (m *memberMemory) note(call, userID string) *model.AppError {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls = append(m.calls, call)
	if id, isRefused := m.refused[userID]; isRefused {
		return model.NewAppError("x", id, nil, "", http.StatusBadRequest)
	}
	return nil
}

func (m *memberMemory) CreateTeamMembersGracefully(teamID string, userIDs []string, by string) ([]*model.TeamMemberWithError, *model.AppError) {
	m.mu.Lock()
	m.inFlight++
	m.most = max(m.most, m.inFlight)
	m.mu.Unlock()
	defer func() {
		m.mu.Lock()
		m.inFlight--
		m.mu.Unlock()
	}()
	var members []*model.TeamMemberWithError
	for _, userID := range userIDs {
		if m.onJoining != nil {
			m.onJoining(userID)
		}
		members = append(members, &model.TeamMemberWithError{UserId: userID, Error: m.note("join team "+teamID+" "+userID+" by "+by, userID)})
	}
	return members, nil
}

func (m *memberMemory) DeleteTeamMember(teamID, userID, by string) *model.AppError {
	return m.note("leave team "+teamID+" "+userID+" by "+by, userID)
}

func (m *memberMemory) AddUserToChannel(channelID, userID, by string) (*model.ChannelMember, *model.AppError) {
	return nil, m.note("join channel "+channelID+" "+userID+" by "+by, userID)
}

func (m *memberMemory) DeleteChannelMember(channelID, userID string) *model.AppError {
	return m.note("leave channel "+channelID+" "+userID, userID)
}

func (m *memberMemory) GetTeamMember(_, userID string) (*model.TeamMember, *model.AppError) {
	if member := m.teams[userID]; member != nil {
		return member, nil
	}
	return nil, model.NewAppError("x", "app.team.get_member.missing.app_error", nil, "", http.StatusNotFound)
}

func (m *memberMemory) GetChannelMember(_, userID string) (*model.ChannelMember, *model.AppError) {
	if member := m.channels[userID]; member != nil {
		return member, nil
	}
	return nil, model.NewAppError("x", "app.channel.get_member.missing.app_error", nil, "", http.StatusNotFound)
}

func (m *memberMemory) UpdateTeamMemberRoles(_, userID, roles string) (*model.TeamMember, *model.AppError) {
	return nil, m.note("roles of "+userID+": "+roles, userID)
}

func (m *memberMemory) UpdateChannelMemberRoles(_, userID, roles string) (*model.ChannelMember, *model.AppError) {
	return nil, m.note("roles of "+userID+": "+roles, userID)
}

func (m *memberMemory) GetUser(userID string) (*model.User, *model.AppError) {
	if user := m.users[userID]; user != nil {
		return user, nil
	}
	return nil, model.NewAppError("x", "app.user.missing_account.const", nil, "", http.StatusNotFound)
}

func (m *memberMemory) UpdateUserRoles(userID, roles string) (*model.User, *model.AppError) {
	return nil, m.note("roles of "+userID+": "+roles, userID)
}

func (m *memberMemory) CreateTeam(team *model.Team) (*model.Team, *model.AppError) {
	m.created = append(m.created, *team)
	return &model.Team{Id: "new-team"}, m.note("create", team.Name)
}

func (m *memberMemory) CreateChannel(channel *model.Channel) (*model.Channel, *model.AppError) {
	m.created = append(m.created, *channel)
	return &model.Channel{Id: "new-channel"}, m.note("create", channel.Name)
}

func (m *memberMemory) CreatePost(post *model.Post) (*model.Post, *model.AppError) {
	m.posts = append(m.posts, post)
	return post, nil
}

func (m *memberMemory) GetConfig() *model.Config { return &m.config }
