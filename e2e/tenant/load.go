package tenant

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// LoadPeople reads saved responses of GET /users from a file: one response (an object with "value"), a plain
// array of users, or several responses one after another. It rejects an empty file, and a response that is
// not a list of users, which it names by its position. PowerShell writes files in UTF-16 or with a byte
// order mark. It reads those too.
func LoadPeople(r io.Reader) ([]json.RawMessage, error) {
	decoder := json.NewDecoder(transform.NewReader(r, unicode.BOMOverride(transform.Nop)))
	var people []json.RawMessage
	for position := 1; ; position++ {
		var answer json.RawMessage
		err := decoder.Decode(&answer)
		if errors.Is(err, io.EOF) {
			if position == 1 {
				return nil, errors.New("the file is empty; expected what GET /users answered")
			}
			return people, nil
		}
		if err != nil {
			return nil, fmt.Errorf("answer %d is not valid JSON (is the file complete?): %w", position, err)
		}
		page, err := peopleOfAnswer(answer)
		if err != nil {
			return nil, fmt.Errorf("answer %d: %w", position, err)
		}
		people = append(people, page...)
	}
}

func peopleOfAnswer(answer json.RawMessage) ([]json.RawMessage, error) {
	page, err := valuesOfAnswer(answer)
	if err != nil {
		return nil, err
	}
	for index, person := range page {
		if _, err := parseObject("person", person); err != nil {
			return nil, fmt.Errorf("person %d: %w", index+1, err)
		}
	}
	return page, nil
}

// valuesOfAnswer returns the list in {"value": […]} or in a plain array.
func valuesOfAnswer(answer json.RawMessage) ([]json.RawMessage, error) {
	var page []json.RawMessage
	if bytes.HasPrefix(answer, []byte("[")) {
		if err := json.Unmarshal(answer, &page); err != nil {
			return nil, fmt.Errorf("reading the list: %w", err)
		}
		return page, nil
	}
	var object struct {
		Value *[]json.RawMessage `json:"value"`
		Error *struct {
			Code    string `json:"code"`
			Message string `json:"message"`
		} `json:"error"`
	}
	if err := json.Unmarshal(answer, &object); err != nil {
		return nil, fmt.Errorf("expected an object with a list \"value\": %w", err)
	}
	if object.Error != nil {
		return nil, fmt.Errorf("this is an error of Graph, not a list: %s: %s", object.Error.Code, object.Error.Message)
	}
	if object.Value == nil {
		return nil, errors.New("there is no list \"value\"; expected what GET /users answered")
	}
	return *object.Value, nil
}
