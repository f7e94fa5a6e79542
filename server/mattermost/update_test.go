package mattermost

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/semaphore"
)

func TestTimeZones(t *testing.T) {
	t.Run("a new account without one takes the server's default", func(t *testing.T) {
		users := newUserMemory()
		create(t, t.Context(), users, WriteOptions{}, people(1, randomSignIn))
		assert.Nil(t, users.users["id-person0"].Timezone)
	})
	t.Run("a new account with one is set to it", func(t *testing.T) {
		users := newUserMemory()
		create(t, t.Context(), users, WriteOptions{}, `[{"username":"mina","timezone":"Asia/Seoul","sign_in":`+randomSignIn+`}]`)
		assert.Equal(t, model.StringMap{"useAutomaticTimezone": "false", "automaticTimezone": "", "manualTimezone": "Asia/Seoul"},
			users.users["id-mina"].Timezone)
	})
	t.Run("an account that follows its device is set to one, and what the device told stays", func(t *testing.T) {
		users := newUserMemory()
		users.users["a"] = &model.User{Id: "a", Timezone: model.StringMap{"useAutomaticTimezone": "true", "automaticTimezone": "Asia/Tokyo", "manualTimezone": ""}}
		update(t, users, `[{"account_id":"a","fields":{"timezone":"Asia/Seoul"}}]`)
		seoul := model.StringMap{"useAutomaticTimezone": "false", "automaticTimezone": "Asia/Tokyo", "manualTimezone": "Asia/Seoul"}
		assert.Equal(t, seoul, users.users["a"].Timezone)
		update(t, users, `[{"account_id":"a","fields":{"timezone":"Asia/Seoul"}}]`)
		assert.Equal(t, 1, users.updated, "it was written again")
	})
}

func TestUpdateUsernameAndLanguage(t *testing.T) {
	users := newUserMemory()
	users.users["a"] = &model.User{Id: "a", Username: "old", Locale: "en", Email: "same@example.com", UpdateAt: 7}
	results := update(t, users, `[{"account_id":"a","fields":{"username":"new","locale":"ko","email":"same@example.com"}}]`)
	assert.Equal(t, []writeResult{{AccountID: "a", UpdatedAt: 7}}, results)
	assert.Equal(t, &model.User{Id: "a", Username: "new", Locale: "ko", Email: "same@example.com", UpdateAt: 7}, users.users["a"])
}

const teamAttribute = `"attributes":[{"group_id":"g","field_id":"f","value":"\"Platform\""}]`

func TestAttributesAreWrittenWithTheAccount(t *testing.T) {
	want := []*model.PropertyValue{{TargetID: "a", TargetType: "user", GroupID: "g", FieldID: "f", Value: []byte(`"\"Platform\""`)}}

	t.Run("of an existing account, also where nothing else differs", func(t *testing.T) {
		users := newUserMemory()
		users.users["a"] = &model.User{Id: "a"}
		update(t, users, `[{"account_id":"a","fields":{},`+teamAttribute+`}]`)
		assert.Equal(t, want, users.properties)
		assert.Zero(t, users.updated)
	})
	t.Run("of a new account", func(t *testing.T) {
		users := newUserMemory()
		create(t, t.Context(), users, WriteOptions{}, `[{"username":"mina",`+teamAttribute+`,"sign_in":`+randomSignIn+`}]`)
		assert.Equal(t, "id-mina", users.properties[0].TargetID)
	})
	t.Run("of no account that was not written", func(t *testing.T) {
		users := newUserMemory()
		create(t, t.Context(), users, WriteOptions{}, `[{"username":"taken",`+teamAttribute+`,"sign_in":`+randomSignIn+`}]`)
		update(t, users, `[{"account_id":"missing","fields":{},`+teamAttribute+`}]`)
		assert.Empty(t, users.properties)
	})
	for name, refused := range map[string]error{
		"mattermost_refused":                      errors.New("value too long: secret"),
		"model.property_value.is_valid.app_error": model.NewAppError("Upsert", "model.property_value.is_valid.app_error", nil, "secret", 400),
	} {
		t.Run("a refusal is told beside the account that was made: "+name, func(t *testing.T) {
			users := newUserMemory()
			users.refused = refused
			results := create(t, t.Context(), users, WriteOptions{}, `[{"username":"mina",`+teamAttribute+`,"sign_in":`+randomSignIn+`}]`)
			assert.Equal(t, "id-mina", results[0].AccountID)
			assert.Equal(t, name, results[0].Facts.Code)
			assert.NotContains(t, results[0].Facts.Message, "secret")
		})
	}
}

func update(t *testing.T, users *userMemory, patches string) []writeResult {
	t.Helper()
	answer, err := NewAccounts(users, nil).Update(context.Background(), WriteOptions{Slots: semaphore.NewWeighted(2)}, json.RawMessage(`{"accounts":`+patches+`}`))
	require.NoError(t, err)
	return answer.(writeResults).Results
}

func TestUpdateChangesOnlyNamedFields(t *testing.T) {
	users := newUserMemory()
	users.users["a"] = &model.User{Id: "a", Username: "mina", Nickname: "Old", FirstName: "Mina", Position: "Engineer", Locale: "ko", Roles: "system_user"}
	results := update(t, users, `[{"account_id":"a","fields":{"nickname":"New","position":""}}]`)
	assert.Equal(t, []writeResult{{AccountID: "a"}}, results)
	assert.Equal(t, &model.User{Id: "a", Username: "mina", Nickname: "New", FirstName: "Mina", Locale: "ko", Roles: "system_user"}, users.users["a"])
}

func TestUpdateSkipsWhatNoLongerDiffers(t *testing.T) {
	users := newUserMemory()
	users.users["a"] = &model.User{Id: "a", Nickname: "Same"}
	results := update(t, users, `[{"account_id":"a","fields":{"nickname":"Same"}},{"account_id":"missing","fields":{"nickname":"x"}}]`)
	assert.Zero(t, users.updated)
	assert.Equal(t, writeResult{AccountID: "a"}, results[0])
	assert.Equal(t, 404, results[1].Facts.Status)
}
