package mattermost

import (
	"crypto/rand"
	"math/big"
)

// passwordLength is in characters. The server accepts 5 to 72.
const passwordLength = 32

// passwordClasses are those that a server's password policy can require.
var passwordClasses = []string{
	"abcdefghijklmnopqrstuvwxyz",
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
	"0123456789",
	"!#$%&()*+,-./:;<=>?@[]^_{|}~",
}

// randomPassword has characters of every class at random places. It is never shown, because users of such accounts do not sign
// in with it.
func randomPassword() string {
	all := ""
	password := make([]byte, 0, passwordLength)
	for _, class := range passwordClasses {
		all += class
		password = append(password, class[randomBelow(len(class))])
	}
	for len(password) < passwordLength {
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
