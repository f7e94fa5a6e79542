-- What the sync remembers of a person beside the account. Of somebody who has left: since when runs have seen it, and from how
-- many complete reads of the directory in a row the person was missing.
ALTER TABLE entrasync_links ADD COLUMN left_at bigint NOT NULL DEFAULT 0;
ALTER TABLE entrasync_links ADD COLUMN absent_reads integer NOT NULL DEFAULT 0;

-- Whether the present deactivation of the account is the sync's own: then this is the account's deleteat. -1 says that the sync
-- was about to deactivate it, so that a crash in between does not make the deactivation look like somebody else's.
ALTER TABLE entrasync_links ADD COLUMN deactivated_at bigint NOT NULL DEFAULT 0;

-- What the sync found or left the account to be: a hash of what the directory and the policy wanted, and the account's updateat
-- at that time. While both are the same there is nothing to compare.
ALTER TABLE entrasync_links ADD COLUMN fingerprint text NOT NULL DEFAULT '';
ALTER TABLE entrasync_links ADD COLUMN account_updated_at bigint NOT NULL DEFAULT 0;

-- Who must wait before a change is tried again, and how often it has failed.
CREATE TABLE entrasync_retries (
    tenant_id text    NOT NULL,
    object_id text    NOT NULL,
    failures  integer NOT NULL,
    retry_at  bigint  NOT NULL,
    PRIMARY KEY (tenant_id, object_id)
);

-- What a run holds back and why, whose held changes a run applies, and who let them through.
ALTER TABLE entrasync_runs ADD COLUMN hold jsonb;
ALTER TABLE entrasync_runs ADD COLUMN approves text NOT NULL DEFAULT '';
ALTER TABLE entrasync_runs ADD COLUMN approved_at bigint NOT NULL DEFAULT 0;
ALTER TABLE entrasync_runs ADD COLUMN approved_by text NOT NULL DEFAULT '';

-- What the run has read: the whole directory, what has changed in it, one person, or the people whose changes were held.
ALTER TABLE entrasync_runs ADD COLUMN reading text NOT NULL DEFAULT 'full';

-- What a reason says besides its name, such as the rule that decided.
ALTER TABLE entrasync_changes ADD COLUMN reason_params jsonb;
