import {isDeactivatedBySync} from '../lifecycle/leaver';
import type {Person} from '../mapping/person';
import type {MatchKey} from '../policy/accounts';
import type {Account, Reason, ReasonParams} from '../types';

import {holderOfAuthData, type AccountIndex} from './account_index';
import {reasonAgainstAdoption} from './adoptable';
import {findByKeys, type Found} from './find';
import {authDataKey, emailKey} from './keys';
import {rivalOf} from './owner';
import type {MatchCriteria, ConflictsWith} from './criteria';

/**
 * The user's account and the key that found it; or why the user is skipped; or that there is no account. `relinked_from` is the
 * object id that the directory no longer has and that loses the account to the user.
 */
export type Match =
    | {kind: 'matched'; by: MatchKey; account: Account; relinked_from?: string}

    // The account of a user who came back: the sync itself deactivated it.
    | {kind: 'returned'; account: Account}
    | {kind: 'skip' | 'conflict'; reason: Reason; account: Account | null; params?: ReasonParams}
    | {kind: 'none'};

const NONE: Match = {kind: 'none'};

/**
 * Finds a user's account: by link, which decides alone; else by the other keys in the policy's order, the first that finds one
 * adopts it. A key that points at several accounts, and keys that point at different ones, are a conflict: reported, not guessed.
 */
export function matchPerson(person: Person, index: AccountIndex, rules: MatchCriteria): Match {
    const id = person.object_id;
    const linked = index.by_link.get(id);
    if (linked) {
        return index.by_link.isShared(id) ? severalAccounts(index.by_link.all(id)) : checked(linked, 'link', rules);
    }
    const found = findByKeys(person, index, rules);
    if (!found) {
        return withoutAccount(person, index, rules);
    }
    return found.length > 1 ? severalAccounts(found.map(({account}) => account)) : adopted(person, found[0]!, rules);
}

/** A new account needs an email address, and sign-in data, that no other user or account has, whichever keys match users. */
function withoutAccount(person: Person, index: AccountIndex, rules: MatchCriteria): Match {
    const email = emailKey(person);
    const auth_data = rules.auth_service === '' || email === '' ? '' : authDataKey(person);
    return heldByOther(person, {key: 'email', value: email, shared: 'duplicate_email', holder: index.by_email.get(email), taken: 'address_taken'}, rules) ??
        heldByOther(person, {key: 'auth_data', value: auth_data, shared: 'duplicate_auth_data', holder: holderOfAuthData(auth_data, index), taken: 'auth_data_taken'}, rules) ??
        NONE;
}

/** A value of a new account, the account that has it, and what the conflict is called. */
interface NewValue {
    key: 'email' | 'auth_data';
    value: string;
    shared: Reason;
    holder: Account | undefined;
    taken: Reason;
}

function heldByOther({object_id}: Person, {key, value, shared, holder, taken}: NewValue, {claims}: MatchCriteria): Match | null {
    const other_object_id = claims.otherThan(object_id, key, value);
    if (other_object_id !== '') {
        return conflict(shared, null, {other_object_id});
    }
    return holder ? conflict(taken, null, nameOf(holder)) : null;
}

function adopted(person: Person, {account, by}: Found, rules: MatchCriteria): Match {
    const rival = rivalOf(person, account, by, rules);
    if (rival) {
        return conflict(rival.reason, account, {other_object_id: rival.other_object_id});
    }
    const relinked_from = account.linked_object_id;
    const match = checked(account, by, rules);
    if (match.kind !== 'matched' && match.kind !== 'returned') {
        return match;
    }
    const reason = reasonAgainstAdoption(account, by, rules.adopt);
    if (reason) {
        return {kind: 'skip', reason, account};
    }
    return {kind: 'matched', by, account, ...(relinked_from !== '' && {relinked_from})};
}

/** Accounts that are found but never touched. */
function checked(account: Account, by: MatchKey, rules: MatchCriteria): Match {
    if (account.is_remote) {
        return conflict('remote_account', account);
    }
    if (account.is_bot) {
        return {kind: 'skip', reason: 'bot_account', account};
    }
    // An account that moves may be deactivated, because its user left. One that no link knows was deactivated by an administrator.
    if (account.delete_at !== 0 && !isDeactivatedBySync(account)) {
        return {kind: 'skip', reason: 'account_deactivated', account};
    }
    if (account.is_last_admin) {
        return {kind: 'skip', reason: 'last_admin', account};
    }

    // Both ways: a password account under single sign-on, and an account whose profile LDAP or another service owns.
    if (account.auth_service !== rules.auth_service) {
        return conflict('other_sign_in_method', account);
    }
    return account.delete_at === 0 ? {kind: 'matched', by, account} : {kind: 'returned', account};
}

function severalAccounts([account, other]: readonly Account[]): Match {
    return conflict('several_accounts', account!, nameOf(other!));
}

function nameOf({id, username}: Account): ConflictsWith {
    return {other_account_id: id, other_username: username};
}

function conflict(reason: Reason, account: Account | null, params?: ConflictsWith): Match {
    return params ? {kind: 'conflict', reason, account, params} : {kind: 'conflict', reason, account};
}
