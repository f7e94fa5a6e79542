package api

import (
	"encoding/json"
	"net/http"
)

// explainMemberships returns why a user is in the teams and channels of the rules, or is not.
func (a *API) explainMemberships(w http.ResponseWriter, r *http.Request) error {
	user := r.URL.Query().Get("user")
	if user == "" || isLonger(user, maxUser) {
		return invalid("user")
	}
	explanation, err := a.Questions.ExplainMemberships(r.Context(), user)
	if err != nil {
		return err
	}
	if raw := explanation["fault"]; !isNull(raw) {
		explanation["fault"] = a.describe(r, []json.RawMessage{raw})[0]
	}
	a.writeJSON(w, http.StatusOK, explanation)
	return nil
}
