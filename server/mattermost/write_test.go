package mattermost

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/semaphore"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

// userMemory keeps accounts in memory. Usernames say what the server does with them.
type userMemory struct {
	mu      sync.Mutex
	users   map[string]*model.User
	created int
	updated int
	limit   int
	license *model.License

	// properties are the written values of user attributes. If refused is set, none are written.
	properties []*model.PropertyValue
	refused    error

	// ended are the tokens and sessions that were revoked, and the accounts without a password, in order.
	ended []string
}

func (m *userMemory) GetConfig() *model.Config { return &model.Config{} }

func (m *userMemory) UpsertPropertyValues(values []*model.PropertyValue) ([]*model.PropertyValue, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.refused != nil {
		return nil, m.refused
	}
	m.properties = append(m.properties, values...)
	return values, nil
}

func (m *userMemory) GetLicense() *model.License { return m.license }

// UpdateUserAuth refuses what another account has, as the unique index of the table does.
func (m *userMemory) UpdateUserAuth(userID string, auth *model.UserAuth) (*model.UserAuth, *model.AppError) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if auth.AuthData == nil {
		m.ended = append(m.ended, "password "+userID+" "+auth.AuthService)
		return auth, nil
	}
	for id, user := range m.users {
		if id != userID && value(user.AuthData) == value(auth.AuthData) {
			return nil, model.NewAppError("UpdateUserAuth", "app.user.update_auth_data.email_exists.app_error", nil, "", 400)
		}
	}
	m.users[userID].AuthService, m.users[userID].AuthData = auth.AuthService, auth.AuthData
	return auth, nil
}

func (m *userMemory) UpdateUserActive(userID string, active bool) *model.AppError {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.updated++
	user, known := m.users[userID]
	if !known {
		return model.NewAppError("", "app.user.missing_account.const", nil, "", 404)
	}
	if user.DeleteAt = 0; !active {
		user.DeleteAt = 1_700_000_000_000
	}
	return nil
}

func (m *userMemory) CreateUser(user *model.User) (*model.User, *model.AppError) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.created++
	switch {
	case user.Username == "panic":
		panic("lost the connection")
	case user.Username == "taken":
		return nil, model.NewAppError("CreateUser", "app.user.save.username_exists.app_error", nil, "taken@example.com", 400)
	case m.limit > 0 && len(m.users) >= m.limit:
		return nil, model.NewAppError("CreateUser", userLimitIDs[0], nil, "", 400)
	}
	user.Id = "id-" + user.Username
	answer := user.DeepCopy()
	answer.UpdateAt, user.UpdateAt = 1, 2 // as the server does, which verifies the address after the answer
	m.users[user.Id] = user
	return answer, nil
}

func (m *userMemory) GetUser(userID string) (*model.User, *model.AppError) {
	m.mu.Lock()
	defer m.mu.Unlock()
	user, ok := m.users[userID]
	if !ok {
		return nil, model.NewAppError("GetUser", "app.user.missing_account.const", nil, "", 404)
	}
	return user.DeepCopy(), nil
}

func (m *userMemory) UpdateUser(user *model.User) (*model.User, *model.AppError) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.updated++
	m.users[user.Id] = user
	return user, nil
}

func newUserMemory() *userMemory {
	return &userMemory{users: map[string]*model.User{}}
}

func create(t *testing.T, ctx context.Context, users *userMemory, options WriteOptions, accounts string) []writeResult {
	t.Helper()
	answer, err := NewAccounts(users, nil).Create(ctx, options, json.RawMessage(`{"accounts":`+accounts+`}`))
	require.NoError(t, err)
	return answer.(writeResults).Results
}

func people(count int, signIn string) string {
	var list []string
	for i := range count {
		list = append(list, fmt.Sprintf(`{"username":"person%d","email":"person%d@example.com","sign_in":%s}`, i, i, signIn))
	}
	return "[" + strings.Join(list, ",") + "]"
}

const randomSignIn = `{"method":"random_password"}`

func TestCreateKeepsTheOrder(t *testing.T) {
	users := newUserMemory()
	results := create(t, context.Background(), users, WriteOptions{Slots: semaphore.NewWeighted(4)}, people(20, randomSignIn))
	for i, result := range results {
		assert.Equal(t, writeResult{AccountID: fmt.Sprintf("id-person%d", i), UpdatedAt: 2}, result)
	}
}

func TestCreateFillsTheAccount(t *testing.T) {
	users := newUserMemory()
	create(t, context.Background(), users, WriteOptions{}, `[{"username":"mina","email":"mina@example.com","nickname":"이미나",
		"first_name":"Mina","last_name":"Lee","position":"Engineer","locale":"ko","sign_in":`+randomSignIn+`}]`)
	user := users.users["id-mina"]
	require.NotNil(t, user)
	assert.Len(t, user.Password, 32)
	user.Password = ""
	assert.Equal(t, &model.User{
		Id: "id-mina", Username: "mina", Email: "mina@example.com", EmailVerified: true, Nickname: "이미나",
		FirstName: "Mina", LastName: "Lee", Position: "Engineer", Locale: "ko", UpdateAt: 2,
	}, user)
}

