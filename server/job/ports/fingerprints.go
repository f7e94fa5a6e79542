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
)

// fingerprints recognise people about whom nothing is left to decide: the directory describes them, and the policy reads, as
// when the sync logic last said that their account is right. A fingerprint is a hash of both, kept with the link.
type fingerprints struct {
	mu sync.Mutex

	// ofPeople are those of this run by object id.
	ofPeople map[string]string

	// members are who is in which group, and membership is a hash of them in whatever order they came.
	members    map[member]bool
	membership [sha256.Size]byte
}

type member struct{ group, id string }

// addMembers takes notice of who is in a group: it may decide about people, so with other members nobody is recognised.
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

// objectID is an id that can be a key: the sync logic links nobody who has another one (webapp/src/sync/mapping/person.ts).
var objectID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// settled is what the database says of the people of a page.
type settled struct {
	Unchanged []string `json:"unchanged"`
	Same      []string `json:"same"`
}

// describedPerson is one person of a page.
type describedPerson struct {
	ID          string `json:"id"`
	Fingerprint string `json:"fingerprint"`

	raw json.RawMessage
}

// describe takes a page apart and remembers the fingerprint of each person. Whoever has no id, or comes twice on the page, has none.
func (f *fingerprints) describe(version string, page entra.Page) ([]describedPerson, error) {
	raws, err := elements(page.Users)
	if err != nil {
		return nil, err
	}
	people := make([]describedPerson, len(raws))
	seen := make(map[string]int, len(raws))
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ofPeople == nil {
		f.ofPeople = map[string]string{}
	}
	for i, raw := range raws {
		people[i] = describedPerson{ID: idOf(raw), raw: raw}
		seen[people[i].ID]++
	}
	for i := range people {
		person := &people[i]
		if objectID.MatchString(person.ID) && seen[person.ID] == 1 {
			person.Fingerprint = fingerprint(version+string(f.membership[:]), person.raw)
			f.ofPeople[person.ID] = person.Fingerprint
		}
	}
	return people, nil
}

// of is the fingerprint of somebody whom this run has read, or an empty text.
func (f *fingerprints) of(objectID string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.ofPeople[objectID]
}

func fingerprint(version string, person json.RawMessage) string {
	hash := sha256.New()
	hash.Write([]byte(version))
	hash.Write([]byte{0})
	hash.Write(person)
	return base64.RawStdEncoding.EncodeToString(hash.Sum(nil)[:16])
}

// elements are those of a JSON array, as they stand there.
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

// idOf is a user object's id, or an empty text when it has none that is text.
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

// settle answers a page without the people about whom nothing is left to decide.
func (d *directoryPorts) settle(ctx context.Context, version string, page entra.Page) (any, error) {
	people, err := d.fingerprints.describe(d.run.LogicVersion+"\x00"+version, page)
	if err != nil {
		return nil, err
	}
	known, err := json.Marshal(slices.DeleteFunc(slices.Clone(people), func(person describedPerson) bool { return person.Fingerprint == "" }))
	if err != nil {
		return nil, err
	}
	var found settled
	if err := d.run.Accounts.Settled(ctx, d.run.TenantID, known, &found); err != nil {
		return nil, err
	}
	unchanged := make(map[string]bool, len(found.Unchanged))
	for _, id := range found.Unchanged {
		unchanged[id] = true
	}
	rest := make([]json.RawMessage, 0, len(people)-len(unchanged))
	for _, person := range people {
		if !unchanged[person.ID] || person.Fingerprint == "" {
			rest = append(rest, person.raw)
		}
	}
	return answerOf(entra.Page{Users: joined(rest), Next: page.Next}, found)
}

// joined is the JSON array of elements that are JSON already.
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
