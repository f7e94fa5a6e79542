package ports

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"regexp"
	"slices"
	"sync"

	"github.com/mailru/easyjson/jlexer"

	"github.com/entrasync/mattermost-plugin-entrasync/server/entra"
	"github.com/entrasync/mattermost-plugin-entrasync/server/names"
)

// fingerprints recognize users who need no comparison: the directory describes them as it did when the sync logic last
// confirmed their account, and the policy is the same. A fingerprint is a hash of both, stored with the link.
type fingerprints struct {
	mu sync.Mutex

	// ofUsers are the fingerprints of this run by object ID.
	ofUsers map[string]string

	// members are the members of each group. membership is a hash of them that does not depend on their order.
	members    map[member]bool
	membership [sha256.Size]byte
}

type member struct{ group, id string }

// addMembers records the members of a group. They can decide about users, so with other members no user is recognized.
func (f *fingerprints) addMembers(group string, ids []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.members == nil {
		f.members = map[member]bool{}
	}
	for _, id := range ids {
		if known := (member{group, id}); !f.members[known] {
			f.members[known] = true
			hash := sha256.Sum256([]byte(group + "\x00" + id))
			for i := range hash {
				f.membership[i] ^= hash[i]
			}
		}
	}
}

// objectID is an ID that can be a key. The sync logic does not link users with any other ID.
var objectID = regexp.MustCompile(names.ObjectIDPattern)

// recognized is what the database returns about the users of a page.
type recognized struct {
	Unchanged []string `json:"unchanged"`
	Same      []string `json:"same"`
}

// describedUser is one user of a page.
type describedUser struct {
	ID          string `json:"id"`
	Fingerprint string `json:"fingerprint"`

	raw json.RawMessage
}

// describe splits a page and stores the fingerprint of each user. A user without an ID, or who is on the page twice, has none.
// deciding is everything else that decides about a user. It is hashed once per page.
func (f *fingerprints) describe(deciding string, page entra.Page) ([]describedUser, error) {
	raws, err := elements(page.Users)
	if err != nil {
		return nil, err
	}
	users := make([]describedUser, len(raws))
	seen := make(map[string]int, len(raws))
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ofUsers == nil {
		f.ofUsers = map[string]string{}
	}
	for i, raw := range raws {
		users[i] = describedUser{ID: idOf(raw), raw: raw}
		seen[users[i].ID]++
	}
	criteria := sha256.Sum256([]byte(deciding + string(f.membership[:])))
	for i := range users {
		user := &users[i]
		if objectID.MatchString(user.ID) && seen[user.ID] == 1 {
			user.Fingerprint = fingerprint(criteria, user.raw)
			f.ofUsers[user.ID] = user.Fingerprint
		}
	}
	return users, nil
}

// of returns the fingerprint of a user that this run has read, or an empty text.
func (f *fingerprints) of(objectID string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.ofUsers[objectID]
}

func fingerprint(criteria [sha256.Size]byte, user json.RawMessage) string {
	hash := sha256.New()
	hash.Write(criteria[:])
	hash.Write(user)
	return base64.RawStdEncoding.EncodeToString(hash.Sum(nil)[:16])
}

// elements returns the elements of a JSON array, byte for byte.
func elements(list json.RawMessage) ([]json.RawMessage, error) {
	lexer := jlexer.Lexer{Data: list}
	var all []json.RawMessage
	lexer.Delim('[')
	for lexer.Ok() && !lexer.IsDelim(']') {
		all = append(all, lexer.Raw())
		lexer.WantComma()
	}
	lexer.Delim(']')
	return all, lexer.Error()
}

// idOf returns a user object's ID, or an empty text if it has none that is a text.
func idOf(user json.RawMessage) string {
	lexer := jlexer.Lexer{Data: user}
	if !lexer.IsDelim('{') {
		return ""
	}
	lexer.Delim('{')
	for lexer.Ok() && !lexer.IsDelim('}') {
		key := lexer.UnsafeFieldName(false)
		lexer.WantColon()
		if key == "id" {
			if lexer.CurrentToken() != jlexer.TokenString {
				return ""
			}
			return lexer.String()
		}
		lexer.SkipRecursive()
		lexer.WantComma()
	}
	return ""
}

// withoutRecognized returns a page without the users who need no comparison.
func (d *directoryPorts) withoutRecognized(ctx context.Context, policyDigest string, page entra.Page) (any, error) {
	users, err := d.fingerprints.describe(d.run.ScriptDigest+"\x00"+policyDigest+"\x00", page)
	if err != nil {
		return nil, err
	}
	known, err := json.Marshal(slices.DeleteFunc(slices.Clone(users), func(user describedUser) bool { return user.Fingerprint == "" }))
	if err != nil {
		return nil, err
	}
	var found recognized
	if err := d.run.Accounts.Recognized(ctx, d.run.Tenant.ID, known, &found); err != nil {
		return nil, err
	}
	unchanged := make(map[string]bool, len(found.Unchanged))
	for _, id := range found.Unchanged {
		unchanged[id] = true
	}
	rest := make([]json.RawMessage, 0, len(users)-len(unchanged))
	for _, user := range users {
		if !unchanged[user.ID] || user.Fingerprint == "" {
			rest = append(rest, user.raw)
		}
	}
	return answerOf(entra.Page{Users: joined(rest), Next: page.Next}, found)
}

// joined returns the JSON array of elements that are already JSON.
func joined(elements []json.RawMessage) json.RawMessage {
	length := 2
	for _, element := range elements {
		length += len(element) + 1
	}
	list := make(json.RawMessage, 0, length)
	list = append(list, '[')
	for i, element := range elements {
		if i > 0 {
			list = append(list, ',')
		}
		list = append(list, element...)
	}
	return append(list, ']')
}
