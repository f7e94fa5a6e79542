import type {Change, Run} from '../types';

import {reply, type ReplyInput} from './reply';

const run = {
    id: 'r1', mode: 'apply', trigger: 'command', actor_id: 'a', user: '', state: 'succeeded', started_at: Date.UTC(2026, 10, 22, 18), finished_at: 2,
    counts: {created: 3, unchanged: 7}, progress: null, error: null,
} as unknown as Run;

const status = {
    version: '0.1.0', configured: true, enabled: true, faults: [], schedule: '0 3 * * *', time_zone: 'Asia/Seoul', next_run_at: Date.UTC(2026, 10, 23, 18),
    current_run: null, last_run: run, quarantine: null,
};

function textOf(input: Partial<ReplyInput>): string {
    return reply({locale: 'en', word: 'status', data: null, fault: null, ...input}).text;
}

test('status: ready, with the next run and the last', () => {
    expect(textOf({data: status})).toBe([
        '#### Entra Sync 0.1.0',
        'Health: Healthy',
        'Entra Sync is set up.',
        '',
        '- Schedule: `0 3 * * *` (`Asia/Seoul`)',
        '- Next run: 2026-11-23 18:00 UTC',
        '- Last run: sync, succeeded, 2026-11-22 18:00 UTC (3 created)',
    ].join('\n'));
});

test('status: off, with faults, a run going on and none before', () => {
    const progress = {phase: 'plan', done: 500, total: 0, counts: run.counts};
    const text = textOf({locale: 'ko', data: {
        ...status,
        enabled: false,
        faults: [{code: 'setting_missing', path: 'ClientSecret', message: '‘클라이언트 암호’ 설정이 비어 있습니다.', hint: '값을 입력하세요.'}],
        current_run: {...run, state: 'running', progress},
        last_run: null,
    }});
    expect(text).toBe([
        '#### Entra Sync 0.1.0',
        '상태: 설정 때문에 차단됨',
        '확인이 필요한 설정이 있습니다:',
        '- **‘클라이언트 암호’ 설정이 비어 있습니다.** 값을 입력하세요.',
        '',
        '- 일정: 꺼짐',
        '- 진행 중: 동기화, 변경 계획하는 중, … 중 500',
        '- 아직 실행한 적이 없습니다.',
    ].join('\n'));
});

test('status: a schedule that is slowed down, and a run that had no room', () => {
    const quarantine = {failures: 3, since: Date.UTC(2026, 10, 21, 18), next_at: Date.UTC(2026, 10, 23, 2)};
    const text = textOf({data: {...status, quarantine, last_run: {...run, does_not_fit: 5}}});
    expect(text).toContain('- :warning: Retries are spaced further apart because 3 scheduled runs have failed since 2026-11-21 18:00 UTC. The next scheduled run starts no earlier than 2026-11-23 02:00 UTC.');
    expect(text).toContain('  :warning: 5 new accounts exceed the user limit of the server.');
});

test('status: what needs attention is shown in the words of the page', () => {
    const now = Date.UTC(2026, 10, 22, 20);
    const overview = {
        conflicts: 2, conflicts_run: 'r1', failing: 3, failing_run: 'r1', failing_tried: 3, failing_waiting: 0, safer_defaults: false, secret_expires_at: Date.UTC(2026, 10, 30, 18),
    };
    expect(textOf({now, data: {...status, overview}}).split('\n')).toEqual(expect.arrayContaining([
        'Health: Needs attention',
        '- :warning: 2 conflicts: users and accounts cannot be matched one to one. None of them are changed.',
        '- :warning: Changes for 3 users failed and will be retried.',
        '- :warning: The client secret or certificate expires 2026-11-30 18:00 UTC.',
    ]));
    const preview = {...run, mode: 'preview', hold: {kinds: [{kind: 'deactivations', count: 8, total: 40}], expires_at: now}};
    expect(textOf({now, data: {...status, overview: null, last_run: preview}})).toContain('- :warning: A sync would hold these changes until an administrator approves them.\n  - ');
});

