package engine

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// longTexts take long to normalize, to compare, or to copy, if more than their beginning is looked at.
var longTexts = map[string]string{
	"combining marks":        "e" + strings.Repeat("\u0301", 200_000),
	"Korean in pieces":       strings.Repeat("\u1100\u1161\u11a8", 60_000),
	"emoji in one":           strings.Repeat("👩\u200d", 60_000),
	"what a pattern repeats": strings.Repeat("a", 200_000) + "!",
}

// The limit is far above what it takes, and far below what it took: minutes for the first one.
func TestALongTextOfTheDirectoryDoesNotHoldUpTheScript(t *testing.T) {
	const limit = time.Minute
	e, err := New()
	require.NoError(t, err)
	attributes := []string{
		"displayName", "givenName", "surname", "jobTitle", "mail", "userPrincipalName", "preferredLanguage", "userType", "department", "id",
	}
	rule := func(operator, value string) map[string]any {
		return map[string]any{"name": operator, "effect": "deny", "when": map[string]any{"any": []any{
			map[string]any{"attribute": "department", "operator": operator, "value": value},
			map[string]any{"attribute": "businessPhones", "operator": operator, "value": value},
		}}}
	}
	names := []string{strings.Repeat("a", 64) + "b", "\u0301\u0301x"}
	scope := map[string]any{
		"everyone": true,
		"deny":     map[string]any{"display_name_contains": names, "email": []string{"x@corp.example"}, "people": []string{"y@corp.example"}, "email_domain": []string{"z.example"}},
		"rules":    []any{rule("contains", names[0]), rule("equals", "x"), rule("matches", "(a+)+b")},
	}
	mapping := map[string]any{
		"nickname": map[string]any{"sources": []string{"{surname} {givenName}", "businessPhones"}, "transform": []any{
			map[string]any{"step": "transliterate"}, map[string]any{"step": "strip_accents"},
			map[string]any{"step": "replace", "text": "a", "with": "aaaaaaaa"}, map[string]any{"step": "match", "pattern": "(a+)+b"},
		}},
		"username": map[string]any{"sources": []string{"givenName"}}, "auth_data": map[string]any{"sources": []string{"department"}},
		"timezone":   map[string]any{"sources": []string{"department"}},
		"attributes": map[string]any{"Phones": map[string]any{"sources": []string{"businessPhones"}}},
	}
	for name, text := range longTexts {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), limit)
			defer cancel()
			user := map[string]any{"accountEnabled": true, "businessPhones": []string{text, text}, "otherMails": []string{text, text}, "proxyAddresses": []string{"smtp:" + text}}
			for _, attribute := range attributes {
				user[attribute] = text
			}
			for function, input := range map[string]any{
				"map_person": user,
				"map_with":   map[string]any{"mapping": mapping, "user": user},
				"judge":      map[string]any{"policy": map[string]any{"scope": scope}, "user": user},
				"decide":     map[string]any{"user": user, "accounts_policy": map[string]any{"matching": []string{"link", "email", "other_mails"}}},
			} {
				var answer any
				require.NoError(t, e.Call(ctx, "run_case", nil, map[string]any{"function": function, "input": input}, &answer), function)
				assert.NotNil(t, answer, function)
			}
		})
	}
}
