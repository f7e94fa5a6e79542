import type {Decision} from '../plan/decision';
import type {Retry} from '../types';

/** The users whose changes are postponed, by object id. */
export type Postponed = ReadonlyMap<string, Retry>;

export const NONE_POSTPONED: Postponed = new Map();

/** The users of `known` whose changes must not be tried again yet. */
export function postponedAt(now: number, known: Iterable<Retry>): Postponed {
    const postponed = new Map<string, Retry>();
    for (const retry of known) {
        if (retry.retry_at > now) {
            postponed.set(retry.object_id, retry);
        }
    }
    return postponed;
}

/** The decision about a user, or a skip when it is postponed. Deactivations are never postponed: until then the account is open. */
export function postpone(decision: Decision, object_id: string, postponed: Postponed): Decision {
    const retry = postponed.size === 0 ? undefined : postponed.get(object_id);
    if (!retry || (decision.action !== 'create' && decision.action !== 'update' && decision.action !== 'reactivate')) {
        return decision;
    }
    const account = decision.action === 'create' ? null : decision.account;
    return {action: 'skip', reason: 'retry_waits', account, params: {failures: retry.failures, until: retry.retry_at}};
}
