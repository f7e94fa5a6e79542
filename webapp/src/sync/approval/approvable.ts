import type {ErrorCode, Fault} from '../errors';
import {isDoing} from '../lists';
import {workedStates} from '../run_outcome';
import {DAY_MS} from '../time';
import type {Change, HoldKind, Run, RunMode, RunState} from '../types';

/** How long after its end the plan of a preview can be applied. */
const PLAN_LIFETIME_MS = DAY_MS;

/** The facts about a run that decide whether its changes can be approved. */
export type DecidableRun = Pick<Run, 'mode' | 'state' | 'finished_at' | 'hold'>;

export interface ApprovalInput {
    run: DecidableRun;

    /** Whether changes of the run are open: `isOpen` is true for at least one. */
    has_open_changes: boolean;

    /** Whether at least one of them needs no approval of its own. */
    has_common_changes: boolean;

    /** Whether the approval names the changes; without, it covers only those that need no approval of their own. */
    names_changes: boolean;

    /** In ms, from the same clock as the times of the run. */
    now: number;
}

/** The bundle's function `check_approval`: why changes of a run cannot be approved, or null if they can. */
export function checkApproval({run, has_open_changes, has_common_changes, names_changes, now}: ApprovalInput): {fault: Fault | null} {
    const refusal = run.mode === 'preview' ? refusalOfPlan(run, has_open_changes, now) : refusalOfHeld(run, now);
    const isUnnamed = has_open_changes && !has_common_changes && !names_changes;
    const code = refusal ?? (isUnnamed ? 'approval_unnamed' : null);
    return {fault: code && {code}};
}

function refusalOfPlan({state, finished_at}: DecidableRun, hasOpenChanges: boolean, now: number): ErrorCode | null {
    if (!workedStates.includes(state)) {
        return 'plan_unfinished';
    }
    if (finished_at + PLAN_LIFETIME_MS <= now) {
        return 'plan_expired';
    }
    return hasOpenChanges ? null : 'nothing_planned';
}

function refusalOfHeld({state, hold}: DecidableRun, now: number): ErrorCode | null {
    if (state !== 'held') {
        return 'nothing_held';
    }
    return hold && hold.expires_at > now ? null : 'approval_expired';
}

/** Whether the changes of a run, if some are open, can be approved now: those of a preview as its plan, others because they are held. */
export function canApprove(run: DecidableRun, now: number): boolean {
    return checkApproval({run, has_open_changes: true, has_common_changes: true, names_changes: true, now}).fault === null;
}

/** Whether the approval of what a run holds has expired. */
export function isHoldExpired({state, hold}: DecidableRun, now: number): boolean {
    return state === 'held' && hold !== null && hold.expires_at <= now;
}

/**
 * Whether a change waits for approval: a preview plans it, or a run holds it. The store has the same condition in SQL
 * (`openChange` in server/store/hold.go), and a test there compares the two.
 */
export function isOpen({action, status}: Pick<Change, 'action' | 'status'>, mode: RunMode): boolean {
    return mode === 'preview' ? status === 'planned' && isDoing(action) : status === 'held';
}

/** The run that the page and the command offer to approve: the newest that matches. */
export interface HeldFilter {
    state: RunState;

    /**
     * Runs that decide about all users again. What an earlier run holds is no longer offered. A run that held everything for the
     * reason `distrusted` has decided nothing, so it replaces only others of its kind.
     */
    replaced_by: {mode: RunMode; reading: Run['reading']; states: readonly RunState[]; distrusted: HoldKind};
}

/** The bundle's function `held_filter`, for the query that finds that run. Its approval must not have expired. */
export function heldFilter(): HeldFilter {
    return {state: 'held', replaced_by: {mode: 'apply', reading: 'full', states: workedStates, distrusted: 'directory_shrunk'}};
}
