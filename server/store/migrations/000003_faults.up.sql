-- How many of the accounts that a run planned exceed the number of users that the server takes.
ALTER TABLE entrasync_runs ADD COLUMN does_not_fit integer NOT NULL DEFAULT 0;
