-- Changes of memberships are found by the team, channel, or role that they are about, which for one that a run would create is known by its
-- place. A run of a large company has hundreds of thousands of them, and among them the changes of accounts.
CREATE INDEX entrasync_changes_target
    ON entrasync_changes (run_id, (coalesce(nullif(reason_params ->> 'target_id', ''), reason_params ->> 'target_place', '')), seq)
    WHERE reason_params ->> 'target_kind' IS NOT NULL;
CREATE INDEX entrasync_changes_accounts ON entrasync_changes (run_id, seq) WHERE reason_params ->> 'target_kind' IS NULL;
