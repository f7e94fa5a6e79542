import type {Cause} from '../lists';
import type {Lifecycle} from '../policy/lifecycle';
import {MINUTE_MS} from '../time';
import type {Departure} from '../types';

/*
 * Taking away needs evidence: the one place that decides what proves that a user is gone, for deactivations and for accounts that move.
 * Right before the write, run/applying/absence.ts asks the directory for the user once more. guard/guard.ts judges the directory as a
 * whole (`hasShrunk`).
 */

/** What decides whether an absence is proved. */
export interface Evidence {
    lifecycle: Lifecycle;

    /** Milliseconds since 1970. */
    now: number;

    /** Whether this run has read the whole directory, or asked it for each leaver, so that an absence counts. */
    counts_absence: boolean;

    /** Whether groups decide who is in scope: Graph reads members from an index that can lag, so one read proves nothing. */
    has_groups: boolean;

    /**
     * Whether an administrator decides: either has approved a held deactivation, or must, because the run holds everything.
     * Then the decision waits neither for more reads nor for the grace period.
     */
    asks_admin: boolean;
}

/** Whether only several reads prove the cause. The directory itself says who is disabled or deleted. */
export function needsReads(cause: Cause, {has_groups}: Evidence): boolean {
    return cause === 'missing' || (cause === 'out_of_scope' && has_groups);
}

/** Whether two full reads, this one and one before, prove that a membership or role is unwanted. */
export interface UnwantedEvidence {

    /** Milliseconds since 1970. */
    now: number;

    /** Whether this is a full read, so that it counts. */
    counts: boolean;
    min_minutes_between_reads: number;

    /** Whether an administrator has approved the change. */
    asks_admin: boolean;
}

/** `since` is the first full read that saw it, in ms since 1970, or 0. A clock that was set back does not say how long ago that was. */
export function isUnwantedProved(since: number, {now, counts, min_minutes_between_reads, asks_admin}: UnwantedEvidence): boolean {
    return asks_admin || (counts && since !== 0 && now > since && now >= since + (min_minutes_between_reads * MINUTE_MS));
}

/** From how many reads a user is absent and how many it takes, or null if the absence is proved or an administrator decides. */
export function lackingProof(before: Departure | null, evidence: Evidence): {reads: number; needed: number; apart: number} | null {
    const {missing_reads: needed, min_minutes_between_reads: apart} = evidence.lifecycle.leavers;
    const {absent_reads: reads} = countedAbsence(before, evidence);
    return evidence.asks_admin || reads >= needed ? null : {reads, needed, apart};
}

/**
 * The absences with the one of this read, if it counts. Reads within a short time can be the same bad moment of the directory, no matter
 * what starts the runs. A clock that was set back does not say how long ago the last one was, so the time starts again.
 */
export function countedAbsence(before: Departure | null, {lifecycle: {leavers}, counts_absence, now}: Evidence): Pick<Departure, 'absent_reads' | 'counted_at'> {
    const seen = before?.absent_reads ?? 0;
    const counted_at = seen === 0 ? 0 : Math.min(before!.counted_at, now);
    const isApart = seen === 0 || now >= counted_at + (leavers.min_minutes_between_reads * MINUTE_MS);
    if (!counts_absence || !isApart || seen >= leavers.missing_reads) {
        return {absent_reads: Math.min(leavers.missing_reads, seen), counted_at};
    }
    return {absent_reads: seen + 1, counted_at: now};
}
