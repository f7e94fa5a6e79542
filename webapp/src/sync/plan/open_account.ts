import {decideLeaver} from '../lifecycle/leaver';
import type {Person} from '../mapping/person';
import type {AccountIndex} from '../match/account_index';
import {reasonAgainstAdoption} from '../match/adoptable';
import {findByKeys, type Found} from '../match/find';
import {rivalOf} from '../match/owner';

import {adoptionOf, REASON_OF_KEY} from './adoption';
import type {DecisionCriteria} from './criteria';
import type {Decision} from './decision';

/** The open account of a disabled user, and the key that found it. */
interface OpenAccount extends Found {

    /** The keys point at no other account, and the user has none. */
    is_only: boolean;
}

/**
 * Decides about the open account of a disabled user that no link knows; null if there is none. It is named, and if the policy says so
 * it is linked to the user by the same rules as any other account and deactivated like a leaver's, unless the user has another account.
 * With a grace period it is only linked: the link remembers since when the user is disabled.
 */
export function decideOpenAccount(person: Person, index: AccountIndex, criteria: DecisionCriteria): Decision | null {
    const open = openAccount(person, index, criteria);
    if (!open) {
        return null;
    }
    const {account, by} = open;
    const params = {found_by: by};
    const leaver = mayBeTaken(person, open, criteria) ? decideLeaver('disabled', account, criteria.leavers) : null;
    if (!leaver || leaver.action === 'none' || (leaver.action !== 'deactivate' && leaver.reason !== 'grace_period')) {
        return {action: 'skip', reason: 'disabled_account_open', account, params};
    }
    const {approval, takes_over} = adoptionOf(account, by, false, criteria);
    if (leaver.action !== 'deactivate' || criteria.leavers.lifecycle.leavers.grace_days > 0) {
        return {action: 'update', reason: REASON_OF_KEY[by], account, fields: [], addresses: [], ...(approval && {approval}), ...(takes_over && {takes_over})};
    }
    return {action: 'deactivate', reason: 'disabled_unlinked', account, departure: leaver.departure, params, ...(approval && {approval}), adopts: {takes_over}};
}

/** The active account that no link knows and that a key of the user points at, unless it can be another user's. */
function openAccount(person: Person, index: AccountIndex, criteria: DecisionCriteria): OpenAccount | null {
    const found = findByKeys(person, index, criteria) ?? [];
    const open = found.find(({account: {delete_at, is_bot, is_remote, linked_object_id}}) => delete_at === 0 && !is_bot && !is_remote && linked_object_id === '');
    const is_only = found.length === 1 && !index.by_link.get(person.object_id);
    return open && !rivalOf(person, open.account, open.by, criteria) ? {...open, is_only} : null;
}

/** Without a link only the policy and the sign-in method say that the account is the user's. A user who may be out of scope gets none. */
function mayBeTaken({scope_unknown}: Person, {account, by, is_only}: OpenAccount, {adopt, auth_service, leavers}: DecisionCriteria): boolean {
    return leavers.lifecycle.leavers.disabled_unlinked === 'deactivate' && is_only && scope_unknown === undefined &&
        account.auth_service === auth_service && reasonAgainstAdoption(account, by, adopt) === null;
}
