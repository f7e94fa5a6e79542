package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// PeopleFilter selects users of the history. Query searches display name, email and username, ignoring case; an empty one
// selects all. Pages count from 0; PerPage is at most 1000, and 60 if it is not positive.
type PeopleFilter struct {
	Query   string
	Page    int
	PerPage int
}

// searchedWords is the text of the change `written` that is searched.
const searchedWords = `lower(concat_ws(E'\n', written.display_name, written.email, written.username))`

// notedPeople stores the changes `written` as the newest ones of their users.
const notedPeople = `people AS (
	INSERT INTO entrasync_people AS person (object_id, run_id, seq, words)
	SELECT DISTINCT ON (object_id) object_id, run_id, seq, ` + searchedWords + `
	FROM written
	WHERE char_length(object_id) BETWEEN 1 AND 64
	ORDER BY object_id, seq DESC
	ON CONFLICT (object_id) DO UPDATE SET run_id = excluded.run_id, seq = excluded.seq, words = excluded.words
)`

// renamedPeople updates the searched text of the changes `written`, whose usernames may have changed.
const renamedPeople = `people AS (
	UPDATE entrasync_people AS person SET words = ` + searchedWords + `
	FROM written
	WHERE person.object_id = written.object_id AND person.run_id = written.run_id AND person.seq = written.seq
		AND person.words <> ` + searchedWords + `
)`

// newPeople stores the users of the changes `written` of whom the history has nothing else. A user has many memberships, so they are not
// the newest changes of users who are known already.
const newPeople = `people AS (
	INSERT INTO entrasync_people (object_id, run_id, seq, words)
	SELECT DISTINCT ON (object_id) object_id, run_id, seq, ` + searchedWords + `
	FROM written
	WHERE char_length(object_id) BETWEEN 1 AND 64 AND NOT EXISTS (SELECT FROM entrasync_people AS person WHERE person.object_id = written.object_id)
	ORDER BY object_id, seq DESC
	ON CONFLICT (object_id) DO NOTHING
)`

// forgottenPeople gives users whose newest changes are among the removed ones `gone` the newest one that is left, and removes those
// without any. `old` are the runs whose changes are removed.
const forgottenPeople = `orphan AS (
	SELECT person.object_id, latest.run_id, latest.seq
	FROM gone
	JOIN entrasync_people AS person ON person.object_id = gone.object_id AND person.run_id = gone.run_id AND person.seq = gone.seq
	LEFT JOIN LATERAL (
		SELECT change.run_id, change.seq
		FROM entrasync_changes AS change
		JOIN entrasync_runs AS run ON run.id = change.run_id
		WHERE change.object_id = person.object_id AND change.run_id NOT IN (SELECT id FROM old)
		ORDER BY run.started_at DESC, run.id DESC, change.seq DESC
		LIMIT 1
	) AS latest ON true
), kept AS (
	UPDATE entrasync_people AS person SET run_id = orphan.run_id, seq = orphan.seq
	FROM orphan
	WHERE person.object_id = orphan.object_id AND orphan.run_id IS NOT NULL
	RETURNING 1
), people AS (
	DELETE FROM entrasync_people AS person USING orphan WHERE person.object_id = orphan.object_id AND orphan.run_id IS NULL
)`

// FindPeople returns one page of the users of the history as the newest change of each, a JSON array like that of
// ListPersonHistory, the newest run first, and how many users match. It reads one row for each user and not the history, which
// grows with every run.
func (s *Store) FindPeople(ctx context.Context, filter PeopleFilter) (changes json.RawMessage, total int, err error) {
	const query = `
		WITH matching AS MATERIALIZED (
			SELECT run_id, seq FROM entrasync_people WHERE $1 = '' OR words LIKE lower($1)
		), page AS (
			SELECT run_id, seq
			FROM matching
			JOIN entrasync_runs AS run ON run.id = run_id
			ORDER BY started_at DESC, run_id DESC, seq LIMIT $2 OFFSET $3
		), listed AS (
			SELECT ` + pastColumns + `
			FROM page
			JOIN entrasync_changes AS change USING (run_id, seq)
			JOIN entrasync_runs AS run ON run.id = page.run_id
		)
		SELECT (SELECT count(*) FROM matching), coalesce(json_agg(listed ORDER BY started_at DESC, run_id DESC, seq), '[]')::text FROM listed`
	limit, offset := pageBounds(filter.Page, filter.PerPage)
	var list string
	if err = s.queryRow(ctx, query, []any{containsPattern(filter.Query), limit, offset}, &total, &list); err != nil {
		return nil, 0, fmt.Errorf("find users of the history: %w", err)
	}
	return json.RawMessage(list), total, nil
}
