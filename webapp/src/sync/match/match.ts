import {isDeactivatedBySync} from '../lifecycle/leaver';
import type {Person} from '../mapping/person';
import type {Account, Reason, SignInService} from '../types';

import type {AccountIndex} from './account_index';

/** What decides about a match besides the person and the accounts. */
export interface MatchRules {

    /** '' when new accounts sign in with a password. */
    auth_service: SignInService | '';

    /** E-mail addresses that several enabled people in scope have. */
    duplicate_emails: ReadonlySet<string>;
}

/** Whose account it is, and by which key; or why the person is left alone; or that there is no account. */
export type Match =
    | {kind: 'matched'; by: 'link' | 'auth_data' | 'email'; account: Account}

    // The account of somebody who was away: the sync itself has deactivated it.
    | {kind: 'returned'; account: Account}
    | {kind: 'skip' | 'conflict'; reason: Reason; account: Account | null}
    | {kind: 'none'};

const NONE: Match = {kind: 'none'};

/**
 * Finds a person's account: by link; else by auth data; else by e-mail, which adopts the account. A key that points at
 * several accounts, and keys that point at different ones, are a conflict: reported, not guessed.
 */
export function matchPerson(person: Person, index: AccountIndex, rules: MatchRules): Match {
    const id = person.object_id;
    const linked = index.by_link.get(id);
    if (linked) {
        return index.by_link.isShared(id) ? conflict('several_accounts', null) : checked(linked, 'link', rules);
    }
    const email = person.email_fault === '' ? person.email : '';
    const byAuthData = index.by_auth_data.get(id);
    const byEmail = index.by_email.get(email);
    if (index.by_auth_data.isShared(id) || index.by_email.isShared(email) || (byAuthData && byEmail && byAuthData.id !== byEmail.id)) {
        return conflict('several_accounts', null);
    }
    const account = byAuthData ?? byEmail;
    if (!byAuthData && email !== '' && rules.duplicate_emails.has(email)) {
        return conflict('duplicate_email', account ?? null);
    }
    if (!account) {
        return NONE;
    }
    if (belongsToOther(account, person, rules)) {
        return conflict('account_linked_to_other', account);
    }
    return checked(account, byAuthData ? 'auth_data' : 'email', rules);
}

/**
 * Another directory user's account: by link, or because another object id signs in to it. Services other than Office 365
 * may identify people by something else than the object id (SAML often by e-mail), so there only a GUID tells.
 */
function belongsToOther(account: Account, person: Person, rules: MatchRules): boolean {
    if (account.linked_object_id !== '') {
        return account.linked_object_id !== person.object_id;
    }
    if (account.auth_service !== rules.auth_service || account.auth_data === '' || account.auth_data === person.object_id) {
        return false;
    }
    return account.auth_service === 'office365' || isGuid(account.auth_data);
}

function isGuid(text: string): boolean {
    return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

/** Accounts that are found but never touched. */
function checked(account: Account, by: 'link' | 'auth_data' | 'email', rules: MatchRules): Match {
    if (account.is_bot) {
        return {kind: 'skip', reason: 'bot_account', account};
    }
    if (account.delete_at !== 0 && !(by === 'link' && isDeactivatedBySync(account))) {
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

function conflict(reason: Reason, account: Account | null): Match {
    return {kind: 'conflict', reason, account};
}
