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
        'Set up completely.',
        '',
        '- Schedule: `0 3 * * *` (`Asia/Seoul`)',
        '- Next run: 2026-11-23 18:00 UTC',
        '- Last run: sync, succeeded, 2026-11-22 18:00 UTC (created 3)',
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
        '확인이 필요한 설정이 있습니다:',
        '- **‘클라이언트 암호’ 설정이 비어 있습니다.** 값을 입력하세요.',
        '',
        '- 일정: 꺼짐',
        '- 진행 중: 동기화, 계획하는 중, … 중 500',
        '- 아직 실행한 적이 없습니다.',
    ].join('\n'));
});

test('status: a schedule that is slowed down, and a run that had no room', () => {
    const quarantine = {failures: 3, since: Date.UTC(2026, 10, 21, 18), next_at: Date.UTC(2026, 10, 23, 2)};
    const text = textOf({data: {...status, quarantine, last_run: {...run, does_not_fit: 5}}});
    expect(text).toContain('- :warning: The schedule is slowed down: 3 of its runs have failed since 2026-11-21 18:00 UTC, the next starts not before 2026-11-23 02:00 UTC.');
    expect(text).toContain('  :warning: 5 accounts do not fit');
});

test('times follow the offset of the reader', () => {
    expect(textOf({data: status, utc_offset_minutes: 540})).toContain('- Next run: 2026-11-24 03:00 UTC+09:00');
});

test('preview and sync say what they do and where to look', () => {
    expect(textOf({word: 'preview', data: {...run, mode: 'preview', state: 'running'}})).toBe(
        'The preview has started; it changes nothing. Follow it with `/entrasync status` or under System Console > Plugins > Entra Sync.',
    );
    expect(textOf({word: 'sync', data: run})).toMatch(/^The sync has started\./);
});

test('history is a table', () => {
    expect(textOf({word: 'history', data: {runs: [{...run, user: 'lee|x@example.com'}], total: 12, page: 0, per_page: 1}})).toBe([
        '#### The last runs',
        '',
        '| Started | Kind | Started by | State | Result |',
        '| --- | --- | --- | --- | --- |',
        '| 2026-11-22 18:00 UTC | sync `lee¦x@example.com` | command | succeeded | created 3 |',
        '',
        '1 of 12 runs. The others stand under System Console > Plugins > Entra Sync.',
    ].join('\n'));
    expect(textOf({word: 'history', data: {runs: [{...run, reading: 'incremental'}], total: 1}})).toContain('| sync (incremental) |');
    expect(textOf({word: 'history', data: {runs: [], total: 0}})).toBe('There has been no run yet.');
});

const change = {
    seq: 1, object_id: 'o', account_id: 'a', email: 'lee@example.com', username: 'lee', display_name: '@all', action: 'update', status: 'done',
    reason: 'attributes_changed', fields: [{field: 'nickname', from: '', to: '[이](http://evil.example) | @channel'}], error: null,
} as Change;

/** A run for one person who is in scope. */
const runOfOne = {...run, user: 'lee@example.com', counts: {directory: 1, in_scope: 1}};

function userTextOf(changes: Array<Partial<Change>>, changed: object = {}, locale = 'en'): string {
    const data = {run: {...runOfOne, ...changed}, changes: {changes: changes.map((one) => ({...change, ...one}))}};
    return textOf({locale, word: 'user', user: 'lee@example.com', data});
}

