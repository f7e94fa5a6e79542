package api

import (
	"net/http"

	"github.com/entrasync/mattermost-plugin-entrasync/server/store"
)

// maxObjectID bounds the object id of a person.
const maxObjectID = 64

// listHistory answers what runs did about a person, by object id or by a part of a name or an address.
func (a *API) listHistory(w http.ResponseWriter, r *http.Request) error {
	filter, err := personFilter(r)
	if err != nil {
		return err
	}
	raw, total, err := a.History.ListPersonHistory(r.Context(), filter)
	if err != nil {
		return err
	}
	return a.writeChanges(w, r, raw, total, filter.Page, filter.PerPage)
}

func personFilter(r *http.Request) (filter store.PersonFilter, err error) {
	if filter.Page, filter.PerPage, err = paging(r); err != nil {
		return filter, err
	}
	filter.ObjectID, filter.Query = r.URL.Query().Get("object_id"), r.URL.Query().Get("q")
	switch {
	case len(filter.ObjectID) > maxObjectID || (filter.ObjectID == "" && filter.Query == ""):
		return filter, invalid("object_id")
	case len(filter.Query) > maxQuery:
		return filter, invalid("q")
	}
	return filter, nil
}
