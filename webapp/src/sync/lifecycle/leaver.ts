import type {Cause} from '../lists';
import {DAY_MS} from '../time';
import {DEACTIVATING, type Account, type Departure, type Reason, type ReasonParams, type SignInService} from '../types';

import {countedAbsence, lackingProof, needsReads, type Evidence} from './evidence';
import {isProtected, isSystemAdmin} from './privileged';

/** A linked user who left. */
export interface Leaver {
    object_id: string;
    cause: Cause;
}

/** The facts that decide about a leaver, besides the cause and the account. */
export interface LeaverCriteria extends Evidence {

    /** `lifecycle.protected`, folded as `isProtected` compares. */
    protected: ReadonlySet<string>;

    /** The sign-in method of the accounts that the sync may write; '' is a password. */
    auth_service: SignInService | '';
}

/** What happens to a leaver's account. `departure` is what to remember about it from now on. */
export type LeaverDecision =
    | {action: 'none'}
    | {action: 'deactivate'; reason: Cause; departure: Departure}
    | {action: 'skip' | 'conflict'; reason: Reason; params?: ReasonParams; departure: Departure | null};

/** The departure of a user who has the account and has not left. */
export const NOT_AWAY: Departure = {since: 0, absent_reads: 0, counted_at: 0, deactivated_at: 0};

const NONE: LeaverDecision = {action: 'none'};

/** Decides about the linked account of a user who left. An account that is already deactivated needs nothing. */
export function decideLeaver(cause: Cause, account: Account, criteria: LeaverCriteria): LeaverDecision {
    if (account.delete_at !== 0) {
        return NONE;
    }
    const untouchable = reasonToLeave(account, criteria);
    if (untouchable) {
        return {action: CONFLICTS.includes(untouchable) ? 'conflict' : 'skip', reason: untouchable, departure: null};
    }
    if (!criteria.lifecycle.deactivate || !criteria.lifecycle.leavers[cause]) {
        // Absences count nevertheless: an account can also move to its user's new object id.
        const departure = cause === 'missing' ? departureOf(afterWaiting(cause, account.departure, criteria)) : null;
        return {action: 'skip', reason: 'deactivation_off', departure};
    }
    return afterWaiting(cause, account.departure, criteria);
}

function departureOf(decision: LeaverDecision): Departure | null {
    return decision.action === 'none' ? null : decision.departure;
}

/** What the account has become since it was linked. */
const CONFLICTS: readonly Reason[] = ['other_sign_in_method', 'remote_account'];

/** Why an account is not deactivated, or null. The link says whose account it is, so another sign-in method alone keeps none open. */
function reasonToLeave(account: Account, criteria: LeaverCriteria): Reason | null {
    if (account.is_remote) {
        return 'remote_account';
    }
    if (account.is_bot) {
        return 'bot_account';
    }
    if (isSystemAdmin(account)) {
        return 'system_admin';
    }
    if (isProtected(account, criteria.protected)) {
        return 'protected';
    }
    const isReported = criteria.lifecycle.leavers.other_sign_in_method === 'report';
    return isReported && account.auth_service !== criteria.auth_service ? 'other_sign_in_method' : null;
}

/** Waits for as many absences and as many days as the policy requires. */
function afterWaiting(cause: Cause, before: Departure | null, criteria: LeaverCriteria): LeaverDecision {
    const {grace_days} = criteria.lifecycle.leavers;
    const since = before && before.since !== 0 ? Math.min(before.since, criteria.now) : criteria.now;
    const isProvedByReads = needsReads(cause, criteria);
    const absence = isProvedByReads ? countedAbsence(before, criteria) : {absent_reads: 0, counted_at: 0};
    const departure: Departure = {since, ...absence, deactivated_at: 0};
    if (criteria.asks_admin) {
        return {action: 'deactivate', reason: cause, departure};
    }
    const lacking = isProvedByReads ? lackingProof(before, criteria) : null;
    if (lacking) {
        return {action: 'skip', reason: cause === 'missing' ? 'missing_waits' : 'out_of_scope_waits', params: {...lacking}, departure};
    }
    if (criteria.now < since + grace_days * DAY_MS) {
        return {action: 'skip', reason: 'grace_period', params: {days: grace_days, until: since + grace_days * DAY_MS}, departure};
    }
    return {action: 'deactivate', reason: cause, departure};
}

/** Whether the sync itself made the current deactivation of an account. A deactivation by an administrator stays. */
export function isDeactivatedBySync({delete_at, departure}: Account): boolean {
    return delete_at !== 0 && departure !== null && (departure.deactivated_at === delete_at || departure.deactivated_at === DEACTIVATING);
}
