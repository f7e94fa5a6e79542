import type {Run} from '../types';

import {followUp, notices, type EndedRun} from './follow_up';
import type {Quarantine} from './quarantine';

const now = Date.UTC(2026, 10, 22, 18);
const worked: EndedRun['run'] = {mode: 'apply', trigger: 'console', user: '', approves: '', state: 'succeeded', started_at: now, error: null};
const failed: EndedRun['run'] = {...worked, state: 'failed', error: {code: 'secret_wrong'}};
const held: EndedRun['run'] = {...worked, state: 'held'};
const going: Quarantine = {failures: 2, since: now - 1000, next_at: now + 1000, told: true};

test.each<[string, EndedRun['run'], boolean]>([
    ['a run that worked', worked, false],
    ['a run in which single changes failed', {...worked, state: 'partial'}, false],
    ['a run that could do only a part', {...worked, state: 'partial', error: {code: 'user_limit'}}, true],
    ['a run that failed', failed, true],
    ['a run that holds changes', held, true],
    ['a run for one user that failed', {...failed, user: 'lee@example.com'}, false],
    ['a run for one user that holds changes', {...held, user: 'lee@example.com'}, false],
])('whether administrators hear of %s: %#', (_, run, isTold) => {
    expect(followUp({run, previous: null, now}).news !== null).toBe(isTold);
    expect(followUp({run, now}).news !== null).toBe(isTold);
});

test('of a schedule that fails they hear when it begins and when it ends', () => {
    const scheduled: EndedRun['run'] = {...failed, trigger: 'schedule'};
    const first = followUp({run: scheduled, previous: null, now});
    expect(first.news?.schedule).toEqual({notice: 'begins', quarantine: first.quarantine});
    expect(first.told).toEqual({...first.quarantine, told: true});

    expect(followUp({run: scheduled, previous: first.told, now})).toMatchObject({quarantine: {failures: 2}, news: null, told: null});
    expect(followUp({run: worked, previous: going, now})).toEqual({
        quarantine: null, news: {schedule: {notice: 'recovered', quarantine: going}, earlier_runs: 0}, told: null,
    });
});

test('a quarantine that cannot be read is left as it is', () => {
    expect(followUp({run: {...failed, trigger: 'schedule'}, now})).toEqual({quarantine: null, news: {schedule: null, earlier_runs: 0}, told: null});
});

const admins = [{id: 'anna', locale: 'en', utc_offset_minutes: 0}, {id: 'mina', locale: 'ko', utc_offset_minutes: 540}, {id: 'john', locale: 'en', utc_offset_minutes: 540}];
const heldRun = {
    ...held, id: 'r1', reading: 'full', counts: {held: 8}, hold: {kinds: [{kind: 'deactivations', count: 8, total: 110}], expires_at: now},
} as unknown as Run;
const {news} = followUp({run: held, previous: null, now});

test('each administrator is told in the language and time zone of the account', () => {
    const {messages} = notices({run: heldRun, news: news!, earlier: [], admins, console_url: ''});
    expect(messages.map(({user_id}) => user_id)).toEqual(['anna', 'mina', 'john']);
    expect(messages[0]?.text).toContain('2026-11-22 18:00 UTC)');
    expect(messages[1]?.text).toContain('110');
    expect(messages[2]?.text).toContain('2026-11-23 03:00 UTC+09:00');
});

test('the same hold again is not news', () => {
    expect(news?.earlier_runs).toBe(200);
    expect(notices({run: heldRun, news: news!, earlier: [{...heldRun, id: 'r0'}], admins, console_url: ''}).messages).toEqual([]);
});
