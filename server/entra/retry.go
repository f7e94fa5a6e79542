package entra

import (
	"bytes"
	"encoding/json"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
)

// retryOptions limits one call to six attempts. Without a Retry-After, they wait about 1, 3, 7, 15 and 31 s. A Retry-After is
// followed up to two minutes; a longer one ends the call with the server's own answer.
func retryOptions() policy.RetryOptions {
	return policy.RetryOptions{
		MaxRetries:    5,
		RetryDelay:    time.Second,
		MaxRetryDelay: 2 * time.Minute,
		TryTimeout:    2 * time.Minute,
	}
}

// policyFunc makes a pipeline policy of a function.
type policyFunc func(*policy.Request) (*http.Response, error)

// Do implements [policy.Policy].
func (f policyFunc) Do(request *policy.Request) (*http.Response, error) { return f(request) }

// readFractionalRetryAfter copies a fractional Retry-After, which Graph sends ("2.128") and azcore does not read, into the
// header for milliseconds, which azcore reads.
func readFractionalRetryAfter(request *policy.Request) (*http.Response, error) {
	response, err := request.Next()
	if response == nil {
		return response, err
	}
	if milliseconds, isFractional := fractionOfRetryAfter(response.Header.Get("Retry-After")); isFractional {
		response.Header.Set("Retry-After-Ms", strconv.FormatInt(milliseconds, 10))
	}
	return response, err
}

// fractionOfRetryAfter reads a header whose number of seconds is not whole, rounding up. azcore handles dates and whole
// seconds.
func fractionOfRetryAfter(header string) (milliseconds int64, isFractional bool) {
	if _, whole := strconv.Atoi(header); whole == nil {
		return 0, false
	}
	seconds, notNumber := strconv.ParseFloat(header, 64)
	if notNumber != nil || !(seconds > 0 && seconds <= math.MaxInt32) {
		return 0, false
	}
	return int64(math.Ceil(seconds * 1000)), true
}

// checkIntact turns an answer that was cut off, in transit or by its sender, into an error, so that the retry layer reads it
// again. An error without a response is a network error and passes through.
func checkIntact(request *policy.Request) (*http.Response, error) {
	response, err := request.Next()
	switch {
	case err != nil && response != nil:
		return nil, brokenBody(err)
	case err != nil || response.StatusCode != http.StatusOK:
		return response, err
	}
	body, err := runtime.Payload(response)
	if err != nil {
		return nil, brokenBody(err)
	}
	if nestsTooDeep(body) {
		return nil, tooDeep() // encoding/json calls very deep JSON invalid, which would look cut off
	}
	if json.Valid(body) {
		return response, nil
	}
	if text := bytes.TrimSpace(body); len(text) > 0 && text[0] != '{' {
		return nil, invalidAnswer("the answer is not JSON")
	}
	return nil, errTruncated
}
