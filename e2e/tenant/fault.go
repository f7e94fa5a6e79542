package tenant

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"
)

// Match says which requests a fault affects.
type Match string

// The requests that a fault can affect.
const (
	MatchAny     Match = "any"
	MatchToken   Match = "token"
	MatchUsers   Match = "users"   // /users and /users/{id}
	MatchDelta   Match = "delta"   // /users/delta
	MatchChanges Match = "changes" // /groups/delta
	MatchGroups  Match = "groups"  // /groups and /groups/{id}
	MatchMembers Match = "members" // /groups/{id}/transitiveMembers
	MatchPlaces  Match = "places"  // /users/{id}/transitiveMemberOf

	MatchApplications Match = "applications" // /applications(appId='…')

	// Requests that only MatchAny affects.
	matchDiscovery  Match = "discovery"
	matchOtherGraph Match = "other_graph"
)

var matches = []Match{MatchAny, MatchToken, MatchUsers, MatchDelta, MatchChanges, MatchGroups, MatchMembers, MatchPlaces, MatchApplications}

// Kind is the kind of a fault.
type Kind string

// The faults. Those of the first group affect all requests, those of the second only Graph, those of the third
// only lists, those of the fourth only delta queries, those of the last only the token endpoint.
const (
	Throttled      Kind = "throttled"       // 429, with RetryAfter if it is set
	InternalError  Kind = "internal_error"  // 500
	ProxyPage      Kind = "proxy_page"      // 502 with an HTML page, as from a proxy
	Unavailable    Kind = "unavailable"     // 503, with RetryAfter if it is set
	GatewayTimeout Kind = "gateway_timeout" // 504
	CutConnection  Kind = "cut_connection"  // half of the correct response, then the connection ends
	TruncatedJSON  Kind = "truncated_json"  // half of the correct response, as if it were complete
	InvalidJSON    Kind = "invalid_json"    // a complete response that is not JSON
	Slow           Kind = "slow"            // the correct response after DelayMS

	ExpiredToken      Kind = "expired_token"        // 401, and the current token stays expired
	ConsentMissing    Kind = "consent_missing"      // 403
	SyncStateNotFound Kind = "sync_state_not_found" // 410

	RepeatedPage    Kind = "repeated_page"     // the nextLink leads to this page again, with a new token
	MissingPage     Kind = "missing_page"      // the nextLink skips one page
	EndlessNextLink Kind = "endless_next_link" // the nextLink always leads to this page
	ForeignNextLink Kind = "foreign_next_link" // the nextLink leads to Host

	ResyncRequired    Kind = "resync_required"     // 410 with a Location that has an empty $deltatoken
	DeltaTokenExpired Kind = "delta_token_expired" // 400 syncStateNotFound
	DeltaRepeat       Kind = "delta_repeat"        // the page has each of its objects twice
	DeltaEmptyPage    Kind = "delta_empty_page"    // the page is empty, and its nextLink leads to its content

	TenantNotFound      Kind = "tenant_not_found"      // AADSTS90002
	ApplicationNotFound Kind = "application_not_found" // AADSTS700016
	ApplicationDisabled Kind = "application_disabled"  // AADSTS7000112
	WrongSecret         Kind = "wrong_secret"          // AADSTS7000215
	ExpiredSecret       Kind = "expired_secret"        // AADSTS7000222
	WrongCertificate    Kind = "wrong_certificate"     // AADSTS700027
	ConditionalAccess   Kind = "conditional_access"    // AADSTS53003
	AnotherCloud        Kind = "another_cloud"         // AADSTS900382
	ResourceNotFound    Kind = "resource_not_found"    // AADSTS500011
)

