-- When the last absence of a user who left was counted. For earlier counts that is unknown: it was not after the last write of the link.
ALTER TABLE entrasync_links ADD COLUMN counted_at bigint NOT NULL DEFAULT 0;
UPDATE entrasync_links SET counted_at = updated_at WHERE absent_reads <> 0;
