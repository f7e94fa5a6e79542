import {authDataOf, type Person} from '../mapping/person';
import {usernameLetters, usernameOf} from '../mapping/username';

const NO_EMAILS: readonly string[] = [];

/* The keys by which a user points at an account; '' points at none. */

export function authDataKey(person: Person): string {
    return person.auth_data_fault ? '' : authDataOf(person);
}

export function emailKey({email, email_fault}: Person): string {
    return email_fault === '' ? email : '';
}

export function otherMailKeys({other_emails}: Person): readonly string[] {
    return other_emails ?? NO_EMAILS;
}

/** The name that a new account of the user would get. A name of filler letters only is no key. */
export function usernameKey(person: Person): string {
    const text = person.username_letters ?? emailKey(person);
    return usernameLetters(text) === '' ? '' : usernameOf(text);
}
