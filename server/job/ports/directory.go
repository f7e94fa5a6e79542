package ports

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/entrasync/mattermost-plugin-entrasync/server/engine"
	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
)

// directoryPorts reads the directory and stores what it has read, for the live preview on the page.
type directoryPorts struct {
	run          Run
	page         int
	fingerprints *fingerprints

	// next is the page after the last one, on its way while that one is stored and compared; nil after the last page.
	next *pageAhead
}

// pageAhead is a page that is read before the sync logic asks for it.
type pageAhead struct {
	cursor string
	read   chan struct{}
	page   entra.Page
	err    error
}

// bind binds the ports that read the directory.
func (d *directoryPorts) bind() engine.Ports {
	return engine.Ports{
		"directory.read_page":          d.readPage,
		"directory.find":               d.find,
		"directory.get":                d.get,
		"directory.read_delta":         d.readDelta,
		"directory.read_group_members": d.readGroupMembers,
		"directory.list_groups":        d.listGroups,
		"directory.read_group_delta":   d.readGroupDelta,
		"directory.read_user_groups":   d.readUserGroups,
		"directory.existing_groups":    d.existingGroups,
		"directory.read_nested_groups": d.readNestedGroups,
		"directory.tenant":             d.saidTenant,
	}
}

func (d *directoryPorts) readPage(ctx context.Context, input json.RawMessage) (any, error) {
	var query struct {
		entra.Query

		// PolicyDigest is '' if all accounts must be compared.
		PolicyDigest string `json:"policy_digest"`
	}
	if err := json.Unmarshal(input, &query); err != nil {
		return nil, err
	}
	page, err := d.readUsers(ctx, query.Query)
	if err != nil {
		return nil, err
	}
	d.readAhead(ctx, query.Query, page.Next)
	if err := d.keep(ctx, query.Query, page); err != nil {
		return nil, storeFailure(err)
	}
	if query.PolicyDigest == "" {
		return answerOf(page, recognized{})
	}
	return d.withoutRecognized(ctx, query.PolicyDigest, page)
}

// readUsers takes the page that is on its way, or reads it.
func (d *directoryPorts) readUsers(ctx context.Context, query entra.Query) (entra.Page, error) {
	ahead := d.next
	d.next = nil
	if ahead == nil || query.Cursor == "" || ahead.cursor != query.Cursor {
		return reading(ctx, d.run.Reading, func(ctx context.Context) (entra.Page, error) {
			return d.run.Directory.ReadUsers(ctx, query)
		})
	}
	<-ahead.read // it ends with ctx
	return ahead.page, ahead.err
}

// readAhead begins to read the page at cursor. A page that the sync logic does not ask for ends with the run.
func (d *directoryPorts) readAhead(ctx context.Context, query entra.Query, cursor string) {
	if cursor == "" {
		return
	}
	query.Cursor = cursor
	ahead := &pageAhead{cursor: cursor, read: make(chan struct{})}
	d.next = ahead
	go func() {
		defer close(ahead.read)
		defer func() {
			if cause := recover(); cause != nil {
				ahead.err = fmt.Errorf("panic while reading ahead: %v", cause)
			}
		}()
		ahead.page, ahead.err = reading(ctx, d.run.Reading, func(ctx context.Context) (entra.Page, error) {
			return d.run.Directory.ReadUsers(ctx, query)
		})
	}()
}

// answerOf writes the page as JSON without parsing its users again, as encoding/json would.
func answerOf(page entra.Page, found recognized) (json.RawMessage, error) {
	rest, err := json.Marshal(struct {
		Next      string   `json:"next"`
		Unchanged []string `json:"unchanged"`
		Same      []string `json:"same"`
	}{page.Next, append([]string{}, found.Unchanged...), append([]string{}, found.Same...)})
	if err != nil {
		return nil, err
	}
	return slices.Concat([]byte(`{"users":`), page.Users, []byte(","), rest[1:]), nil
}

// keep counts pages from 1, and starts again at 1 when a read starts again.
func (d *directoryPorts) keep(ctx context.Context, query entra.Query, page entra.Page) error {
	if query.Cursor == "" {
		d.page = 0
	}
	d.page++
	if err := d.run.History.SaveDirectoryPage(ctx, d.run.ID, d.page, page.Users); err != nil {
		return err
	}
	if page.Next != "" {
		return nil
	}
	return d.run.History.CompleteDirectory(ctx, d.run.ID)
}

func (d *directoryPorts) find(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		User   string   `json:"user"`
		Select []string `json:"select"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	users, err := reading(ctx, d.run.Reading, func(ctx context.Context) (json.RawMessage, error) {
		return d.run.Directory.FindUsers(ctx, request.User, request.Select)
	})
	if err != nil {
		return nil, err
	}
	return map[string]json.RawMessage{"users": users}, nil
}

func (d *directoryPorts) get(ctx context.Context, input json.RawMessage) (any, error) {
	var request struct {
		IDs    []string `json:"ids"`
		Select []string `json:"select"`
	}
	if err := json.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	users, err := reading(ctx, d.run.Reading, func(ctx context.Context) (json.RawMessage, error) {
		return d.run.Directory.GetUsers(ctx, request.IDs, request.Select)
	})
	if err != nil {
		return nil, err
	}
	return map[string]json.RawMessage{"users": users}, nil
}

// readGroupMembers can be called for several groups at once.
func (d *directoryPorts) readGroupMembers(ctx context.Context, input json.RawMessage) (any, error) {
	var query entra.MemberQuery
	if err := json.Unmarshal(input, &query); err != nil {
		return nil, err
	}
	page, err := reading(ctx, d.run.Reading, func(ctx context.Context) (entra.MemberPage, error) {
		return d.run.Directory.ReadGroupMembers(ctx, query)
	})
	if err != nil {
		return nil, err
	}
	d.fingerprints.addMembers(query.GroupID, page.IDs)
	return page, nil
}

func probe(directory Directory) engine.Port {
	return func(ctx context.Context, input json.RawMessage) (any, error) {
		var request struct {
			Step string `json:"step"`
		}
		if err := json.Unmarshal(input, &request); err != nil {
			return nil, err
		}
		detail, err := directory.Probe(ctx, request.Step)
		if err != nil {
			return nil, err
		}
		return map[string]string{"detail": detail}, nil
	}
}

// reading calls read with a context that ends with either of the two. If stop has ended, that is the reason for which read
// failed.
func reading[T any](ctx, stop context.Context, read func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(stop, cancel)()
	result, err := read(ctx)
	if err != nil && stop.Err() != nil {
		return result, context.Cause(stop)
	}
	return result, err
}
