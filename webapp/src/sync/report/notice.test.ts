import type {Run} from '../types';

import {notice} from './notice';

const run = {
    id: 'r1', mode: 'apply', trigger: 'schedule', actor_id: '', user: '', state: 'failed', started_at: Date.UTC(2026, 10, 22, 18), finished_at: 2,
    counts: {created: 3}, progress: null, error: {code: 'secret_expired', raw: {code: 'AADSTS7000222', message: 'expired @all', trace_id: 'abc'}},
} as unknown as Run;

test('a failed run says what happened, what to do and where', () => {
    const {text} = notice({locale: 'en', run, console_url: 'https://chat.example.com/admin_console/plugins/plugin_entrasync'});
    expect(text.split('\n')).toEqual([
        ':warning: An Entra Sync run failed (started by: schedule, 2026-11-22 18:00 UTC).',
        expect.stringMatching(/^\*\*The client secret has expired\.\*\* In the Microsoft Entra admin center/),
        'Response: `AADSTS7000222 · expired @all · Trace ID abc`',
        'Results: 3 created',
        '[Open Entra Sync in the System Console](https://chat.example.com/admin_console/plugins/plugin_entrasync#runs/r1)',
    ]);
});

test('an interrupted run in Korean, with the clock of the reader', () => {
    const {text} = notice({locale: 'ko', utc_offset_minutes: 540, run: {...run, state: 'interrupted', error: null}, console_url: ''});
    expect(text).toBe(':warning: Entra Sync 실행이 중단되었습니다(시작 방법: 일정, 2026-11-23 03:00 UTC+09:00).\n결과: 생성 3');
});

test.each(['javascript:alert(1)', '', 'https://x y'])('%j is not a link', (console_url) => {
    expect(notice({locale: 'en', run, console_url}).text).not.toContain('](');
});

const held = {
    ...run, state: 'held', error: null, reading: 'full', counts: {held: 8},
    hold: {kinds: [{kind: 'deactivations', count: 8, total: 110}], expires_at: Date.UTC(2026, 10, 29, 18)},
} as unknown as Run;

test('a held run says what it holds, how to let it through and until when', () => {
    expect(notice({locale: 'en', run: held, console_url: ''}).text.split('\n')).toEqual([
        ':warning: Entra Sync is holding changes for approval (started by: schedule, 2026-11-22 18:00 UTC).',
        'Changes are held for approval until 2026-11-29 18:00 UTC:',
        '- 8 of 110 linked accounts would be deactivated',
        '',
        expect.stringContaining('To approve all of them, enter `/entrasync approve`'),
        'Results: 8 held',
    ]);
    expect(notice({locale: 'ko', run: held, console_url: ''}).text).toContain('- 연결된 계정 110개 중 8개가 비활성화될 예정임');
});

const before = {...held, id: 'r0'};

test.each<[string, Run[], boolean]>([
    ['the run before held the same', [held, before], false],
    ['a run for one user and an approval came between', [{...run, reading: 'person'}, {...run, reading: 'held'}, before], false],
    ['there is no run before', [held], true],
    ['the run before held fewer', [{...before, hold: {...held.hold!, kinds: [{kind: 'deactivations', count: 7, total: 110}]}}], true],
    ['the run before held nothing', [{...before, state: 'succeeded', hold: null}, before], true],
    ['only a preview would have held the same', [{...before, mode: 'preview'}], true],
])('where %s, administrators hear of it: %#', (_, earlier, isTold) => {
    expect(notice({locale: 'en', run: held, earlier, console_url: ''}).text !== '').toBe(isTold);
});

test('a fault is reported even if the hold is the same', () => {
    const run = {...held, error: {code: 'user_limit'}} as Run;
    expect(notice({locale: 'en', run, earlier: [before], console_url: ''}).text).toContain('user limit');
});

test('a run that had to leave something out says so, not that it failed', () => {
    const run = {state: 'partial', trigger: 'schedule', started_at: 0, counts: {}, error: {code: 'user_limit'}};
    const {text} = notice({locale: 'en', run: run as never, console_url: ''});
    expect(text).toContain('only part of its work');
    expect(text).toContain('user limit');
});
