-- What the sync knows about memberships of teams and channels: which it is giving (adding), gave (added), found (found), or saw
-- ended by someone else (ended), for which rule of the policy, and for which rule it made the user an admin of the target ('' if it did not).
-- A membership or role that no rule wants ends after two full reads: since when (ms since 1970) it is unwanted, 0 while a rule wants it.
CREATE TABLE entrasync_memberships (
    target_id           text   NOT NULL,
    account_id          text   NOT NULL,
    rule_id             text   NOT NULL,
    state               text   NOT NULL CHECK (state IN ('adding', 'added', 'found', 'ended')),
    promoted_by         text   NOT NULL DEFAULT '',
    unwanted_since      bigint NOT NULL DEFAULT 0,
    role_unwanted_since bigint NOT NULL DEFAULT 0,
    updated_at          bigint NOT NULL,
    PRIMARY KEY (target_id, account_id)
);
CREATE INDEX entrasync_memberships_account ON entrasync_memberships (account_id);

-- The teams and channels that the sync created, each for a place that rules name and a value of it (sync/memberships/places.ts).
CREATE TABLE entrasync_targets (
    tenant_id  text   NOT NULL,
    place      text   NOT NULL,
    value_key  text   NOT NULL,
    value_text text   NOT NULL,
    target_id  text   NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (tenant_id, place)
);

-- What the attributes of the user mean for the rules for memberships (sync/memberships/placement.ts), for runs that do not read them again.
ALTER TABLE entrasync_links ADD COLUMN placement text NOT NULL DEFAULT '';

-- Runs count memberships, too.
ALTER TABLE entrasync_runs ALTER COLUMN counts SET DEFAULT
    '{"directory": 0, "in_scope": 0, "created": 0, "updated": 0, "reactivated": 0, "deactivated": 0, "joined": 0, "left": 0, "promoted": 0, "demoted": 0, "unchanged": 0, "skipped": 0, "unlisted": 0, "conflicts": 0, "failed": 0, "held": 0}';
UPDATE entrasync_runs SET counts = counts || '{"joined":0,"left":0,"promoted":0,"demoted":0}';
