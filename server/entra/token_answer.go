package entra

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
)

// longestToken is longer than any token of Microsoft is valid: those of continuous access evaluation are for up to 28 hours.
const longestToken = 7 * 24 * time.Hour

// checkTokenAnswer refuses a successful answer without a usable token, such as the page of a proxy. It is final: Microsoft does
// not answer so, and MSAL and net/http, which would find out, repeat the request again and again.
func checkTokenAnswer(request *policy.Request) (*http.Response, error) {
	response, err := request.Next()
	if err != nil || response.StatusCode != http.StatusOK || request.Raw().Method != http.MethodPost {
		return response, err
	}
	body, err := runtime.Payload(response)
	if err != nil {
		return nil, err
	}
	if problem := tokenProblem(body); problem != "" {
		return nil, invalidAnswer(problem)
	}
	return response, nil
}

const unusableToken = "the answer of the sign-in has no token, or one with characters that no token has"

// isToken reports whether text can be sent in a header. Otherwise it would be refused, and tried again, when it is sent.
func isToken(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(sign rune) bool { return sign <= ' ' || sign > '~' })
}

// tokenProblem says what is wrong with the answer of a token endpoint, without repeating any of it. "" is a good one.
func tokenProblem(body []byte) string {
	var answer struct {
		AccessToken string          `json:"access_token"`
		ExpiresIn   json.RawMessage `json:"expires_in"`
	}
	if json.Unmarshal(body, &answer) != nil {
		return "the answer of the sign-in is not JSON"
	}
	if !isToken(answer.AccessToken) {
		return unusableToken
	}
	var seconds float64 // some servers write the number as text
	err := json.Unmarshal(bytes.Trim(answer.ExpiresIn, `"`), &seconds)
	if err != nil || seconds <= 0 || seconds > longestToken.Seconds() {
		return "the answer of the sign-in has no usable time until the token expires"
	}
	return ""
}
