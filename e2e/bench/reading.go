package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant"
)

// pageDelay is how long the simulated tenant waits before each page, about as long as Microsoft Graph takes.
const pageDelay = 200 * time.Millisecond

// slowPages is how the simulated tenant waits before each page of users.
var slowPages = tenant.Fault{ID: "slow pages", Match: tenant.MatchUsers, Kind: tenant.Slow, DelayMS: int(pageDelay.Milliseconds())}

// readPages reads the pages that a full run reads, one after the other, and does nothing with them: a sync cannot be
// faster than that. It returns how long it took, without the token, and fails unless it read so many users.
func readPages(ctx context.Context, scene *stage.Stage, users int) (time.Duration, error) {
	client := scene.Tenant.Client()
	token, err := readToken(ctx, client, scene.Directory)
	if err != nil {
		return 0, err
	}
	attributes := "id,displayName,givenName,surname,jobTitle,mail,userPrincipalName,preferredLanguage,accountEnabled,userType"
	next := scene.Directory.URL + "/v1.0/users?$top=999&$select=" + attributes
	start := time.Now()
	read := 0
	for next != "" {
		var page struct {
			Value []json.RawMessage `json:"value"`
			Next  string            `json:"@odata.nextLink"`
		}
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, next, nil)
		if err != nil {
			return 0, err
		}
		request.Header.Set("Authorization", "Bearer "+token)
		if err := receive(client, request, &page); err != nil {
			return 0, err
		}
		read += len(page.Value)
		next = page.Next
	}
	if read != users {
		return 0, fmt.Errorf("the bare reading found %d users, want %d", read, users)
	}
	return time.Since(start), nil
}

func readToken(ctx context.Context, client *http.Client, directory stage.Directory) (string, error) {
	form := url.Values{
		"grant_type": {"client_credentials"}, "client_id": {directory.ClientID}, "client_secret": {directory.ClientSecret},
		"scope": {directory.URL + "/.default"},
	}
	address := directory.URL + "/" + directory.TenantID + "/oauth2/v2.0/token"
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	var answer struct {
		Token string `json:"access_token"`
	}
	err = receive(client, request, &answer)
	return answer.Token, err
}

func receive(client *http.Client, request *http.Request, answer any) (err error) {
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %d: %s", request.URL.Path, response.StatusCode, content)
	}
	return json.Unmarshal(content, answer)
}
