package mattermost

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/mattermost/mattermost/server/public/model"
)

func TestAnInitialPasswordIsHeldAgainstTheServersRules(t *testing.T) {
	strict := model.PasswordSettings{
		MinimumLength: new(10), Lowercase: new(true), Uppercase: new(true), Number: new(true), Symbol: new(true),
	}
	for password, problem := range map[string]string{
		"Aa1!":                           "MinimumLength = 10",
		"AAAAAAAAA1!":                    "Lowercase = true",
		"aaaaaaaaa1!":                    "Uppercase = true",
		"Aaaaaaaaaa!":                    "Number = true",
		"Aaaaaaaaaa1":                    "Symbol = true",
		"Aaaaaaaaa1!":                    "",
		"Aa1!" + strings.Repeat("x", 69): "MaximumLength = 72",
		"Aa1!" + strings.Repeat("x", 68): "",
	} {
		assert.Equal(t, problem, passwordProblem(password, strict), password)
	}
	assert.Empty(t, passwordProblem("simple", model.PasswordSettings{}), "rules that are not set forbid nothing")
}
