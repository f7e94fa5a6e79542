import {isConnectionPath} from '../settings/keys';

import type {AttentionItem} from './attention';
import type {Known, StatusFacts} from './facts';
import {hasFailed, hasWorked, isOfConnection} from '../run_outcome';

export type ConnectionState = 'not_set_up' | 'faulty' | 'untested' | 'refused' | 'connected';
export type ScheduleState = 'off' | 'blocked' | 'slowed' | 'on';
export type Health = 'not_set_up' | 'blocked' | 'failing' | 'attention' | 'new' | 'healthy';

/** Whether Microsoft accepts the saved settings, based on the newest run or test. */
export function connectionOf({status, lastRun, tested, hasRead}: Known): ConnectionState {
    if (!status.configured) {
        return 'not_set_up';
    }
    if (status.faults.some(({path}) => path !== undefined && isConnectionPath(path))) {
        return 'faulty';
    }
    if (tested && tested.at > (lastRun?.finished_at ?? 0)) {
        return tested.answer.ok ? 'connected' : 'refused';
    }
    if (isOfConnection(lastRun)) {
        return 'refused';
    }
    return hasRead || hasWorked(lastRun) ? 'connected' : 'untested';
}

/** Whether the schedule starts runs, and if not, why. */
export function scheduleOf(status: Pick<StatusFacts, 'enabled' | 'faults' | 'quarantine'>): ScheduleState {
    if (!status.enabled) {
        return 'off';
    }
    if (status.faults.length > 0) {
        return 'blocked';
    }
    return status.quarantine ? 'slowed' : 'on';
}

/** The sync as a whole, the worst first. `items` is what needs attention; a sync with any of it is not healthy. */
export function healthOf({status, lastRun}: Pick<Known, 'status' | 'lastRun'>, items: ReadonlyArray<Pick<AttentionItem, 'kind'>>): Health {
    if (status.faults.length > 0) {
        return status.configured ? 'blocked' : 'not_set_up';
    }
    if (status.quarantine || hasFailed(lastRun)) {
        return 'failing';
    }
    if (lastRun?.state === 'partial' || items.some(({kind}) => kind !== 'schedule_off')) {
        return 'attention';
    }
    return lastRun ? 'healthy' : 'new';
}
