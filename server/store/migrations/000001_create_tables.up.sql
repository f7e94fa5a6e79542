-- Times are in milliseconds since 1970. Columns are named as in the HTTP API, so that a row is the answer.

-- Which account belongs to which directory user.
CREATE TABLE entrasync_links (
    tenant_id  text   NOT NULL,
    object_id  text   NOT NULL,
    account_id text   NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (tenant_id, object_id),
    CONSTRAINT entrasync_links_account UNIQUE (tenant_id, account_id)
);

CREATE TABLE entrasync_runs (
    id               text    PRIMARY KEY,
    mode             text    NOT NULL,
    trigger          text    NOT NULL,
    actor_id         text    NOT NULL,
    "user"           text    NOT NULL,
    state            text    NOT NULL,
    node_id          text    NOT NULL,
    started_at       bigint  NOT NULL,
    finished_at      bigint  NOT NULL DEFAULT 0,
    heartbeat_at     bigint  NOT NULL,
    cancel_requested boolean NOT NULL DEFAULT false,
    counts           jsonb   NOT NULL DEFAULT '{"directory":0,"in_scope":0,"created":0,"updated":0,"reactivated":0,"deactivated":0,"unchanged":0,"skipped":0,"conflicts":0,"failed":0,"held":0}',
    progress         jsonb,
    error            jsonb
);

-- The lock: at most one run is going, whatever the number of nodes.
CREATE UNIQUE INDEX entrasync_runs_one_running ON entrasync_runs (state) WHERE state = 'running';
CREATE INDEX entrasync_runs_newest ON entrasync_runs (started_at, id);

CREATE TABLE entrasync_changes (
    run_id       text    NOT NULL REFERENCES entrasync_runs (id),
    seq          integer NOT NULL,
    object_id    text    NOT NULL,
    account_id   text    NOT NULL,
    email        text    NOT NULL,
    username     text    NOT NULL,
    display_name text    NOT NULL,
    action       text    NOT NULL,
    status       text    NOT NULL,
    reason       text    NOT NULL,
    fields       jsonb   NOT NULL,
    error        jsonb,
    PRIMARY KEY (run_id, seq)
);

CREATE INDEX entrasync_changes_action ON entrasync_changes (run_id, action, seq);
CREATE INDEX entrasync_changes_status ON entrasync_changes (run_id, status, seq);

-- A hash index, because a btree refuses long values and the directory's ids are not ours.
CREATE INDEX entrasync_changes_object ON entrasync_changes USING hash (object_id);

-- Small values by name, and the pages of the newest directory read (see directory.go).
CREATE TABLE entrasync_state (
    key        text   PRIMARY KEY,
    value      text   NOT NULL,
    updated_at bigint NOT NULL
);
