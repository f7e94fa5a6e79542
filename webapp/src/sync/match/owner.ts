import type {Person} from '../mapping/person';
import type {AdoptingKey} from '../policy/accounts';
import type {Account, Reason} from '../types';

import {authDataKey} from './keys';
import type {MatchCriteria} from './criteria';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * The other directory user who owns the account, by link or because another object id signs in to it; else ''.
 * Services other than Office 365 may identify users by something other than the object id (SAML often by email), so there
 * only a GUID counts.
 */
export function ownerOf(account: Account, person: Person, rules: MatchCriteria): string {
    if (account.linked_object_id !== '') {
        return account.linked_object_id === person.object_id ? '' : account.linked_object_id;
    }
    if (account.auth_service === '' || account.auth_service !== rules.auth_service || account.auth_data === authDataKey(person)) {
        return '';
    }
    return account.auth_service === 'office365' || GUID.test(account.auth_data) ? account.auth_data : '';
}

/** Why an account is not the user's, and which other user may own it. */
interface Rival {
    reason: Reason;
    other_object_id: string;
}

const REASON_OF_SHARED: Record<AdoptingKey, Reason> = {
    auth_data: 'account_linked_to_other',
    email: 'duplicate_email',
    other_mails: 'duplicate_email',
    username: 'duplicate_username',
};

/**
 * The other user who may own the account that `by` found: one who points at it by an earlier key or by the same one, or its
 * owner. An owner who was deleted and created again may lose it, see `isRelinked`.
 */
export function rivalOf(person: Person, account: Account, by: AdoptingKey, rules: MatchCriteria): Rival | null {
    const stronger = strongerClaim(person, account, by, rules);
    if (stronger !== '') {
        return {reason: 'account_linked_to_other', other_object_id: stronger};
    }
    const equal = otherClaim(person, account, by, rules);
    if (equal !== '') {
        return {reason: REASON_OF_SHARED[by], other_object_id: equal};
    }
    const owner = ownerOf(account, person, rules);
    if (owner !== '' && rules.is_known(owner)) {
        return {reason: 'account_linked_to_other', other_object_id: owner};
    }
    return owner === '' || isRelinked(account, owner, by, rules) ? null : {reason: 'recreated', other_object_id: owner};
}

/** The link can move, to a user who has the address itself: other addresses and usernames are often given to a successor. What an account signs in with cannot, so the user would own an account without being able to sign in. */
function isRelinked(account: Account, owner: string, by: AdoptingKey, rules: MatchCriteria): boolean {
    return rules.recreated === 'relink' && (by === 'email' || by === 'auth_data') && account.auth_data !== owner;
}

/** Another user who points at the account by a key that comes before `by`; '' when there is none. */
export function strongerClaim(person: Person, account: Account, by: AdoptingKey, rules: MatchCriteria): string {
    for (const key of rules.matching.slice(1, rules.matching.indexOf(by)) as AdoptingKey[]) {
        const other_object_id = otherClaim(person, account, key, rules);
        if (other_object_id !== '') {
            return other_object_id;
        }
    }
    return '';
}

function otherClaim({object_id}: Person, account: Account, key: AdoptingKey, {auth_service, claims}: MatchCriteria): string {
    switch (key) {
    case 'auth_data':
        return account.auth_service === auth_service ? claims.otherThan(object_id, key, account.auth_data) : '';
    case 'username':
        return claims.otherThan(object_id, key, account.username);
    default:
        return claims.otherThan(object_id, key, account.email.toLowerCase());
    }
}
