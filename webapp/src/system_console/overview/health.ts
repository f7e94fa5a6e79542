import type {RunAnswer, StatusAnswer} from '../../answers';
import type {TestedConnection} from '../../store/actions';
import type {ErrorCode} from '../../sync/errors';

import type {AttentionItem} from './attention';
import {tabOfPath} from '../frame/tab_of_fault';

export type ConnectionState = 'not_set_up' | 'faulty' | 'untested' | 'refused' | 'connected';
export type ScheduleState = 'off' | 'blocked' | 'slowed' | 'on';
export type Health = 'not_set_up' | 'blocked' | 'failing' | 'attention' | 'new' | 'healthy';

/** What the page knows of the sync. */
export interface Known {
    status: StatusAnswer;

    /** The newest run that has ended; null before the first. */
    lastRun: RunAnswer | null;

    /** The newest connection test of the settings that are saved now; null for none. */
    tested: TestedConnection | null;

    /** The newest connection test of this page went well, perhaps with other settings than those that are saved now. */
    hasConnected: boolean;

    /** The directory has been read completely before. */
    hasRead: boolean;
}

/** Runs that end with these have not come to Microsoft, or were turned away there. */
const connectionFaults: ReadonlySet<string> = new Set<ErrorCode>([
    'secret_expired', 'secret_wrong', 'app_not_found', 'app_disabled', 'tenant_not_found', 'tenant_in_other_cloud', 'certificate_rejected',
    'federation_mismatch', 'resource_not_found', 'conditional_access', 'sign_in_failed', 'consent_missing', 'token_rejected',
    'directory_unavailable', 'directory_refused', 'group_consent_missing', 'network', 'proxy', 'tls', 'timeout',
]);

export function isOfConnection(run: RunAnswer | null): boolean {
    return run?.error ? connectionFaults.has(run.error.code) : false;
}

/** Whether Microsoft lets the saved settings in, by the newest evidence: a run or a test. */
export function connectionOf({status, lastRun, tested, hasRead}: Known): ConnectionState {
    if (!status.configured) {
        return 'not_set_up';
    }
    if (status.faults.some(({path}) => path !== undefined && tabOfPath(path) === 'connection')) {
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

function hasWorked(run: RunAnswer | null): boolean {
    return run !== null && ['succeeded', 'partial', 'held'].includes(run.state);
}

export function scheduleOf(status: StatusAnswer): ScheduleState {
    if (!status.enabled) {
        return 'off';
    }
    if (status.faults.length > 0) {
        return 'blocked';
    }
    return status.quarantine ? 'slowed' : 'on';
}

/** The sync as a whole, the worst first; `items` is what the page says needs attention, and a sync with any of it is not called healthy. */
export function healthOf({status, lastRun}: Pick<Known, 'status' | 'lastRun'>, items: AttentionItem[]): Health {
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

export function hasFailed(run: RunAnswer | null): boolean {
    return run?.state === 'failed' || run?.state === 'interrupted';
}
