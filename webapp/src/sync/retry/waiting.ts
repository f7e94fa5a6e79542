import type {Decision} from '../plan/decide';
import type {Retry} from '../types';

/** Who must wait, by object id. */
export type Waiting = ReadonlyMap<string, Retry>;

export const NOBODY_WAITS: Waiting = new Map();

/** Those of whom a change may not be tried again yet. */
export function waitingAt(now: number, known: Iterable<Retry>): Waiting {
    const waiting = new Map<string, Retry>();
    for (const retry of known) {
        if (retry.retry_at > now) {
            waiting.set(retry.object_id, retry);
        }
    }
    return waiting;
}

/** The decision about a person, or a skip when the person waits. Deactivations never wait: an account is open until then. */
export function putOff(decision: Decision, object_id: string, waiting: Waiting): Decision {
    const retry = waiting.size === 0 ? undefined : waiting.get(object_id);
    if (!retry || (decision.action !== 'create' && decision.action !== 'update' && decision.action !== 'reactivate')) {
        return decision;
    }
    const account = decision.action === 'create' ? null : decision.account;
    return {action: 'skip', reason: 'retry_waits', account, params: {failures: retry.failures, until: retry.retry_at}};
}
