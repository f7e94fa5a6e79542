-- By which values of the directory the user was in scope when a run last saw it, as the sync logic packs them. The database does not read them.
ALTER TABLE entrasync_links ADD COLUMN scope_values text NOT NULL DEFAULT '';