test('user shows step by step what happened, harmless', () => {
    expect(userTextOf([{reason_params: {rule_kind: 'rule', rule_value: '@here', rule_path: 'Policy.scope.rules[0]'}}])).toBe([
        '`lee@example.com`: this happened',
        '- **Directory:** found as `@all` (`o`)',
        '- **Scope:** in scope: rule “@\u200bhere” (`Policy.scope.rules[0]`)',
        '- **Account:** `lee`, which belongs to this person',
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
        ['in scope: everybody in the directory', 'none yet', 'create (done): in scope and without an account']],
    ['an account taken over', {...none, status: 'done', reason: 'adopted_by_email'}, {},
        ['in scope: everybody in the directory', '`lee`, found by its e-mail address', 'update (done): existing account with the same e-mail address taken over']],
    ['somebody up to date', {...none, action: 'skip', reason: 'up_to_date'}, {},
        ['in scope: everybody in the directory', '`lee`, which belongs to this person', 'unchanged: account is as it should be']],
    ['somebody disabled without an account', {...none, action: 'skip', reason: 'disabled', account_id: ''}, {},
        ['in scope: everybody in the directory', 'none', 'skip: disabled in the directory']],
    ['somebody disabled with an account', {...none, action: 'deactivate', status: 'done', reason: 'disabled'}, {},
        ['in scope: everybody in the directory', '`lee`, which belongs to this person', 'deactivate (done): disabled in the directory']],
    ['somebody out of scope', {...none, action: 'skip', reason: 'out_of_scope', account_id: '', reason_params: {rule_kind: 'guest', rule_value: '', rule_path: 'Policy.scope.guests'}},
        {counts: {directory: 1, in_scope: 0}}, ['out of scope: guests are left out (`Policy.scope.guests`)', 'none', 'skip: not in scope under the policy']],
    ['somebody protected', {...none, action: 'skip', reason: 'protected', reason_params: {rule_kind: 'rule', rule_value: 'Interns', rule_path: 'Policy.scope.rules[1]'}},
        {counts: {directory: 1, in_scope: 0}}, ['out of scope: rule “Interns” (`Policy.scope.rules[1]`)', '`lee`, which belongs to this person', 'skip: account is on the list of protected accounts']],
    ['somebody in the days of grace', {...none, action: 'skip', reason: 'grace_period', reason_params: {days: 3, until: Date.UTC(2026, 10, 29)}}, {},
        ['in scope: everybody in the directory', '`lee`, which belongs to this person', 'skip: has left; the account stays until 2026-11-29 00:00 UTC (days of grace: 3)']],
    ['a deactivated account', {...none, action: 'skip', reason: 'account_deactivated'}, {},
        ['in scope: everybody in the directory', '`lee`', 'skip: account is deactivated in Mattermost']],
    ['somebody whom several accounts fit', {...none, action: 'conflict', reason: 'several_accounts', account_id: ''}, {},
        ['in scope: everybody in the directory', 'no single account fits', 'conflict: several accounts match this directory user']],
])('user: %s', (_, change, changed, [scope, account, result]) => {
    expect(userTextOf([change], changed)).toBe([
        '`lee@example.com`: this happened',
        '- **Directory:** found as `@all` (`o`)',
        `- **Scope:** ${scope}`,
        `- **Account:** ${account}`,
        `- **Result:** ${result}`,
    ].join('\n'));
});

test('user: two changes of one person are two results, two people are told apart', () => {
    const email = {reason: 'email_changed', seq: 2, fields: [{field: 'email', from: 'a@example.com', to: 'b@example.com'}]} as Partial<Change>;
    expect(userTextOf([{}, email]).match(/\*\*\w+:\*\*/g)).toEqual(['**Directory:**', '**Scope:**', '**Account:**', '**Result:**', '**Result:**']);
    expect(userTextOf([{}, {...email, object_id: 'p'}]).match(/found as .*/g)).toEqual(['found as `@all` (`o`)', 'found as `@all` (`p`)']);
});

test('user: what is held says how to let it through, in Korean as well', () => {
    const hold = {kinds: [{kind: 'deactivations', count: 1, total: 40}], expires_at: Date.UTC(2026, 10, 29, 18)};
    const text = userTextOf([{...none, action: 'deactivate', status: 'held', reason: 'disabled'}], {state: 'held', hold}, 'ko');
    expect(text).toContain('- **결과:** 비활성화 (보류): 디렉터리에서 로그인이 차단됨');
    expect(text).toContain('- 연결된 계정 40개 중 1개가 비활성화될 예정임');
    expect(text).toContain('`/entrasync approve`');
});

test.each<[string, object, string]>([
    ['a run that still goes on', {run: {...run, state: 'running'}, changes: {changes: []}}, 'The sync of `lee@example.com` has started.'],
    ['nothing to do', {run, changes: {changes: []}}, '`lee@example.com`: nothing to change.'],
    ['a preview', {run: {...run, mode: 'preview'}, changes: {changes: [change]}}, '`lee@example.com`: this would happen'],
    ['a value that was cut to fit', {run, changes: {changes: [{...change, fields: [{field: 'nickname', from: 'Old', to: 'Kim', shortened: true}]}]}}, '| nickname | `Old` | `Kim` (shortened) |'],
    ['a value that was refused', {run, changes: {changes: [{...change, fields: [{field: 'timezone', from: '', to: '', refused: 'Mars/Olympus'}]}]}}, '| time zone | – | – (refused: `Mars/Olympus`) |'],
    ['a user attribute', {run, changes: {changes: [{...change, fields: [{field: 'attribute', name: 'Team @all', from: '', to: 'Platform'}]}]}}, '| `Team @all` | – | `Platform` |'],
    ['a failed change', {run, changes: {changes: [{...change, fields: [], error: {code: 'email_taken'}}]}}, '  **Another account already has this e-mail address.**'],
    ['a failed run', {run: {...run, state: 'failed', error: {code: 'timeout'}}, changes: {changes: []}}, '**The other side did not answer in time.**'],
])('user: %s', (_, data, expected) => {
    expect(textOf({word: 'user', user: 'lee@example.com', data})).toContain(expected);
});

test('test marks each step and tells what to do', () => {
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
        '  Answer of the other side: `Authorization_RequestDenied · 403`',
    ].join('\n'));
});

