-- {"target": …, "run_id": …, "as_of": …, "notes": […], "total": …, "standings": {…}, "members": TargetMember[]}: who is in a team or channel, who a rule
-- puts there, and who is missing. $1 its ID, $2 tenant ID, $3 pattern of names and addresses, $4 a standing ('' for all), $5 the username after
-- which the page begins, $6 how many, $7 offset. What the directory says is known from the last full run and from what the sync remembers.
WITH target AS (
    SELECT
        'team' AS kind, teams.id, coalesce(teams.displayname, '') AS name, '' AS team_name, coalesce(teams.deleteat, 0) <> 0 AS is_archived
    FROM teams
    WHERE teams.id = $1
    UNION ALL
    SELECT 'channel', channels.id, coalesce(channels.displayname, ''), coalesce(teams.displayname, ''), coalesce(channels.deleteat, 0) <> 0
    FROM channels
    LEFT JOIN teams ON teams.id = channels.teamid
    WHERE channels.id = $1 AND coalesce(channels.teamid, '') <> ''
), present AS (
    SELECT userid AS account_id, coalesce(schemeadmin, false) AS is_admin
    FROM teammembers
    WHERE teamid = $1 AND coalesce(deleteat, 0) = 0
    UNION ALL
    SELECT userid, coalesce(schemeadmin, false)
    FROM channelmembers
    WHERE channelid = $1
), known AS (
    SELECT account_id, rule_id, state, promoted_by, unwanted_since
    FROM entrasync_memberships
    WHERE target_id = $1
), full_run AS (
    SELECT id, finished_at
    FROM entrasync_runs
    WHERE tenant_id IN ($2, '') AND mode = 'apply' AND reading = 'full' AND "user" = '' AND state IN ('succeeded', 'partial', 'held')
    ORDER BY started_at DESC, id DESC
    LIMIT 1
), open_run AS (
    SELECT id, started_at
    FROM entrasync_runs
    WHERE tenant_id IN ($2, '') AND mode = 'apply' AND (state = 'held' OR id = (SELECT id FROM full_run))
    ORDER BY started_at DESC
    LIMIT 20
), line AS (
    SELECT DISTINCT ON (change.account_id)
        change.account_id, open_run.id AS run_id, change.seq, change.action, change.status, change.reason, change.reason_params, change.error
    FROM open_run
    JOIN entrasync_changes AS change ON change.run_id = open_run.id
    WHERE reason_params ->> 'target_kind' IS NOT NULL AND coalesce(nullif(reason_params ->> 'target_id', ''), reason_params ->> 'target_place', '') = $1
        AND change.account_id <> '' AND (change.status IN ('held', 'failed') OR change.action IN ('skip', 'conflict'))
    ORDER BY change.account_id, (change.status IN ('held', 'failed')) DESC, open_run.started_at DESC, change.seq DESC
), note AS (
    SELECT change.seq, change.action, change.reason, change.reason_params
    FROM full_run
    JOIN entrasync_changes AS change ON change.run_id = full_run.id
    WHERE reason_params ->> 'target_kind' IS NOT NULL AND coalesce(nullif(reason_params ->> 'target_id', ''), reason_params ->> 'target_place', '') = $1
        AND change.account_id = '' AND change.object_id = ''
), named AS (
    SELECT account_id FROM present
    UNION
    SELECT account_id FROM known
    UNION
    SELECT account_id FROM line
), member AS (
    SELECT
        users.id AS account_id,
        coalesce(link.object_id, '') AS object_id,
        coalesce(users.username, '') AS username,
        coalesce(users.email, '') AS email,
        coalesce(nullif(users.nickname, ''), nullif(trim(concat_ws(' ', users.firstname, users.lastname)), ''), users.username, '') AS display_name,
        coalesce(users.deleteat, 0) = 0 AS is_active,
        present.account_id IS NOT NULL AS is_member,
        coalesce(present.is_admin, false) AS is_admin,
        CASE
            WHEN present.account_id IS NOT NULL AND coalesce(known.unwanted_since, 0) > 0 THEN 'no_rule'
            WHEN present.account_id IS NOT NULL AND known.state IN ('added', 'adding') THEN 'by_rule'
            WHEN present.account_id IS NOT NULL AND known.state = 'found' THEN 'found'
            WHEN present.account_id IS NOT NULL THEN 'by_hand'
            WHEN known.state IN ('ended', 'added', 'found') AND coalesce(known.unwanted_since, 0) = 0 THEN 'left'
            WHEN line.action = 'join' OR known.state = 'adding' THEN 'missing'
        END AS standing,
        coalesce(known.rule_id, line.reason_params ->> 'rule_id', '') AS rule_id,
        coalesce(known.promoted_by, '') AS promoted_by,
        coalesce(known.unwanted_since, 0) AS unwanted_since,
        CASE WHEN line.account_id IS NOT NULL THEN json_build_object(
            'run_id', line.run_id, 'seq', line.seq, 'action', line.action, 'status', line.status, 'reason', line.reason,
            'reason_params', line.reason_params, 'error', line.error
        ) END AS change
    FROM named
    JOIN users ON users.id = named.account_id
    LEFT JOIN present ON present.account_id = users.id
    LEFT JOIN known ON known.account_id = users.id
    LEFT JOIN line ON line.account_id = users.id
    LEFT JOIN entrasync_links AS link ON link.account_id = users.id AND link.tenant_id = $2
    WHERE (present.account_id IS NOT NULL OR coalesce(users.deleteat, 0) = 0) AND EXISTS (SELECT FROM target)
), searched AS MATERIALIZED (
    SELECT *
    FROM member
    WHERE standing IS NOT NULL AND ($3 = '' OR display_name ILIKE $3 OR email ILIKE $3 OR username ILIKE $3)
), listed AS (
    SELECT * FROM searched WHERE ($4 = '' OR standing = $4) AND username > $5 ORDER BY username LIMIT $6 OFFSET $7
)
SELECT json_build_object(
    'target', (SELECT row_to_json(target) FROM target),
    'run_id', coalesce((SELECT id FROM full_run), ''),
    'as_of', coalesce((SELECT finished_at FROM full_run), 0),
    'notes', (SELECT coalesce(json_agg(note ORDER BY seq), '[]') FROM note),
    'total', (SELECT count(*) FROM searched WHERE $4 = '' OR standing = $4),
    'standings', (
        SELECT coalesce(json_object_agg(standing, users), '{}')
        FROM (SELECT standing, count(*) AS users FROM searched GROUP BY standing) AS counted
    ),
    'members', (SELECT coalesce(json_agg(listed ORDER BY username), '[]') FROM listed)
)::text