// Fault makes matching requests fail.
type Fault struct {
	// ID identifies the fault for removal. Set generates one if it is empty.
	ID    string `json:"id"`
	Match Match  `json:"match"`
	Kind  Kind   `json:"kind"`
	// Skip is the number of matching requests that succeed first.
	Skip int `json:"skip"`
	// Times is the number of requests affected after that. 0 means all until the fault is removed.
	Times int `json:"times"`
	// RetryAfter is sent unchanged with Throttled and Unavailable: seconds, whole ("2") or fractional
	// ("0.25"). Empty means no such header.
	RetryAfter string `json:"retry_after,omitempty"`
	// DelayMS is how long Slow waits, in milliseconds.
	DelayMS int `json:"delay_ms,omitempty"`
	// Host is where ForeignNextLink leads, with a port if needed. Empty means a host that does not exist.
	Host string `json:"host,omitempty"`
}

func (f *Fault) foreignHost() string {
	if f.Host == "" {
		return "graph.elsewhere.example"
	}
	return f.Host
}

func (f *Fault) delay() time.Duration { return time.Duration(f.DelayMS) * time.Millisecond }

func (f *Fault) validate() error {
	if !slices.Contains(matches, f.Match) {
		return fmt.Errorf("unknown match %q; expected one of %v", f.Match, matches)
	}
	effect, known := effects[f.Kind]
	switch {
	case !known:
		return fmt.Errorf("unknown kind %q", f.Kind)
	case f.Match != MatchAny && !effect.reaches(f.Match):
		return fmt.Errorf("%s cannot strike a request of match %q", f.Kind, f.Match)
	case f.Skip < 0 || f.Times < 0 || f.DelayMS < 0:
		return errors.New("skip, times and delay_ms must not be negative")
	case f.Kind == Slow && f.DelayMS == 0:
		return errors.New("slow needs delay_ms")
	}
	return nil
}

// ActiveFault is a fault with its counts.
type ActiveFault struct {
	Fault
	Seen   int `json:"seen"`   // matching requests
	Struck int `json:"struck"` // affected requests
}

// Faults are the active faults of a server. The zero value has none.
type Faults struct {
	mu     sync.Mutex
	active []*ActiveFault
}

// Set activates a fault. It rejects one that could never affect a request. A fault with the ID of another one
// replaces it.
func (f *Faults) Set(fault Fault) error {
	_, err := f.set(fault)
	return err
}

func (f *Faults) set(fault Fault) (Fault, error) {
	if fault.Match == "" {
		fault.Match = MatchAny
	}
	if err := fault.validate(); err != nil {
		return Fault{}, fmt.Errorf("setting a fault: %w", err)
	}
	if fault.ID == "" {
		fault.ID = uuid.NewString()
	}
	f.Remove(fault.ID)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.active = append(f.active, &ActiveFault{Fault: fault})
	return fault, nil
}

// Remove reports whether there was such a fault.
func (f *Faults) Remove(id string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	before := len(f.active)
	f.active = slices.DeleteFunc(f.active, func(each *ActiveFault) bool { return each.ID == id })
	return len(f.active) < before
}

// Clear removes all faults.
func (f *Faults) Clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.active = nil
}

// List returns the faults in the order in which they were set, including those that are used up.
func (f *Faults) List() []ActiveFault {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := make([]ActiveFault, 0, len(f.active))
	for _, each := range f.active {
		list = append(list, *each)
	}
	return list
}

// strike returns the faults for a request: the first one that is due and, before it, any delays.
func (f *Faults) strike(match Match) []Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	var due []Fault
	isStruck := false
	for _, each := range f.active {
		isMatch := each.Match == MatchAny || each.Match == match
		if !isMatch || !effects[each.Kind].reaches(match) {
			continue
		}
		if isStruck && each.Kind != Slow {
			continue // it is due with the next request
		}
		each.Seen++
		isUsedUp := each.Times > 0 && each.Struck >= each.Times
		if each.Seen <= each.Skip || isUsedUp {
			continue
		}
		each.Struck++
		isStruck = isStruck || each.Kind != Slow
		due = append(due, each.Fault)
	}
	return due
}
