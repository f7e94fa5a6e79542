import type {Person} from '../mapping/person';
import type {AccountIndex} from '../match/account_index';
import {authDataKey} from '../match/keys';
import {GUEST_KIND, isGuestAccount} from '../server_rules/guest_account';
import type {Account, Reason, ReasonParams} from '../types';

import type {DecisionCriteria} from './criteria';
import {isAdoption} from './decide';
import type {Decision} from './decision';

/**
 * Says what an administrator should know about an account that the sync leaves as it is. The line that links or reactivates an account
 * says that it is a guest account; later a line of its own, which is told once, says this and the rest.
 */
export function withNotices(decision: Decision, person: Person, {by_link}: AccountIndex, criteria: Pick<DecisionCriteria, 'auth_service'>): Decision {
    if (decision.action === 'unchanged') {
        const account = by_link.get(person.object_id);
        const notice = account && noticeOf(person, account, criteria);
        return notice ? {action: 'skip', account, ...notice} : decision;
    }
    const isGiven = decision.action === 'reactivate' || (decision.action === 'update' && isAdoption(decision.reason));
    return isGiven && hasUnexpectedGuestAccount(person, decision.account) ? {...decision, params: {...decision.params, ...GUEST_KIND}} : decision;
}

/** Single sign-on with what the policy makes of the directory does not find the account, or it cannot do what a member can. */
function noticeOf(person: Person, account: Account, {auth_service}: Pick<DecisionCriteria, 'auth_service'>): {reason: Reason; params?: ReasonParams} | null {
    const wanted = auth_service === '' ? '' : authDataKey(person);
    if (wanted !== '' && wanted !== account.auth_data) {
        return {reason: 'auth_data_differs', params: {auth_data: account.auth_data, wanted}};
    }
    return hasUnexpectedGuestAccount(person, account) ? {reason: 'guest_account'} : null;
}

/** The sync neither promotes nor demotes accounts: what a guest may see is the decision of an administrator. */
function hasUnexpectedGuestAccount({is_guest}: Person, account: Account): boolean {
    return !is_guest && isGuestAccount(account);
}
