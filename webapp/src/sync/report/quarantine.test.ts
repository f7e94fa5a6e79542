import fc from 'fast-check';

import {HOUR_MS} from '../time';
import type {Run, RunState} from '../types';

import {notice} from './notice';
import {quarantine, type Quarantine, type QuarantineInput} from './quarantine';

const NOW = Date.UTC(2026, 10, 22, 18);
const ended = (change: Partial<QuarantineInput['run']> = {}): QuarantineInput['run'] => (
    {mode: 'apply', trigger: 'schedule', user: '', approves: '', state: 'failed', started_at: NOW, ...change});
const going = (change: Partial<Quarantine> = {}): Quarantine => ({failures: 2, since: NOW - HOUR_MS, next_at: NOW + HOUR_MS, told: true, ...change});

test('the first scheduled failure begins it', () => {
    expect(quarantine({previous: null, run: ended(), now: NOW})).toEqual({
        state: {failures: 1, since: NOW, next_at: NOW + HOUR_MS, told: false}, notice: 'begins', is_known: false,
    });
});

test.each([[1, 2], [2, 4], [3, 8], [4, 16], [5, 24], [6, 24], [99, 24]])('after %d failures before, the next try is %d hours away', (failures, hours) => {
    const previous = going({failures});
    expect(quarantine({previous, run: ended(), now: NOW})).toEqual({
        state: {...previous, failures: failures + 1, next_at: NOW + (hours * HOUR_MS)}, notice: null, is_known: true,
    });
});

test('a daily run that fails late is tried again the next day, not the day after', () => {
    const verdict = quarantine({previous: going({failures: 9}), run: ended({started_at: NOW + 300}), now: NOW + (2 * HOUR_MS)});
    expect(verdict.state?.next_at).toBe(NOW + (24 * HOUR_MS));
});

test('administrators who could not be told are told at the next failure', () => {
    expect(quarantine({previous: going({told: false}), run: ended(), now: NOW})).toMatchObject({notice: 'begins', is_known: false});
});

test.each<[string, Partial<QuarantineInput['run']>]>([
    ['a sync by hand', {trigger: 'console', state: 'succeeded'}],
    ['a scheduled run', {state: 'succeeded'}],
    ['a run with failures of single people', {state: 'partial'}],
    ['a run that holds changes', {trigger: 'api', state: 'held'}],
])('%s that works ends it', (_, run) => {
    expect(quarantine({previous: going(), run: ended(run), now: NOW})).toEqual({state: null, notice: 'recovered', is_known: false});
    expect(quarantine({previous: going({told: false}), run: ended(run), now: NOW})).toEqual({state: null, notice: null, is_known: false});
    expect(quarantine({previous: null, run: ended(run), now: NOW})).toEqual({state: null, notice: null, is_known: false});
});

test.each<[string, Partial<QuarantineInput['run']>]>([
    ['an interrupted run', {state: 'interrupted'}],
    ['a cancelled run', {state: 'cancelled'}],
    ['a failure by hand', {trigger: 'command'}],
    ['a preview', {trigger: 'console', mode: 'preview', state: 'succeeded'}],
    ['a run for one user', {trigger: 'api', user: 'kim@example.com', state: 'succeeded'}],
    ['an approval', {trigger: 'console', approves: 'r1', state: 'succeeded'}],
])('%s changes nothing', (_, run) => {
    for (const previous of [null, going()]) {
        expect(quarantine({previous, run: ended(run), now: NOW})).toEqual({state: previous, notice: null, is_known: false});
    }
});

test('in all cases, told once at the beginning and once at the end, and never delayed by more than a day', () => {
    const states: RunState[] = ['succeeded', 'partial', 'held', 'failed', 'failed', 'failed', 'cancelled', 'interrupted'];
    const runs = fc.array(fc.record({state: fc.constantFrom(...states), trigger: fc.constantFrom('schedule' as const, 'console' as const), after: fc.nat({max: 30 * HOUR_MS})}));
    fc.assert(fc.property(runs, (list) => {
        let [previous, now, told]: [Quarantine | null, number, string[]] = [null, NOW, []];
        for (const {state, trigger, after} of list) {
            now += after;
            const verdict = quarantine({previous, run: ended({state, trigger, started_at: now}), now});
            expect(verdict.state?.next_at ?? now).toBeLessThanOrEqual(now + (24 * HOUR_MS));
            expect(verdict.state === null || verdict.state.failures > 0).toBe(true);
            told = verdict.notice ? [...told, verdict.notice] : told;
            previous = verdict.state && {...verdict.state, told: verdict.state.told || verdict.notice === 'begins'};
        }
        expect(told).toEqual(told.map((_, at) => (at % 2 === 0 ? 'begins' : 'recovered')));
        expect(told.length % 2 === 1).toBe(previous !== null);
    }));
});

describe('the message', () => {
    const run = {...ended(), id: 'r', actor_id: '', counts: {}, progress: null, error: {code: 'secret_wrong'}} as unknown as Run;
    const textOf = (locale: string, change: Partial<Run>, about: 'begins' | 'recovered') => (
        notice({locale, run: {...run, ...change}, console_url: '', schedule: {notice: about, quarantine: going()}}).text);

    test('at the beginning says why and when the schedule tries again', () => {
        const lines = textOf('en', {}, 'begins').split('\n');
        expect(lines[0]).toContain('failed (started by: schedule');
        expect(lines[1]).toContain('client secret');
        expect(lines.at(-1)).toMatch(/spaced further apart\. The next scheduled run starts no earlier than 2026-11-22 19:00 UTC\. .*manually/);
    });

    test('at the end says that all is well, in Korean too', () => {
        const recovered = {state: 'succeeded', error: null, counts: {created: 2}} as unknown as Partial<Run>;
        expect(textOf('en', recovered, 'recovered')).toMatch(/^:white_check_mark: Entra Sync is working again .*2 scheduled runs had failed since 2026-11-22 17:00 UTC\./);
        expect(textOf('ko', recovered, 'recovered')).toMatch(/^:white_check_mark: Entra Sync가 다시 작동합니다.*2번 실패/);
    });
});