test('times follow the offset of the reader', () => {
    expect(textOf({data: status, utc_offset_minutes: 540})).toContain('- Next run: 2026-11-24 03:00 UTC+09:00');
});

test('preview and sync say what they do and where to look', () => {
    expect(textOf({word: 'preview', data: {...run, mode: 'preview', state: 'running'}})).toBe(
        'The preview started. It makes no changes. To follow the run, enter `/entrasync status` or go to System Console > Plugins > Entra Sync.',
    );
    expect(textOf({word: 'sync', data: run})).toMatch(/^The sync started\./);
});

test('history is a table', () => {
    expect(textOf({word: 'history', data: {runs: [{...run, user: 'lee|x@example.com'}], total: 12, page: 0, per_page: 1}})).toBe([
        '#### Recent runs',
        '',
        '| Started | Type | Started by | State | Result |',
        '| --- | --- | --- | --- | --- |',
        '| 2026-11-22 18:00 UTC | sync `lee¦x@example.com` | slash command | succeeded | 3 created |',
        '',
        '1 of 12 runs shown. To see all runs, go to System Console > Plugins > Entra Sync.',
    ].join('\n'));
    expect(textOf({word: 'history', data: {runs: [{...run, reading: 'incremental'}], total: 1}})).toContain('| sync (incremental) |');
    expect(textOf({word: 'history', data: {runs: [], total: 0}})).toBe('No runs yet.');
});

const change = {
    seq: 1, object_id: 'o', account_id: 'a', email: 'lee@example.com', username: 'lee', display_name: '@all', action: 'update', status: 'done',
    reason: 'attributes_changed', fields: [{field: 'nickname', from: '', to: '[이](http://evil.example) | @channel'}], error: null,
} as Change;

/** A run for one user who is in scope. */
const runOfOne = {...run, user: 'lee@example.com', counts: {directory: 1, in_scope: 1}};

function userTextOf(changes: Array<Partial<Change>>, changed: object = {}, locale = 'en'): string {
    const data = {run: {...runOfOne, ...changed}, changes: {changes: changes.map((one) => ({...change, ...one}))}};
    return textOf({locale, word: 'user', user: 'lee@example.com', data});
}

test('user shows step by step what happened, harmless', () => {
    expect(userTextOf([{reason_params: {rule_kind: 'rule', rule_value: '@here', rule_path: 'Policy.scope.rules[0]'}}])).toBe([
        'Result for `lee@example.com`',
        '- **Directory:** `@all` (`o`)',
        '- **Scope:** in scope: rule “@\u200bhere” (`Policy.scope.rules[0]`)',
        '- **Account:** `lee`, linked to this user',
        '- **Result:** update (done): attributes changed in the directory',
        '',
        '| Field | Before | After |',
        '| --- | --- | --- |',
        '| nickname | – | `[이](http://evil.example) ¦ @channel` |',
        '',
    ].join('\n'));
});

const none: Partial<Change> = {fields: [], status: 'planned'};

