package engine

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"

	"github.com/dop251/goja"
	"github.com/mailru/easyjson/jlexer"
)

// maxDepth limits how deep JSON may be nested: reading it uses Go's stack, which a hostile answer must not exhaust.
const maxDepth = 200

var errTooDeep = errors.New("the JSON is nested too deep")

// decode returns the JavaScript value of a JSON text, as JSON.parse would, in a fifth of the time and a quarter of the memory.
// A run spends most of its time on such conversions, so objects are records (see record).
func (r *runtime) decode(text json.RawMessage) (goja.Value, error) {
	d := decoder{vm: r.vm, lexer: jlexer.Lexer{Data: text}}
	value := d.value(0)
	d.lexer.Consumed()
	return value, d.lexer.Error()
}

type decoder struct {
	vm    *goja.Runtime
	lexer jlexer.Lexer

	// layouts are those of the last records by depth: in a list, the next record very likely has the same layout.
	layouts [maxDepth + 1]*layout
}

func (d *decoder) value(depth int) goja.Value {
	if depth > maxDepth {
		d.lexer.AddError(errTooDeep)
		return goja.Null()
	}
	switch d.lexer.CurrentToken() {
	case jlexer.TokenString:
		return d.vm.ToValue(d.lexer.String())
	case jlexer.TokenNumber:
		return d.vm.ToValue(d.number())
	case jlexer.TokenBool:
		return d.vm.ToValue(d.lexer.Bool())
	case jlexer.TokenNull:
		d.lexer.Null()
		return goja.Null()
	}
	if d.lexer.IsDelim('[') {
		return d.array(depth)
	}
	return d.object(depth)
}

// number reads a number as JSON.parse does, which makes an infinity of one that is too large.
func (d *decoder) number() float64 {
	number, err := d.lexer.JsonNumber().Float64()
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		d.lexer.AddError(err)
	}
	return number
}

func (d *decoder) array(depth int) goja.Value {
	items := []any{}
	d.lexer.Delim('[')
	for d.lexer.Ok() && !d.lexer.IsDelim(']') {
		items = append(items, d.value(depth+1))
		d.lexer.WantComma()
	}
	d.lexer.Delim(']')
	return d.vm.NewArray(items...)
}

func (d *decoder) object(depth int) goja.Value {
	guess := d.layouts[depth]
	if guess == nil {
		guess = newLayout(nil)
	}
	reading := &record{layout: guess, values: make([]goja.Value, 0, len(guess.keys))}
	d.lexer.Delim('{')
	for d.lexer.Ok() && !d.lexer.IsDelim('}') {
		key := d.lexer.UnsafeFieldName(false)
		at := len(reading.values)
		isGuessed := at < len(reading.layout.keys) && reading.layout.keys[at] == key
		if !isGuessed {
			reading.cut()
			key = string([]rune(key)) // a copy, because it still points into the text, and in valid UTF-8, as the script uses it
		}
		d.lexer.WantColon()
		value := d.value(depth + 1)
		if isGuessed {
			reading.values = append(reading.values, value)
		} else {
			reading.Set(key, value)
		}
		d.lexer.WantComma()
	}
	d.lexer.Delim('}')
	reading.cut()
	reading.isOwn = false
	d.layouts[depth] = reading.layout
	return d.vm.NewDynamicObject(reading)
}

// layout is the keys of a record in their order, shared by all records that have the same.
type layout struct {
	keys []string
	at   map[string]int
}

func newLayout(keys []string) *layout {
	l := &layout{keys: keys, at: make(map[string]int, len(keys))}
	for i, key := range keys {
		l.at[key] = i
	}
	return l
}

// record is a JavaScript object that shares its keys with other records. An ordinary object of goja has its own hash table and
// list of keys: over a kilobyte for the ten attributes of a user, which would be most of a run's memory.
type record struct {
	layout *layout

	// isOwn reports that no other record shares the layout, so that it may be changed.
	isOwn  bool
	values []goja.Value
}

// cut removes the keys that have no values (yet).
func (r *record) cut() {
	if len(r.values) < len(r.layout.keys) {
		r.layout, r.isOwn = newLayout(slices.Clone(r.layout.keys[:len(r.values)])), true
	}
}

// Get implements [goja.DynamicObject], as do the others below.
func (r *record) Get(key string) goja.Value {
	if at, found := r.layout.at[key]; found {
		return r.values[at]
	}
	return nil
}

func (r *record) Set(key string, value goja.Value) bool {
	if at, found := r.layout.at[key]; found {
		r.values[at] = value
		return true
	}
	r.own()
	r.layout.at[key] = len(r.layout.keys)
	r.layout.keys = append(r.layout.keys, key)
	r.values = append(r.values, value)
	return true
}

func (r *record) Has(key string) bool {
	_, found := r.layout.at[key]
	return found
}

func (r *record) Delete(key string) bool {
	if at, found := r.layout.at[key]; found {
		r.layout, r.isOwn = newLayout(slices.Delete(slices.Clone(r.layout.keys), at, at+1)), true
		r.values = slices.Delete(r.values, at, at+1)
	}
	return true
}

func (r *record) Keys() []string {
	return slices.Clone(r.layout.keys)
}

// own gives this record a layout that can change without affecting others.
func (r *record) own() {
	if !r.isOwn {
		r.layout = &layout{keys: slices.Clone(r.layout.keys), at: maps.Clone(r.layout.at)}
		r.isOwn = true
	}
}
