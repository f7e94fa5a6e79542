-- Who gave held changes of a run up, and when.
ALTER TABLE entrasync_runs ADD COLUMN discarded_at bigint NOT NULL DEFAULT 0;
ALTER TABLE entrasync_runs ADD COLUMN discarded_by text NOT NULL DEFAULT '';
