import type {Run} from '../types';

import {expiryOf} from './expiry';
import type {Known, OverviewFacts, SettingFault, StatusFacts} from './facts';
import {hasFailed} from '../run_outcome';

/** One thing that an administrator should look at. */
export type AttentionItem =
    | {kind: 'fault' | 'warning'; fault: SettingFault}
    | {kind: 'failed_run'; run: Run}
    | {kind: 'quarantine'; quarantine: NonNullable<StatusFacts['quarantine']>; run: Run | null}
    | {kind: 'expiry'; at: number; expiry: 'soon' | 'expired'}
    | {kind: 'held'; run: Run}
    | {kind: 'preview_holds'; run: Run}
    | {kind: 'does_not_fit'; run: Run}
    | {kind: 'conflicts'; count: number; run: string}
    | {kind: 'failing'; count: number; run: string; tried: number; waiting: number}
    | {kind: 'schedule_off'};

interface Facts extends Pick<Known, 'status' | 'lastRun'> {

    /** Null until the server has answered. */
    overview: OverviewFacts | null;

    /** In ms. */
    now: number;

    /** The setup guide is on the page. What it asks for is not listed again. */
    isGuided: boolean;
}

/** What needs attention, the most urgent first. */
export function attentionOf({status, lastRun, overview, now, isGuided}: Facts): AttentionItem[] {
    return [
        ...status.faults.filter(({code}) => !isGuided || code !== 'not_configured').map((fault) => ({kind: 'fault', fault}) as const),
        ...(status.warnings ?? []).map((fault) => ({kind: 'warning', fault}) as const),
        ...itemsOfRun(lastRun),
        ...(status.quarantine ? [{kind: 'quarantine', quarantine: status.quarantine, run: lastRun} as const] : []),
        ...(lastRun?.error?.code === 'secret_expired' ? [] : itemsOfExpiry(overview?.secret_expires_at ?? 0, now)),
        ...(status.held_run ? [{kind: 'held', run: status.held_run} as const] : []),
        ...(overview && overview.conflicts > 0 ? [{kind: 'conflicts', count: overview.conflicts, run: overview.conflicts_run} as const] : []),
        ...itemsOfFailures(overview),
        ...(!status.enabled && status.faults.length === 0 && !isGuided ? [{kind: 'schedule_off'} as const] : []),
    ];
}

function itemsOfRun(run: Run | null): AttentionItem[] {
    if (!run) {
        return [];
    }
    const items: Array<AttentionItem | false> = [
        (hasFailed(run) || run.error !== null) && {kind: 'failed_run', run},
        run.mode === 'preview' && run.hold !== null && {kind: 'preview_holds', run},
        run.does_not_fit > 0 && {kind: 'does_not_fit', run},
    ];
    return items.filter((item) => item !== false);
}

function itemsOfFailures(overview: OverviewFacts | null): AttentionItem[] {
    if (!overview || overview.failing === 0) {
        return [];
    }
    const {failing, failing_run, failing_tried, failing_waiting} = overview;
    return [{kind: 'failing', count: failing, run: failing_run, tried: failing_tried, waiting: failing_waiting}];
}

function itemsOfExpiry(at: number, now: number): AttentionItem[] {
    const expiry = expiryOf(at, now);
    return expiry === 'soon' || expiry === 'expired' ? [{kind: 'expiry', at, expiry}] : [];
}
