import {doubling} from '../retry/backoff';
import {hasWorked} from '../run_outcome';
import type {Run} from '../types';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The state of the schedule while its runs fail. Times are in ms. */
export interface Quarantine {

    /** How many scheduled runs have failed, and when the first of them ended. */
    failures: number;
    since: number;

    /** Until then, the schedule starts nothing. */
    next_at: number;

    /** Whether the administrators have been told. The host sets it after it has told them. */
    told: boolean;
}

export type QuarantineNotice = 'begins' | 'recovered';

export interface QuarantineInput {
    previous: Quarantine | null;

    /** The run that has just ended. */
    run: Pick<Run, 'mode' | 'trigger' | 'user' | 'approves' | 'state' | 'started_at'>;

    /** In ms. */
    now: number;
}

interface QuarantineVerdict {
    state: Quarantine | null;

    /** What the administrators need to know about the schedule. */
    notice: QuarantineNotice | null;

    /** The run failed like earlier ones that the administrators know about, so it is not reported. */
    is_known: boolean;
}

/**
 * What a run means for the schedule. A scheduled run that fails slows it down, and any successful run for all users ends that.
 * Canceled and interrupted runs do not count; nor do previews, which only read.
 */
export function quarantine({previous, run, now}: QuarantineInput): QuarantineVerdict {
    if (run.state === 'failed' && run.trigger === 'schedule') {
        const failures = (previous?.failures ?? 0) + 1;
        const told = previous?.told ?? false;
        const state = {failures, since: previous?.since ?? now, next_at: nextTry(failures, run.started_at, now), told};
        return {state, notice: told ? null : 'begins', is_known: told};
    }
    if (previous && hasSynced(run)) {
        return {state: null, notice: previous.told ? 'recovered' : null, is_known: false};
    }
    return {state: previous, notice: null, is_known: false};
}

/** Never more than a day after the failed run started, to the minute like all schedules: a daily run must be tried again the next day. */
function nextTry(failures: number, started_at: number, now: number): number {
    const nextDay = Math.floor((started_at + DAY) / MINUTE) * MINUTE;
    return Math.min(now + doubling(failures), nextDay);
}

/** Whether the run has synced all users. */
function hasSynced(run: QuarantineInput['run']): boolean {
    return run.mode === 'apply' && run.user === '' && run.approves === '' && hasWorked(run);
}
