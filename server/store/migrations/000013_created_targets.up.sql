-- A team or channel that is about to be created has no ID yet. If the run is cut off, the next one recognizes by these what was created.
ALTER TABLE entrasync_targets
    ADD COLUMN kind text NOT NULL DEFAULT '',
    ADD COLUMN team_id text NOT NULL DEFAULT '',
    ADD COLUMN name text NOT NULL DEFAULT '';