test.each<[string, Partial<Change>, object, string[]]>([
    ['a new account', {...none, action: 'create', status: 'done', reason: 'new_person'}, {},
        ['in scope: all users in the directory', 'none yet', 'create (done): in scope, no account yet']],
    ['an existing account', {...none, status: 'done', reason: 'adopted_by_email'}, {},
        ['in scope: all users in the directory', '`lee`, matched by email address', 'update (done): existing account linked by email address']],
    ['a user who is up to date', {...none, action: 'skip', reason: 'up_to_date'}, {},
        ['in scope: all users in the directory', '`lee`, linked to this user', 'unchanged: account is up to date']],
    ['a disabled user without an account', {...none, action: 'skip', reason: 'disabled', account_id: ''}, {},
        ['in scope: all users in the directory', 'none', 'skip: sign-in blocked in the directory']],
    ['a disabled user with an account', {...none, action: 'deactivate', status: 'done', reason: 'disabled'}, {},
        ['in scope: all users in the directory', '`lee`, linked to this user', 'deactivate (done): sign-in blocked in the directory']],
    ['a user out of scope', {...none, action: 'skip', reason: 'out_of_scope', account_id: '', reason_params: {rule_kind: 'guest', rule_value: '', rule_path: 'Policy.scope.guests'}},
        {counts: {directory: 1, in_scope: 0}}, ['out of scope: guests are excluded (`Policy.scope.guests`)', 'none', 'skip: out of scope']],
    ['a protected account', {...none, action: 'skip', reason: 'protected', reason_params: {rule_kind: 'rule', rule_value: 'Interns', rule_path: 'Policy.scope.rules[1]'}},
        {counts: {directory: 1, in_scope: 0}}, ['out of scope: rule “Interns” (`Policy.scope.rules[1]`)', '`lee`, linked to this user', 'skip: account is protected']],
    ['a user in the grace period', {...none, action: 'skip', reason: 'grace_period', reason_params: {days: 3, until: Date.UTC(2026, 10, 29)}}, {},
        ['in scope: all users in the directory', '`lee`, linked to this user', 'skip: user left; the account stays active until 2026-11-29 00:00 UTC (grace period: 3 days)']],
    ['a deactivated account', {...none, action: 'skip', reason: 'account_deactivated'}, {},
        ['in scope: all users in the directory', '`lee`', 'skip: account is deactivated in Mattermost']],
    ['a user who matches several accounts', {...none, action: 'conflict', reason: 'several_accounts', account_id: ''}, {},
        ['in scope: all users in the directory', 'no single match', 'conflict: several accounts match this directory user']],
])('user: %s', (_, change, changed, [scope, account, result]) => {
    expect(userTextOf([change], changed)).toBe([
        'Result for `lee@example.com`',
        '- **Directory:** `@all` (`o`)',
        `- **Scope:** ${scope}`,
        `- **Account:** ${account}`,
        `- **Result:** ${result}`,
    ].join('\n'));
});

test('user: two changes of one user are two results, two users are listed separately', () => {
    const email = {reason: 'email_changed', seq: 2, fields: [{field: 'email', from: 'a@example.com', to: 'b@example.com'}]} as Partial<Change>;
    expect(userTextOf([{}, email]).match(/\*\*\w+:\*\*/g)).toEqual(['**Directory:**', '**Scope:**', '**Account:**', '**Result:**', '**Result:**']);
    expect(userTextOf([{}, {...email, object_id: 'p'}]).match(/`@all` .*/g)).toEqual(['`@all` (`o`)', '`@all` (`p`)']);
});

test('user: what is held says how to let it through, in Korean as well', () => {
    const hold = {kinds: [{kind: 'deactivations', count: 1, total: 40}], expires_at: Date.UTC(2026, 10, 29, 18)};
    const text = userTextOf([{...none, action: 'deactivate', status: 'held', reason: 'disabled'}], {state: 'held', hold}, 'ko');
    expect(text).toContain('- **결과:** 비활성화 (보류됨): 디렉터리에서 로그인이 차단됨');
    expect(text).toContain('- 연결된 계정 40개 중 1개가 비활성화될 예정임');
    expect(text).toContain('`/entrasync approve`');
});

