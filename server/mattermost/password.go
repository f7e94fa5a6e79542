package mattermost

import (
	"crypto/rand"
	"math/big"

	"github.com/mattermost/mattermost/server/public/model"
)

// passwordLength is in characters, unless the server requires more. It accepts at most maxPassword.
const passwordLength = 32

// passwordClasses are those that a server's password policy can require.
var passwordClasses = []string{
	"abcdefghijklmnopqrstuvwxyz",
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
	"0123456789",
	"!#$%&()*+,-./:;<=>?@[]^_|~", // no braces: the server does not take them for symbols (model.SYMBOLS)
}

// randomPassword has characters of every class at random places, and at least as many as the server requires. It is never shown,
// because users of such accounts do not sign in with it.
func randomPassword(rules model.PasswordSettings) string {
	length := min(max(passwordLength, value(rules.MinimumLength)), maxPassword)
	all := ""
	password := make([]byte, 0, length)
	for _, class := range passwordClasses {
		all += class
		password = append(password, class[randomBelow(len(class))])
	}
	for len(password) < length {
		password = append(password, all[randomBelow(len(all))])
	}
	for i := len(password) - 1; i > 0; i-- {
		j := randomBelow(i + 1)
		password[i], password[j] = password[j], password[i]
	}
	return string(password)
}

// randomBelow returns a number from 0 to below n, from a secure source that cannot fail (crypto/rand.Reader).
func randomBelow(n int) int {
	number, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic("no secure random numbers: " + err.Error())
	}
	return int(number.Int64())
}
