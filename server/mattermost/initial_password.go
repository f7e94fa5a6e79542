package mattermost

import (
	"fmt"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"
)

// maxPassword is the most that the server takes, in bytes.
const maxPassword = 72

// InitialPasswordProblem says why the server would refuse the password for new accounts, or "" if it would accept it. Secrets
// do not enter the sync logic, so it is decided here, in the words of the server's own settings.
func (s *Server) InitialPasswordProblem(password string) string {
	return passwordProblem(password, s.api.GetConfig().PasswordSettings)
}

func passwordProblem(password string, rules model.PasswordSettings) string {
	if least := value(rules.MinimumLength); len(password) < least {
		return fmt.Sprintf("MinimumLength = %d", least)
	}
	if len(password) > maxPassword {
		return fmt.Sprintf("MaximumLength = %d", maxPassword)
	}
	for _, rule := range []struct {
		name, characters string
		wanted           bool
	}{
		{"Lowercase", model.LowercaseLetters, value(rules.Lowercase)},
		{"Uppercase", model.UppercaseLetters, value(rules.Uppercase)},
		{"Number", model.NUMBERS, value(rules.Number)},
		{"Symbol", model.SYMBOLS, value(rules.Symbol)},
	} {
		if rule.wanted && !strings.ContainsAny(password, rule.characters) {
			return rule.name + " = true"
		}
	}
	return ""
}

// value returns what an optional setting holds, or its zero value.
func value[T any](setting *T) T {
	var zero T
	if setting == nil {
		return zero
	}
	return *setting
}