test.each<[string, object, string]>([
    ['a run that still goes on', {run: {...run, state: 'running'}, changes: {changes: []}}, 'The sync of `lee@example.com` started.'],
    ['nothing to do', {run, changes: {changes: []}}, '`lee@example.com`: no changes.'],
    ['a preview', {run: {...run, mode: 'preview'}, changes: {changes: [change]}}, 'Preview for `lee@example.com`'],
    ['a value that was cut to fit', {run, changes: {changes: [{...change, fields: [{field: 'nickname', from: 'Old', to: 'Kim', shortened: true}]}]}}, '| nickname | `Old` | `Kim` (shortened) |'],
    ['a value that was refused', {run, changes: {changes: [{...change, fields: [{field: 'timezone', from: '', to: '', refused: 'Mars/Olympus'}]}]}}, '| time zone | – | – (rejected: `Mars/Olympus`) |'],
    ['a user attribute', {run, changes: {changes: [{...change, fields: [{field: 'attribute', name: 'Team @all', from: '', to: 'Platform'}]}]}}, '| `Team @all` | – | `Platform` |'],
    ['a failed change', {run, changes: {changes: [{...change, fields: [], error: {code: 'email_taken'}}]}}, '  **Another account already uses this email address.**'],
    ['a failed run', {run: {...run, state: 'failed', error: {code: 'timeout'}}, changes: {changes: []}}, '**The remote server did not respond in time.**'],
])('user: %s', (_, data, expected) => {
    expect(textOf({word: 'user', user: 'lee@example.com', data})).toContain(expected);
});

test('test marks each step and says what to do', () => {
    const described = {code: 'consent_missing', message: 'No permission.', hint: 'See https://entra.example.com.', raw: {code: 'Authorization_RequestDenied', status: 403}};
    expect(textOf({word: 'test', data: {ok: true, steps: [
        {step: 'token', ok: true, detail: 'Contoso', code: '', message: '', hint: ''},
        {step: 'users', ok: true, detail: ''},
        {step: 'groups', ok: false, detail: '', ...described},
    ]}})).toBe([
        'The connection to Microsoft Entra ID works.',
        '- ✔ Sign in to Microsoft: `Contoso`',
        '- ✔ Read users',
        '- ✖ Read groups (optional)',
        '  **No permission.** See https://entra.example.com.',
        '  Response: `Authorization_RequestDenied · 403`',
    ].join('\n'));
});

test('a fault is answered with its texts, whether the parser or the API found it', () => {
    const described = {code: 'forbidden', message: 'Only @all may.', hint: 'Ask.'} as const;
    expect(textOf({word: 'sync', fault: described})).toBe('**Only @\u200ball may.** Ask.');
    expect(textOf({word: '', fault: {code: 'command_unknown', params: {word: '@all', suggestion: '/entrasync test'}}})).toBe(
        '**“@\u200ball” is not an Entra Sync command.** To list all commands, enter /entrasync help.\nDid you mean `/entrasync test`?',
    );
});

test('help lists every command in the language of the reader', () => {
    const text = textOf({locale: 'ko', word: 'help'});
    expect(text.split('\n')).toHaveLength(10);
    expect(text).toContain('- `/entrasync user [이메일 주소 또는 사용자 이름]`: 사용자 한 명을 지금 동기화하고 결과를 보여 줍니다');
});

test('cancel answers in one sentence', () => {
    expect(textOf({word: 'cancel', data: run})).toMatch(/^[A-Z][^\n]+\.$/);
});

test('approve says how many changes are being applied, and where to follow that', () => {
    expect(textOf({word: 'approve', data: {run, held: 8}})).toBe(
        'Applying 8 held changes. Each change is checked against the directory and the account again. ' +
        'To follow the run, enter `/entrasync status` or go to System Console > Plugins > Entra Sync.',
    );
    expect(textOf({locale: 'ko', word: 'approve', data: {run, held: 8}})).toContain('보류된 변경 8건을 적용합니다.');
});

const hold = {kinds: [{kind: 'deactivations', count: 8, total: 110}, {kind: 'from_the_future', count: 1, total: 1}], expires_at: Date.UTC(2026, 10, 29, 18)};

