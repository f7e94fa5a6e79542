import type {Person} from '../mapping/person';
import {isReserved} from '../mapping/username';
import type {AdoptingKey} from '../policy/accounts';
import type {Account} from '../types';

import type {AccountIndex} from './account_index';
import {authDataKey, emailKey, otherMailKeys, usernameKey} from './keys';
import {ownerOf, strongerClaim} from './owner';
import type {MatchCriteria} from './criteria';

/** An account that a key of a user points at. */
export interface Found {
    by: AdoptingKey;
    account: Account;
}

/** The accounts that the keys of a user point at, each once and in the policy's order of the keys; null if there are none. */
export function findByKeys(person: Person, index: AccountIndex, rules: MatchCriteria): Found[] | null {
    let found: Found[] | null = null;
    for (let at = 0; at < rules.matching.length; at++) {
        const key = rules.matching[at]!;
        if (key === 'link') {
            continue;
        }
        const accounts = accountsBy(key, person, index, rules);
        if (accounts.length > 0) {
            found ??= [];
            addNew(found, key, accounts);
        }
    }
    return found;
}

function addNew(found: Found[], by: AdoptingKey, accounts: readonly Account[]): void {
    accounts.forEach((account) => {
        if (!found.some((known) => known.account.id === account.id)) {
            found.push({by, account});
        }
    });
}

function accountsBy(key: AdoptingKey, person: Person, index: AccountIndex, rules: MatchCriteria): readonly Account[] {
    switch (key) {
    case 'auth_data':
        return index.by_auth_data.all(authDataKey(person));
    case 'email':
        return index.by_email.all(emailKey(person));
    case 'other_mails':
        return otherMailKeys(person).flatMap((email) => index.by_email.all(email));
    case 'username':
        return index.by_username.all(usernameKey(person)).filter((account) => !isTaboo(account, rules) && !isNamesake(account, person, rules));
    }
}

/** The account of a reserved name is a bot's or a service's, whoever has the same name in the directory. */
function isTaboo({username}: Account, {reserved_usernames}: MatchCriteria): boolean {
    return isReserved(username) || reserved_usernames.has(username);
}

/** Users often share a name: an account that is another user's, or will be by a better key, only means that the name is taken. */
function isNamesake(account: Account, person: Person, rules: MatchCriteria): boolean {
    const owner = ownerOf(account, person, rules);
    return (owner !== '' && rules.is_known(owner)) || strongerClaim(person, account, 'username', rules) !== '';
}
