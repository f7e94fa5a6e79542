package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
)

// scripted is how far the sequential script got.
type scripted struct {
	people int
	took   time.Duration
}

// all is how long the script takes for this number of users.
func (s scripted) all(people int) time.Duration {
	return time.Duration(float64(s.took) * float64(people) / float64(s.people))
}

// runScript does what a typical sync script does over REST: for one user at a time, it looks up the account by
// email address and patches the nickname with the same value. It stops when its patience ends.
func runScript(ctx context.Context, client *model.Client4, accounts []*model.User, patience time.Duration) (scripted, error) {
	start := time.Now()
	done := scripted{}
	for _, account := range accounts {
		found, _, err := client.GetUserByEmail(ctx, account.Email, "")
		if err != nil {
			return done, fmt.Errorf("look an account up: %w", err)
		}
		if _, _, err := client.PatchUser(ctx, found.Id, &model.UserPatch{Nickname: &account.Nickname}); err != nil {
			return done, fmt.Errorf("patch an account: %w", err)
		}
		done.people++
		if done.took = time.Since(start); done.took > patience {
			break
		}
	}
	return done, nil
}
