package tenant

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// change is one object of a delta response.
type change struct {
	object *object

	// removed is the reason for a removed object: changed if it can be restored, otherwise deleted.
	removed string

	// isUpdate says that the client knows the object. names are then the properties that changed.
	isUpdate bool
	names    []string

	// members are the direct members of a group who joined or left.
	members []memberChange
}

// write writes the object as Graph does in a delta response: always with its ID, a new one completely, a changed one
// with the values that changed and, unless the client wants the minimum, with the others. A property that was
// cleared is null. One that was never set is missing.
// Source: https://learn.microsoft.com/graph/api/user-delta ("Response")
func (c change) write(body *bytes.Buffer, round *deltaRound, isMinimal bool) error {
	of, selected := round.of, round.selected
	var properties map[string]json.RawMessage
	if err := json.Unmarshal(c.object.raw, &properties); err != nil {
		return fmt.Errorf("reading %s %s: %w", of.name, c.object.id, err)
	}
	body.WriteString(`{"id":`)
	body.Write(properties["id"])
	if c.removed != "" {
		fmt.Fprintf(body, `,"@removed":{"reason":%s}}`, quote(c.removed))
		return nil
	}
	names := selected
	if names == nil {
		names = of.defaultNames(properties)
	}
	for _, name := range names {
		value, isKnown := properties[name]
		isSet := isKnown && string(value) != "null"
		isChanged := slices.Contains(c.names, name)
		if name == "id" || !isChanged && (!isSet || c.isUpdate && isMinimal) {
			continue
		}
		if !isSet {
			value = json.RawMessage(of.unset(name))
		}
		body.WriteString("," + quote(name) + ":")
		body.Write(value)
	}
	writeMembers(body, c.members)
	body.WriteByte('}')
	return nil
}
