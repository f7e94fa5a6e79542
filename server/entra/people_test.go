package entra

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

func personID(number int) string { return fmt.Sprintf("%08x-0000-4000-8000-000000000000", number) }

func TestGetUsersKeepsTheOrderAndLeavesOutTheAbsent(t *testing.T) {
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		id := path.Base(r.URL.Path)
		if id == personID(2) {
			writeJSON(w, http.StatusNotFound, `{"error":{"code":"Request_ResourceNotFound"}}`)
			return
		}
		writeJSON(w, http.StatusOK, `{"id":"`+id+`","mail":"`+r.URL.Query().Get("$select")+`"}`)
	})
	users, err := f.client(t).GetUsers(t.Context(), []string{personID(3), personID(2), strings.ToUpper(personID(10))}, []string{"id", "mail"})
	require.NoError(t, err)
	assert.JSONEq(t, `[{"id":"`+personID(3)+`","mail":"id,mail"},{"id":"`+strings.ToUpper(personID(10))+`","mail":"id,mail"}]`, string(users))

	none, err := f.client(t).GetUsers(t.Context(), nil, nil)
	require.NoError(t, err)
	assert.Equal(t, `[]`, string(none))
}

func TestGetUsersAsksForAFewAtOnce(t *testing.T) {
	var (
		mu          sync.Mutex
		going, most int
		open        sync.Once
		full        = make(chan struct{})
	)
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		going++
		most = max(most, going)
		isFull := going == maxAtOnce
		mu.Unlock()
		if isFull {
			open.Do(func() { close(full) })
		}
		<-full // no request is answered before the maximum number of requests wait
		mu.Lock()
		going--
		mu.Unlock()
		writeJSON(w, http.StatusOK, `{"id":"`+path.Base(r.URL.Path)+`"}`)
	})
	ids := make([]string, 3*maxAtOnce)
	for i := range ids {
		ids[i] = personID(i)
	}
	_, err := f.client(t).GetUsers(t.Context(), ids, nil)
	require.NoError(t, err)
	assert.Equal(t, maxAtOnce, most)
	assert.Len(t, f.graphRequests(), len(ids))
}

func TestGetUsersFailsAsAWhole(t *testing.T) {
	for _, test := range []struct {
		name    string
		failure http.HandlerFunc
		want    fault.Facts
	}{
		{"forbidden", answer(http.StatusForbidden, `{"error":{"code":"Authorization_RequestDenied"}}`),
			fault.Facts{Origin: "graph", Status: 403, Code: "Authorization_RequestDenied"}},
		{"a proxy's 404", answer(http.StatusNotFound, `<html>no such page</html>`),
			fault.Facts{Origin: "graph", Status: 404, Message: "Not Found"}},
		{"another user", answer(http.StatusOK, `{"id":"`+personID(99)+`"}`),
			fault.Facts{Origin: "host", Code: "directory_answer_invalid", Message: "the answer is another user"}},
		{"no user", answer(http.StatusOK, `null`),
			fault.Facts{Origin: "host", Code: "directory_answer_invalid", Message: "the answer is not a user"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
				if path.Base(r.URL.Path) == personID(5) {
					test.failure(w, r)
					return
				}
				writeJSON(w, http.StatusOK, `{"id":"`+path.Base(r.URL.Path)+`"}`)
			})
			users, err := f.client(t).GetUsers(t.Context(), []string{personID(1), personID(5), personID(7)}, nil)
			assert.Equal(t, test.want, factsOf(t, err))
			assert.Nil(t, users)
		})
	}
}

func TestGetUsersChecksItsArguments(t *testing.T) {
	f := newFake(t, answer(http.StatusOK, `{}`))
	for _, id := range []string{"", "delta", "../groups", personID(1) + "/manager", "kim@example.com"} {
		_, err := f.client(t).GetUsers(t.Context(), []string{personID(1), id}, nil)
		assert.Equal(t, "request_invalid", factsOf(t, err).Code, id)
	}
	_, err := f.client(t).GetUsers(t.Context(), nil, []string{"a b"})
	assert.Equal(t, "request_invalid", factsOf(t, err).Code)
	assert.Empty(t, f.graphRequests())

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = f.client(t).GetUsers(ctx, []string{personID(1)}, nil)
	require.ErrorIs(t, err, context.Canceled)
}
