package command

import (
	"context"

	"github.com/mattermost/mattermost/server/public/model"
)

// Definition is what the server registers: the command and its autocomplete, in the server's language.
func (c *Command) Definition(ctx context.Context, locale string) (*model.Command, error) {
	var words struct {
		Hint        string `json:"hint"`
		Description string `json:"description"`
		Words       []struct {
			Word        string `json:"word"`
			Hint        string `json:"hint"`
			Description string `json:"description"`
		} `json:"words"`
	}
	if err := c.Engine.Call(ctx, "autocomplete", nil, map[string]any{"locale": locale}, &words); err != nil {
		return nil, err
	}
	complete := model.NewAutocompleteData(Trigger, words.Hint, words.Description)
	complete.RoleID = model.SystemAdminRoleId
	for _, word := range words.Words {
		item := model.NewAutocompleteData(word.Word, word.Hint, word.Description)
		item.RoleID = model.SystemAdminRoleId
		if word.Hint != "" {
			item.AddTextArgument(word.Description, word.Hint, "")
		}
		complete.AddCommand(item)
	}
	return &model.Command{
		Trigger:          Trigger,
		DisplayName:      "Entra Sync",
		Description:      words.Description,
		AutoComplete:     true,
		AutoCompleteHint: words.Hint,
		AutoCompleteDesc: words.Description,
		AutocompleteData: complete,
	}, nil
}
