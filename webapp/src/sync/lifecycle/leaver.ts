import type {Lifecycle} from '../policy/lifecycle';
import {DAY_MS} from '../time';
import {DEACTIVATING, type Account, type Departure, type Reason, type ReasonParams, type SignInService} from '../types';

/** How somebody has left. `missing` is the absence from a complete read, which does not say why. */
export type Cause = 'disabled' | 'soft_deleted' | 'hard_deleted' | 'missing' | 'out_of_scope';

/** What decides about a leaver besides the cause and the account. */
export interface LeaverRules {
    lifecycle: Lifecycle;

    /** `lifecycle.protected`, folded as `isProtected` compares. */
    protected: ReadonlySet<string>;

    /** How accounts sign in that are the sync's to write; '' is by password. */
    auth_service: SignInService | '';

    /** Milliseconds since 1970. */
    now: number;

    /** Whether this run has read the whole directory, or asked it for each leaver, so that somebody's absence counts. */
    counts_absence: boolean;

    /** Whether groups decide who is in scope: Graph reads their members from an index that may lag, so one reading proves nothing. */
    has_groups: boolean;

    /**
     * Whether an administrator decides: has approved a deactivation that was held, or will have to, because the run holds
     * everything. Then neither absences nor days are waited for.
     */
    asks_admin: boolean;
}

/** What becomes of a leaver's account. `departure` is what to remember of it from now on. */
export type LeaverDecision =
    | {action: 'none'}
    | {action: 'deactivate'; reason: Cause; departure: Departure}
    | {action: 'skip' | 'conflict'; reason: Reason; params?: ReasonParams; departure: Departure | null};

/** Of somebody who has the account and is there. */
export const NOT_AWAY: Departure = {since: 0, absent_reads: 0, deactivated_at: 0};

const NONE: LeaverDecision = {action: 'none'};

/** Decides about the linked account of somebody who has left. An account that is deactivated already needs nothing. */
export function decideLeaver(cause: Cause, account: Account, rules: LeaverRules): LeaverDecision {
    if (account.delete_at !== 0) {
        return NONE;
    }
    const untouchable = reasonToLeave(account, rules);
    if (untouchable) {
        return {action: untouchable === 'other_sign_in_method' ? 'conflict' : 'skip', reason: untouchable, departure: null};
    }
    if (!rules.lifecycle.deactivate || !rules.lifecycle.leavers[cause]) {
        return {action: 'skip', reason: 'deactivation_off', departure: null};
    }
    return afterWaiting(cause, account.departure, rules);
}

/** Accounts that are never deactivated, whoever has left. */
function reasonToLeave(account: Account, rules: LeaverRules): 'bot_account' | 'system_admin' | 'protected' | 'other_sign_in_method' | null {
    if (account.is_bot) {
        return 'bot_account';
    }
    if (account.is_admin) {
        return 'system_admin';
    }
    if (isProtected(account, rules.protected)) {
        return 'protected';
    }
    return account.auth_service === rules.auth_service ? null : 'other_sign_in_method';
}

/** Waits for as many absences and as many days as the policy wants. */
function afterWaiting(cause: Cause, before: Departure | null, rules: LeaverRules): LeaverDecision {
    const {missing_reads, grace_days} = rules.lifecycle.leavers;
    const since = before && before.since !== 0 ? before.since : rules.now;
    const seen = before?.absent_reads ?? 0;
    const needsReads = cause === 'missing' || (cause === 'out_of_scope' && rules.has_groups);
    const absent_reads = needsReads ? Math.min(missing_reads, seen + (rules.counts_absence ? 1 : 0)) : 0;
    const departure: Departure = {since, absent_reads, deactivated_at: 0};
    if (rules.asks_admin) {
        return {action: 'deactivate', reason: cause, departure};
    }
    if (needsReads && absent_reads < missing_reads) {
        return {action: 'skip', reason: cause === 'missing' ? 'missing_waits' : 'out_of_scope_waits', params: {reads: absent_reads, needed: missing_reads}, departure};
    }
    if (rules.now < since + grace_days * DAY_MS) {
        return {action: 'skip', reason: 'grace_period', params: {days: grace_days, until: since + grace_days * DAY_MS}, departure};
    }
    return {action: 'deactivate', reason: cause, departure};
}

/** The keys of `lifecycle.protected`, once for a run. */
export function protectedKeys({protected: keys}: Lifecycle): Set<string> {
    return new Set(keys.map((key) => key.toLowerCase()));
}

function isProtected({username, email}: Account, keys: ReadonlySet<string>): boolean {
    return keys.size > 0 && (keys.has(username.toLowerCase()) || keys.has(email.toLowerCase()));
}

/** Whether the present deactivation of an account is the sync's own; one that somebody else made stays. */
export function isDeactivatedBySync({delete_at, departure}: Account): boolean {
    return delete_at !== 0 && departure !== null && (departure.deactivated_at === delete_at || departure.deactivated_at === DEACTIVATING);
}