func TestCreateSignIn(t *testing.T) {
	t.Run("single sign-on has auth data and no password", func(t *testing.T) {
		users := newUserMemory()
		create(t, context.Background(), users, WriteOptions{InitialPassword: "unused"},
			people(1, `{"method":"single_sign_on","service":"office365","auth_data":"object-1"}`))
		user := users.users["id-person0"]
		assert.Empty(t, user.Password)
		assert.Equal(t, "office365", user.AuthService)
		assert.Equal(t, "object-1", *user.AuthData)
	})
	t.Run("the initial password comes from the setting", func(t *testing.T) {
		users := newUserMemory()
		create(t, context.Background(), users, WriteOptions{InitialPassword: "Invented-1"}, people(1, `{"method":"initial_password"}`))
		assert.Equal(t, "Invented-1", users.users["id-person0"].Password)
	})
	for name, signIn := range map[string]string{
		"no initial password is set": `{"method":"initial_password"}`,
		"no auth data":               `{"method":"single_sign_on","service":"saml","auth_data":""}`,
		"an unknown method":          `{"method":"none"}`,
	} {
		t.Run("nothing is created: "+name, func(t *testing.T) {
			users := newUserMemory()
			results := create(t, context.Background(), users, WriteOptions{}, people(1, signIn))
			require.NotNil(t, results[0].Facts)
			assert.Equal(t, "host", results[0].Facts.Origin)
			assert.Zero(t, users.created)
		})
	}
}

func TestOneFailureIsThatAccountsFailure(t *testing.T) {
	users := newUserMemory()
	results := create(t, context.Background(), users, WriteOptions{Slots: semaphore.NewWeighted(2)}, `[
		{"username":"panic","sign_in":`+randomSignIn+`},
		{"username":"taken","sign_in":`+randomSignIn+`},
		{"username":"mina","sign_in":`+randomSignIn+`}]`)
	assert.Equal(t, "internal", results[0].Facts.Code)
	assert.Equal(t, &fault.Facts{
		Origin: "mattermost", Status: 400, Code: "app.user.save.username_exists.app_error", Message: "app.user.save.username_exists.app_error",
	}, results[1].Facts, "the details, which may contain an email address, are left out")
	assert.Equal(t, writeResult{AccountID: "id-mina", UpdatedAt: 2}, results[2])
}

func TestUserLimitStopsTheBatch(t *testing.T) {
	users := newUserMemory()
	users.limit = 5
	const concurrency = 3
	results := create(t, context.Background(), users, WriteOptions{Slots: semaphore.NewWeighted(concurrency)}, people(100, randomSignIn))
	assert.Len(t, users.users, 5)
	assert.LessOrEqual(t, users.created, 5+concurrency, "the server was asked on and on")
	refused := 0
	for _, result := range results {
		if result.Facts != nil {
			assert.Equal(t, userLimitIDs[0], result.Facts.Code)
			refused++
		}
	}
	assert.Equal(t, 95, refused)
}

func TestBatchesThatShareSlotsAreServedInTurn(t *testing.T) {
	const slots, size = 3, 20
	var mu sync.Mutex
	var begun []int
	running, most := 0, 0
	write := func(batch int) writeResult {
		mu.Lock()
		begun = append(begun, batch)
		running++
		most = max(most, running)
		mu.Unlock()
		time.Sleep(time.Millisecond)
		mu.Lock()
		running--
		mu.Unlock()
		return writeResult{}
	}
	shared := semaphore.NewWeighted(slots)
	require.NoError(t, shared.Acquire(t.Context(), slots)) // until both batches wait
	never := func(fault.Facts) bool { return false }
	var batches sync.WaitGroup
	for batch := range 2 {
		batches.Go(func() {
			writeAll(t.Context(), slices.Repeat([]int{batch}, size), WriteOptions{Slots: shared}, never, write)
		})
		time.Sleep(50 * time.Millisecond)
	}
	shared.Release(slots)
	batches.Wait()
	assert.Equal(t, make([]int, size-slots), begun[:size-slots], "the first batch was not served first")
	assert.LessOrEqual(t, most, slots)
}

func TestNothingIsWrittenAfterTheEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	users := newUserMemory()
	results := create(t, ctx, users, WriteOptions{Slots: semaphore.NewWeighted(2)}, people(3, randomSignIn))
	assert.Zero(t, users.created)
	assert.Equal(t, "interrupted", results[2].Facts.Code)
}

func TestARandomPasswordMeetsEveryRequirementThatTheServerCanHave(t *testing.T) {
	seen := map[string]bool{}
	for length := 5; length <= maxPassword; length++ {
		rules := model.PasswordSettings{MinimumLength: &length, Lowercase: new(true), Uppercase: new(true), Number: new(true), Symbol: new(true)}
		for range 50 {
			password := randomPassword(rules)
			assert.Empty(t, passwordProblem(password, rules))
			assert.Len(t, password, max(passwordLength, length))
			assert.False(t, seen[password])
			seen[password] = true
		}
	}
	assert.Len(t, randomPassword(model.PasswordSettings{}), passwordLength, "rules that are not set")
}

func TestEverySymbolOfARandomPasswordIsOneToTheServer(t *testing.T) {
	for _, symbol := range passwordClasses[3] {
		assert.Contains(t, model.SYMBOLS, string(symbol))
	}
}
