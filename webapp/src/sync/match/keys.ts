import {authDataOf, type Person} from '../mapping/person';
import {usernameLetters, usernameOf} from '../mapping/username';
import type {AccountKeys} from '../types';

import type {MatchRules} from './rules';

const NO_EMAILS: readonly string[] = [];

/* The keys by which a person points at an account; '' points at none. */

export function authDataKey(person: Person): string {
    return person.auth_data_fault ? '' : authDataOf(person);
}

export function emailKey({email, email_fault}: Person): string {
    return email_fault === '' ? email : '';
}

export function otherMailKeys({other_emails}: Person): readonly string[] {
    return other_emails ?? NO_EMAILS;
}

/** The name that a new account of the person would get. One of filler alone, made of nothing that is the person's, is no key. */
export function usernameKey(person: Person): string {
    const text = person.username_letters ?? emailKey(person);
    return usernameLetters(text) === '' ? '' : usernameOf(text);
}

/** What to ask the server for, so that everything is there which can decide about `persons`. */
export function keysOf(persons: readonly Person[], {auth_service, matching}: Pick<MatchRules, 'auth_service' | 'matching'>): AccountKeys {
    const emails = persons.map(emailKey);
    if (matching.includes('other_mails')) {
        persons.forEach((person) => emails.push(...otherMailKeys(person)));
    }
    return {
        object_ids: present(persons.map(({object_id}) => object_id)),
        emails: present(emails),
        usernames: matching.includes('username') ? present(persons.map(usernameKey)) : [],
        auth_data: auth_service !== '' && matching.includes('auth_data') ? present(persons.map(authDataKey)) : [],
        auth_service,
    };
}

/** The keys of people whose accounts are linked. */
export function keysOfLinked(object_ids: string[]): AccountKeys {
    return {object_ids, emails: [], usernames: [], auth_data: [], auth_service: ''};
}

function present(keys: string[]): string[] {
    return keys.filter((key) => key !== '');
}
