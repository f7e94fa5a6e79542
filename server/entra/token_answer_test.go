package entra

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The retries of a failed request take about a minute. The clock of the bubble measures how long the caller waits.
func TestAnUnusableAnswerToTheSignInFailsAtOnce(t *testing.T) {
	token := func(text string, expires string) string {
		return fmt.Sprintf(`{"token_type":"Bearer","expires_in":%s,"access_token":%q}`, expires, text)
	}
	for name, body := range map[string]string{
		"a line end in the token":         token("abc\r\nX-Injected: 1", "3600"),
		"a NUL in the token":              token("abc\x00", "3600"),
		"letters of no token":             token("토큰", "3600"),
		"a blank in the token":            token("abc def", "3600"),
		"an empty token":                  token("", "3600"),
		"an empty body":                   "",
		"null":                            "null",
		"a list":                          "[]",
		"a page of a proxy":               "<html><body>Sign in to the network</body></html>",
		"half of the answer":              `{"token_type":"Bearer","acc`,
		"a number for the token":          `{"token_type":"Bearer","expires_in":3600,"access_token":7}`,
		"an error with the status 200":    `{"error":"server_error"}`,
		"a token of the past":             token("abc", "-3600"),
		"a token that expires at once":    token("abc", "0"),
		"a token for three hundred years": token("abc", "9999999999"),
		"a token for ever":                token("abc", "1e308"),
		"a word for the time":             token("abc", `"soon"`),
		"no time":                         `{"token_type":"Bearer","access_token":"abc"}`,
		"more than an answer has":         token(strings.Repeat("a", 2<<20), "3600"),
		"a very deep answer":              strings.Repeat("[", 20_000),
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, answer(http.StatusOK, onePerson))
			f.token = answer(http.StatusOK, body)
			synctest.Test(t, func(t *testing.T) {
				client, err := newClient(f.config(), f.memoryWire())
				require.NoError(t, err)
				begun := time.Now()
				_, err = firstPage(client)
				facts := factsOf(t, err)
				assert.Less(t, time.Since(begun), 5*time.Second, "%+v", facts)
				assert.Equal(t, "directory_answer_invalid", facts.Code, "%+v", facts)
				assert.NotContains(t, err.Error(), "\n")
				assert.NotContains(t, err.Error(), "X-Injected")
				assert.Empty(t, f.graphRequests(), "nothing is sent without a token")
			})
		})
	}
}

func TestATokenWithItsTimeAsTextIsAccepted(t *testing.T) {
	f := newFake(t, answer(http.StatusOK, onePerson))
	f.token = answer(http.StatusOK, `{"token_type":"Bearer","expires_in":"3599","access_token":"eyJ.e30.c2ln_-~+/="}`)
	_, err := firstPage(f.client(t))
	require.NoError(t, err)
}
