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
    | {kind: 'skip' | 'conflict'; reason: Reason; account: Account | null}
    | {kind: 'none'};

const NONE: Match = {kind: 'none'};

/**
 * Finds a person's account: by link; else by auth data; else by e-mail, which adopts the account. A key that points at
 * several accounts, and keys that point at different ones, are a conflict: reported, not guessed.
 */
export function matchPerson(person: Person, index: AccountIndex, rules: MatchRules): Match {
    const linked = lookUp(index.by_link, person.object_id);
    if (linked) {
        return linked.length > 1 ? conflict('several_accounts', null) : checked(linked[0]!, 'link', rules);
    }
    const byAuthData = lookUp(index.by_auth_data, person.object_id);
    const byEmail = person.email_fault === '' ? lookUp(index.by_email, person.email) : undefined;
    if (isSeveral(byAuthData, byEmail)) {
        return conflict('several_accounts', null);
    }
    const account = byAuthData?.[0] ?? byEmail?.[0];
    if (!byAuthData && person.email_fault === '' && rules.duplicate_emails.has(person.email)) {
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

function lookUp(map: Map<string, Account[]>, key: string): Account[] | undefined {
    return key === '' ? undefined : map.get(key);
}

function isSeveral(byAuthData: Account[] | undefined, byEmail: Account[] | undefined): boolean {
    if ((byAuthData && byAuthData.length > 1) || (byEmail && byEmail.length > 1)) {
        return true;
    }
    return Boolean(byAuthData && byEmail && byAuthData[0]!.id !== byEmail[0]!.id);
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
    if (account.delete_at !== 0) {
        return {kind: 'skip', reason: 'account_deactivated', account};
    }
    if (account.is_last_admin) {
        return {kind: 'skip', reason: 'last_admin', account};
    }

    // Both ways: a password account under single sign-on, and an account whose profile LDAP or another service owns.
    if (account.auth_service !== rules.auth_service) {
        return conflict('other_sign_in_method', account);
    }
    return {kind: 'matched', by, account};
}

function conflict(reason: Reason, account: Account | null): Match {
    return {kind: 'conflict', reason, account};
}
