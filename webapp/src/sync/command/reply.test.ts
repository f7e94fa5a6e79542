import type {Change, Run} from '../types';

import {reply, type ReplyInput} from './reply';

const run = {
    id: 'r1', mode: 'apply', trigger: 'command', actor_id: 'a', user: '', state: 'succeeded', started_at: Date.UTC(2026, 10, 22, 18), finished_at: 2,
    counts: {created: 3, unchanged: 7}, progress: null, error: null,
} as unknown as Run;

const status = {
    version: '0.1.0', configured: true, enabled: true, faults: [], schedule: '0 3 * * *', time_zone: 'Asia/Seoul', next_run_at: Date.UTC(2026, 10, 23, 18),
    current_run: null, last_run: run,
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
    expect(textOf({word: 'history', data: {runs: [], total: 0}})).toBe('There has been no run yet.');
});

const change = {
    seq: 1, object_id: 'o', account_id: 'a', email: 'lee@example.com', username: 'lee', display_name: '@all', action: 'update', status: 'done',
    reason: 'attributes_changed', fields: [{field: 'nickname', from: '', to: '[이](http://evil.example) | @channel'}], error: null,
} as Change;

test('user names the other side of a conflict, without a mention', () => {
    const reason_params = {other_account_id: 'b', other_username: 'all'};
    const conflict: Change = {...change, action: 'conflict', status: 'planned', reason: 'several_accounts', reason_params, fields: []};
    const text = textOf({word: 'user', user: 'lee@example.com', data: {run, changes: {changes: [conflict]}}});
    expect(text).toContain('several accounts match this directory user');
    expect(text).toContain('all, b');
    expect(text).not.toContain('@all');
});

test('user shows the change with its fields, harmless', () => {
    expect(textOf({word: 'user', user: 'lee@example.com', data: {run, changes: {changes: [change]}}})).toBe([
        '`lee@example.com`: this happened',
        '- **update** (done) `lee`: attributes changed in the directory',
        '',
        '| Field | Before | After |',
        '| --- | --- | --- |',
        '| nickname | – | `[이](http://evil.example) ¦ @channel` |',
        '',
    ].join('\n'));
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

test.each(['cancel', 'approve'])('%s answers in one sentence', (word) => {
    expect(textOf({word, data: run})).toMatch(/^[A-Z][^\n]+\.$/);
});

test('a word that this version does not know is no crash', () => {
    expect(textOf({word: 'toString'})).toContain('is not a command of Entra Sync');
});
