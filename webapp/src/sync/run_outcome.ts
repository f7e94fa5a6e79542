import type {ErrorCode} from './errors';
import type {Run, RunState} from './types';

/** States of runs that have done their work, possibly without a part of it. */
export const workedStates: readonly RunState[] = ['succeeded', 'partial', 'held'];

/** Runs that end with these codes did not reach Microsoft, or Microsoft refused them. */
const connectionFaults: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
    'secret_expired', 'secret_wrong', 'app_not_found', 'app_disabled', 'tenant_not_found', 'tenant_in_other_cloud', 'certificate_rejected',
    'federation_mismatch', 'resource_not_found', 'conditional_access', 'sign_in_failed', 'consent_missing', 'token_rejected',
    'directory_unavailable', 'directory_refused', 'group_consent_missing', 'network', 'proxy', 'tls', 'timeout',
]);

/** Whether a run has done its work: all of it, or all except what failed or is held. */
export function hasWorked(run: Pick<Run, 'state'> | null): boolean {
    return run !== null && workedStates.includes(run.state);
}

export function hasFailed(run: Pick<Run, 'state'> | null): boolean {
    return run?.state === 'failed' || run?.state === 'interrupted';
}

/** Whether a run failed because of the connection to Microsoft. */
export function isOfConnection(run: Pick<Run, 'error'> | null): boolean {
    return run?.error ? connectionFaults.has(run.error.code) : false;
}
