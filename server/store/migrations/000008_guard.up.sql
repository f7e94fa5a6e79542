-- Whether the run was the first import, whose new accounts its administrator approved by starting it.
ALTER TABLE entrasync_runs ADD COLUMN first_import boolean NOT NULL DEFAULT false;
