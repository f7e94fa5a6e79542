-- Whether the run could not decide about a user with a held change, so that what earlier runs hold stays held.
ALTER TABLE entrasync_runs ADD COLUMN keeps_holds boolean NOT NULL DEFAULT false;
