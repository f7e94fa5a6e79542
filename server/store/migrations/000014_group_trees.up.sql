-- The trees of the directory's groups that the policy names, as full runs and incremental runs have read them: the object IDs of the users
-- in a group and in the groups nested in it, and of these groups. An incremental run compares with them. What a run has read waits in
-- next_* until the run keeps it together with the link to the changes since: members is null until then.
CREATE TABLE entrasync_group_trees (
    tenant_id    text   NOT NULL,
    group_id     text   NOT NULL,
    members      jsonb,
    nested       jsonb,
    next_members jsonb,
    next_nested  jsonb,
    next_run     text   NOT NULL DEFAULT '',
    read_at      bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, group_id)
);
