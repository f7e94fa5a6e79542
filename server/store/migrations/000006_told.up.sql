-- Lines of the history that later runs do not repeat: skips that a run has told, and conflicts that an administrator has
-- acknowledged. A line is known by the user and the digest of what it says (see told.go).
CREATE TABLE entrasync_told (
    tenant_id       text   NOT NULL,
    object_id       text   NOT NULL CHECK (char_length(object_id) <= 64),
    digest          text   NOT NULL,

    -- The run that lists the line. Without its history the line is told again, unless it is acknowledged.
    run_id          text   REFERENCES entrasync_runs (id) ON DELETE CASCADE,

    -- The newest run in which the line would be listed.
    seen_run        text   NOT NULL,
    acknowledged_at bigint NOT NULL DEFAULT 0,
    acknowledged_by text   NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, object_id, digest)
);

CREATE INDEX entrasync_told_run ON entrasync_told (run_id);

ALTER TABLE entrasync_runs ALTER COLUMN counts
    SET DEFAULT '{"directory":0,"in_scope":0,"created":0,"updated":0,"reactivated":0,"deactivated":0,"unchanged":0,"skipped":0,"unlisted":0,"conflicts":0,"failed":0,"held":0}';
UPDATE entrasync_runs SET counts = counts || '{"unlisted":0}';
