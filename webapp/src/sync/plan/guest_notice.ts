import type {Person} from '../mapping/person';
import type {AccountIndex} from '../match/account_index';
import {GUEST_KIND, isGuestAccount} from '../server_rules/guest_account';

import {isAdoption} from './decide';
import type {Decision} from './decision';

/**
 * Says that a member of the directory has a guest account. The sync neither promotes nor demotes accounts: what a guest may see is the
 * decision of an administrator. The line that links or reactivates the account says it; later a line of its own, which is told once.
 */
export function withGuestNotice(decision: Decision, {object_id, is_guest}: Person, {by_link}: AccountIndex): Decision {
    if (is_guest) {
        return decision;
    }
    if (decision.action === 'unchanged') {
        const account = by_link.get(object_id);
        return account && isGuestAccount(account) ? {action: 'skip', reason: 'guest_account', account} : decision;
    }
    const isGiven = decision.action === 'reactivate' || (decision.action === 'update' && isAdoption(decision.reason));
    return isGiven && isGuestAccount(decision.account) ? {...decision, params: {...decision.params, ...GUEST_KIND}} : decision;
}
