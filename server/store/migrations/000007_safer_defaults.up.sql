-- A server that has run an earlier version is told which defaults are safer now, until an administrator has read it.
INSERT INTO entrasync_state (key, value, updated_at)
SELECT 'safer_defaults', 'unread', (extract(epoch FROM now()) * 1000)::bigint
WHERE EXISTS (SELECT FROM entrasync_runs);
