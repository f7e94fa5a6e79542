package days

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
)

// text is a value in the directory and its cleaned form without Mattermost's limits. Both are written
// by hand, because the oracle does not clean.
type text struct {
	json  json.RawMessage // "null" for none
	clean string
}

func plain(value string) text {
	if value == "" {
		return text{json: json.RawMessage("null")}
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		panic(err) // a string can always be encoded
	}
	return text{json: encoded, clean: value}
}

func hostile(raw, clean string) text { return text{json: json.RawMessage(raw), clean: clean} }

// hostileTexts have no spaces at their ends when they are clean, so that they can be anywhere in a longer text.
var hostileTexts = []text{
	hostile(`"<img src=x onerror=alert(1)>"`, "<img src=x onerror=alert(1)>"),
	hostile(`"=HYPERLINK(\"http://attacker.example\",\"Click\")"`, `=HYPERLINK("http://attacker.example","Click")`),
	hostile(`"\t@SUM(1+1)"`, "@SUM(1+1)"),
	hostile(`"Null\u0000Byte"`, "NullByte"),
	hostile(`"Renee \u202Enosredna"`, "Renee nosredna"),
	hostile(`"👩‍👩‍👧‍👦 Nora"`, "👩‍👩‍👧‍👦 Nora"),
	hostile(`"Half\ud83d"`, "Half"),
	hostile(`"\udc00Half"`, "Half"),
	hostile(`"Jose\u0301 Nun\u0303ez"`, "José Nuñez"),
	hostile(`"\u1112\u1161\u11ab\u1107\u1175\u11ba"`, "한빗"),
	hostile(`"two\nlines"`, "two lines"),
	hostile(`"@all @channel ~town-square #now"`, "@all @channel ~town-square #now"),
	hostile(`"[click](http://attacker.example) ![x](http://attacker.example/x.png) | a | b"`,
		"[click](http://attacker.example) ![x](http://attacker.example/x.png) | a | b"),
	hostile(`"`+strings.Repeat("A", 900)+`"`, strings.Repeat("A", 900)),
	hostile(`"`+strings.Repeat("김", 200)+`"`, strings.Repeat("김", 200)),
	hostile(`"'; DROP TABLE users; --"`, "'; DROP TABLE users; --"),
}

var (
	givenNames = []string{"Minsu", "하늘", "Jiwoo", "Hana", "Ida", "Lars", "José", "서연", "Nora", "Oskar"}
	surnames   = []string{"Kim", "이", "Park", "Berg", "Núñez", "Holm", "O'Neil", "최"}
	titles     = []string{"Engineer", "Designer", "팀장", "Brand Lead", "Accountant", ""}
	// The last one is not in the policy's scope.
	departments = []string{"Platform", "Search", "재무팀", "Sales", "", "Platform", "Search", "Sales", "Finance", "Sales", outsideDepartment}
	languages   = []string{"ko-KR", "en-US", "", "ko"}

	// spelled is the form of a name in an address.
	spelled = map[string]string{
		"Minsu": "minsu", "하늘": "haneul", "Jiwoo": "jiwoo", "Hana": "hana", "Ida": "ida", "Lars": "lars", "José": "jose", "서연": "seoyeon",
		"Nora": "nora", "Oskar": "oskar", "Kim": "kim", "이": "lee", "Park": "park", "Berg": "berg", "Núñez": "nunez", "Holm": "holm",
		"O'Neil": "oneil", "최": "choi",
	}

	// oddLocalParts result in usernames that are almost or completely empty, too long, too short, or taken.
	oddLocalParts = []string{"7of9-", "+++", "o'neil+chat", "A", "A-VERY-LONG-LOCAL-PART-OF-AN-ADDRESS", "all", "_"}
)

func pick[T any](rng *rand.Rand, from []T) T { return from[rng.IntN(len(from))] }
