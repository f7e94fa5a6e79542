-- Who gave held changes of a run up, and when.
ALTER TABLE entrasync_runs ADD COLUMN discarded_at bigint NOT NULL DEFAULT 0;
ALTER TABLE entrasync_runs ADD COLUMN discarded_by text NOT NULL DEFAULT '';

-- Whose directory a run reads, '' where that is not known any more. What ran before is of the one tenant that has links.
ALTER TABLE entrasync_runs ADD COLUMN tenant_id text NOT NULL DEFAULT '';
UPDATE entrasync_runs SET tenant_id = linked.tenant_id
FROM (SELECT min(tenant_id) AS tenant_id FROM entrasync_links HAVING count(DISTINCT tenant_id) = 1) AS linked;

-- The people of the history, so that somebody is found without reading it: each one's newest change, and what is searched, in lower
-- case. Ids that are longer than the page takes stay out, because a btree refuses long values.
CREATE TABLE entrasync_people (
    object_id text    PRIMARY KEY CHECK (char_length(object_id) BETWEEN 1 AND 64),
    run_id    text    NOT NULL,
    seq       integer NOT NULL,
    words     text    NOT NULL
);

INSERT INTO entrasync_people (object_id, run_id, seq, words)
SELECT DISTINCT ON (object_id) object_id, run_id, seq, lower(concat_ws(E'\n', display_name, email, username))
FROM entrasync_changes
JOIN entrasync_runs AS run ON run.id = run_id
WHERE char_length(object_id) BETWEEN 1 AND 64
ORDER BY object_id, started_at DESC, run_id DESC, seq DESC;
