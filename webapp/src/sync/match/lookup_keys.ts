import type {Person} from '../mapping/person';
import type {AccountKeys} from '../types';

import type {MatchCriteria} from './criteria';
import {authDataKey, emailKey, otherMailKeys, usernameKey} from './keys';

/** The keys to look up, so that every account that can decide about `persons` is found: also one that only keeps a value from them. */
export function lookupKeys(persons: readonly Person[], {auth_service, matching}: Pick<MatchCriteria, 'auth_service' | 'matching'>): AccountKeys {
    const emails = persons.map(emailKey);
    if (matching.includes('other_mails')) {
        persons.forEach((person) => emails.push(...otherMailKeys(person)));
    }
    return {
        object_ids: present(persons.map(({object_id}) => object_id)),
        emails: present(emails),
        usernames: matching.includes('username') ? present(persons.map(usernameKey)) : [],
        auth_data: auth_service !== '' ? present(persons.map(authDataKey)) : [],
        auth_service,
    };
}

/** The keys that find the accounts linked to these users. */
export function lookupKeysOfLinked(object_ids: string[]): AccountKeys {
    return {object_ids, emails: [], usernames: [], auth_data: [], auth_service: ''};
}

function present(keys: string[]): string[] {
    return keys.filter((key) => key !== '');
}