test('status shows what is held, until when, and how to approve it', () => {
    expect(textOf({data: {...status, held_run: {...run, state: 'held', hold}}}).split('\n').slice(-4)).toEqual([
        'Changes are held for approval until 2026-11-29 18:00 UTC:',
        '- 8 of 110 linked accounts would be deactivated',
        '',
        'Review them in System Console > Plugins > Entra Sync. To approve all of them, enter `/entrasync approve`. Changes that are not approved are not made.',
    ]);
});

test('history shows held runs, approvals and what they applied', () => {
    const held = {...run, state: 'held', hold, counts: {created: 1, held: 8}};
    const runs = [{...run, approves: 'r0'}, {...held, approved_at: Date.UTC(2026, 10, 23, 9)}, held];
    expect(textOf({word: 'history', data: {runs, total: 3}}).split('\n').slice(-3)).toEqual([
        '| 2026-11-22 18:00 UTC | sync (approved changes) | slash command | succeeded | 3 created |',
        '| 2026-11-22 18:00 UTC | sync | slash command | waiting for approval, approved 2026-11-23 09:00 UTC | 1 created, 8 held |',
        '| 2026-11-22 18:00 UTC | sync | slash command | waiting for approval | 1 created, 8 held |',
    ]);
});

test('a word that this version does not know causes no crash', () => {
    expect(textOf({word: 'toString'})).toContain('is not an Entra Sync command');
});

test('user names the other side of a conflict, without a mention', () => {
    const reason_params = {other_account_id: 'b', other_username: 'all'};
    const conflict: Change = {...change, action: 'conflict', status: 'planned', reason: 'several_accounts', reason_params, fields: []};
    const text = userTextOf([conflict]);
    expect(text).toContain('several accounts match this directory user');
    expect(text).toContain('all, b');
    expect(text).not.toContain('(@all');
});

test('replies link to the run and to the setting that they are about, also under a subpath', () => {
    const console_url = 'https://chat.example.com/sub/admin_console/plugins/plugin_entrasync';
    expect(textOf({word: 'sync', console_url, data: {...run, id: 'r1'}})).toContain(`[System Console > Plugins > Entra Sync](${console_url}#runs/r1)`);
    expect(textOf({word: 'history', console_url, data: {runs: [{...run, id: 'r1'}], total: 1}})).toContain(`](${console_url}#runs/r1) |`);
    expect(textOf({word: 'sync', console_url: 'javascript:alert(1)', data: run})).not.toContain('](');
});

const inSales = {target_kind: 'channel', target_id: 'c1', target_name: 'Sales @all | x', team_name: 'Company', rule_id: 'r1', rule_value: 'Departments [x](y)'};

test('user: a membership names its team or channel and the rule, harmless', () => {
    const text = userTextOf([
        {...none, action: 'skip', reason: 'up_to_date'},
        {...none, action: 'join', status: 'done', reason: 'wanted_by_rule', reason_params: inSales},
        {...none, action: 'leave', status: 'held', reason: 'no_rule_wants', reason_params: {...inSales, target_kind: 'team', team_name: ''}},
    ]);
    expect(text.split('\n').filter((line) => line.startsWith('- **Result'))).toEqual([
        '- **Result:** unchanged: account is up to date',
        '- **Result:** join Sales @\u200ball ¦ x (channel of Company) (done): the rule “Departments \\[x\\]\\(y\\)” applies',
        '- **Result:** leave Sales @\u200ball ¦ x (team) (held): no rule applies any longer (rule “Departments \\[x\\]\\(y\\)”)',
    ]);
});

test('user: a line about a team or channel as a whole names no user', () => {
    const whole = {...none, action: 'skip', object_id: '', account_id: '', email: '', username: '', display_name: '', reason: 'wanted_by_rule', reason_params: inSales} as Partial<Change>;
    expect(userTextOf([whole]).split('\n')).toEqual([
        'Result for `lee@example.com`', expect.stringMatching(/^- \*\*Result:\*\* skip Sales @\u200ball/),
    ]);
});
