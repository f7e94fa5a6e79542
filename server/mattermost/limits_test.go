package mattermost

import (
	"encoding/json"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheLimitIsTheServersOwn(t *testing.T) {
	seats := func(seats int) *model.Features { return &model.Features{Users: model.NewPointer(seats)} }
	for name, c := range map[string]struct {
		license *model.License
		want    *int64
	}{
		"no license":                       {nil, model.NewPointer(int64(250))},
		"seats that are not enforced":      {&model.License{Features: seats(100)}, nil},
		"seats that are enforced":          {&model.License{IsSeatCountEnforced: true, Features: seats(100)}, model.NewPointer(int64(100))},
		"seats and some more":              {&model.License{IsSeatCountEnforced: true, Features: seats(100), ExtraUsers: model.NewPointer(5)}, model.NewPointer(int64(105))},
		"a license that names no features": {&model.License{IsSeatCountEnforced: true}, nil},
		"a license that names no seats":    {&model.License{IsSeatCountEnforced: true, Features: &model.Features{}}, nil},
		"no seats at all are no limit":     {&model.License{IsSeatCountEnforced: true, Features: seats(0)}, nil},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, userLimit(c.license)) })
	}
}

func TestRoomCountsWhomTheServerCounts(t *testing.T) {
	db := openDatabase(t)
	execute(t, db, `INSERT INTO users (id, username, email, authdata, deleteat, remoteid) VALUES
		('active', 'a', 'a', 'a', 0, NULL), ('guest', 'b', 'b', 'b', 0, ''), ('bot', 'c', 'c', 'c', 0, NULL),
		('remote', 'd', 'd', 'd', 0, 'elsewhere'), ('gone', 'e', 'e', 'e', 77, NULL)`)
	execute(t, db, `INSERT INTO bots (userid) VALUES ('bot')`)
	users := newUserMemory()
	answer, err := NewAccounts(users, db).Room(t.Context())
	require.NoError(t, err)
	assert.JSONEq(t, `{"limit":250,"active":2}`, string(answer.(json.RawMessage)))

	users.license = &model.License{}
	answer, err = NewAccounts(users, db).Room(t.Context())
	require.NoError(t, err)
	assert.JSONEq(t, `{"limit":null,"active":2}`, string(answer.(json.RawMessage)))
}