test('a fault is answered with its words, whoever found it', () => {
    const described = {code: 'forbidden', message: 'Only @all may.', hint: 'Ask.'} as const;
    expect(textOf({word: 'sync', fault: described})).toBe('**Only @\u200ball may.** Ask.');
    expect(textOf({word: '', fault: {code: 'command_unknown', params: {word: '@all', suggestion: '/entrasync test'}}})).toBe(
        '**“@\u200ball” is not a command of Entra Sync.** /entrasync help lists all commands.\nDid you mean `/entrasync test`?',
    );
});

test('help lists every command in the language of the reader', () => {
    const text = textOf({locale: 'ko', word: 'help'});
    expect(text.split('\n')).toHaveLength(10);
    expect(text).toContain('- `/entrasync user [이메일 주소]`: 한 사람을 지금 동기화하고 결과를 보여 줍니다');
});

test('cancel answers in one sentence', () => {
    expect(textOf({word: 'cancel', data: run})).toMatch(/^[A-Z][^\n]+\.$/);
});

test('approve says how many changes are being applied, and where to follow that', () => {
    expect(textOf({word: 'approve', data: {run, held: 8}})).toBe(
        'Held changes that are being applied: 8. Each one is checked against the directory and the account again. ' +
        'Follow it with `/entrasync status` or under System Console > Plugins > Entra Sync.',
    );
    expect(textOf({locale: 'ko', word: 'approve', data: {run, held: 8}})).toContain('보류된 변경 8건을 승인했습니다.');
});

const hold = {kinds: [{kind: 'deactivations', count: 8, total: 110}, {kind: 'from_the_future', count: 1, total: 1}], expires_at: Date.UTC(2026, 10, 29, 18)};

test('status tells what is held, until when, and how to approve it', () => {
    expect(textOf({data: {...status, held_run: {...run, state: 'held', hold}}}).split('\n').slice(-4)).toEqual([
        'Changes wait for approval until 2026-11-29 18:00 UTC:',
        '- 8 of 110 linked accounts would be deactivated',
        '',
        'Look at them under System Console > Plugins > Entra Sync. `/entrasync approve` lets all of them through; without an approval they are not made.',
    ]);
});

test('history tells held runs, approvals and what they applied', () => {
    const held = {...run, state: 'held', hold, counts: {created: 1, held: 8}};
    const runs = [{...run, approves: 'r0'}, {...held, approved_at: Date.UTC(2026, 10, 23, 9)}, held];
    expect(textOf({word: 'history', data: {runs, total: 3}}).split('\n').slice(-3)).toEqual([
        '| 2026-11-22 18:00 UTC | sync (approved changes) | command | succeeded | created 3 |',
        '| 2026-11-22 18:00 UTC | sync | command | waits for approval, approved 2026-11-23 09:00 UTC | created 1, held 8 |',
        '| 2026-11-22 18:00 UTC | sync | command | waits for approval | created 1, held 8 |',
    ]);
});

test('a word that this version does not know is no crash', () => {
    expect(textOf({word: 'toString'})).toContain('is not a command of Entra Sync');
});

test('user names the other side of a conflict, without a mention', () => {
    const reason_params = {other_account_id: 'b', other_username: 'all'};
    const conflict: Change = {...change, action: 'conflict', status: 'planned', reason: 'several_accounts', reason_params, fields: []};
    const text = userTextOf([conflict]);
    expect(text).toContain('several accounts match this directory user');
    expect(text).toContain('all, b');
    expect(text).not.toContain('(@all');
});
