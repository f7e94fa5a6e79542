import {objectIdOf} from '../object_id';
import type {DirectoryUser, TextField} from '../types';

import {faultOfEmail, normalizeEmail, shownEmail, type EmailFault} from './email';
import {isGuest} from './guest';
import {localeOf} from './locale';
import {isServiceAccount} from './service_account';
import {cleanText, cutText, isCut} from './text';

/** Mattermost's limits, in code points (server/public/model/user.go). */
const MAX_NAME = 64;
const MAX_POSITION = 128;
export const MAX_LENGTH: Readonly<Record<TextField, number>> = {nickname: MAX_NAME, first_name: MAX_NAME, last_name: MAX_NAME, position: MAX_POSITION};

/** Entra's own limit of a display name; for display only. */
const MAX_DISPLAY_NAME = 256;

/**
 * A directory user in Mattermost's terms. Of the fields that an update writes, `undefined` means that the attribute was
 * not read (change nothing) and '' that it is empty (clear the field).
 */
export interface Person {

    /** '' when the directory sends none that is an object id. */
    object_id: string;
    display_name: string;

    /** Lower case. A key only when `email_fault` is ''; else what the directory has, cleaned for display. */
    email: string;
    email_fault: EmailFault;

    /** `null` when the directory did not say it: that is not a value, and decides nothing. */
    is_enabled: boolean | null;

    /** The attributes for lack of which it is unknown whether the user is in scope; `undefined` when that is known. */
    scope_unknown?: string | undefined;

    /** The values that decided about the scope, for the link to remember (scope/scope_values.ts); '' when there are none. */
    scope_values?: string | undefined;

    /** '' when the directory names no language that Mattermost has: a new account gets the server's, an existing one keeps its own. */
    locale: string;
    nickname: string | undefined;
    first_name: string | undefined;
    last_name: string | undefined;
    position: string | undefined;

    /** The text for the username under the policy, in allowed letters; `undefined` makes the username from the email address. */
    username_letters?: string | undefined;

    /** '' and `undefined`: none that Mattermost has, so accounts keep their own. */
    timezone?: string | undefined;

    /** What signs in to the account; `undefined` means the object id. */
    auth_data?: string | undefined;

    /** Why `auth_data` cannot be used. */
    auth_data_fault?: 'no_auth_data' | 'invalid_auth_data' | undefined;

    /** In the order of the policy's `mapping.attributes`; `null` was not read and changes nothing. */
    attributes?: readonly (string | null)[] | undefined;

    /** Lower case; `undefined` if the policy does not match by them, and for users who have none. */
    other_emails?: readonly string[] | undefined;

    /** Fields whose text was longer than Mattermost accepts, an attribute by its index; `undefined` when there are none. */
    shortened?: readonly (TextField | number)[] | undefined;

    /** An account of synchronization or Exchange, which no one signs in as; see service_account.ts. */
    is_service_account?: true | undefined;

    /** A guest of the directory, which says nothing about the account. */
    is_guest?: true | undefined;

    /** Values of the directory that Mattermost does not accept in fields with fixed choices; `undefined` when there are none. */
    refused?: Readonly<Partial<Record<ChoiceField, string>>> | undefined;
}

/** Fields that take one of Mattermost's own values. */
export type ChoiceField = 'locale' | 'timezone';

/** The attribute that says whether a user is enabled. */
const SIGN_IN = 'accountEnabled';

/** Characters of a refused value, for display. */
const MAX_REFUSED = 64;

/** The attributes that decide about the user and are unknown, or ''. That a user is disabled decides without the others. */
export function unknownOf({is_enabled, scope_unknown = ''}: Pick<Person, 'is_enabled' | 'scope_unknown'>): string {
    return is_enabled === null ? [SIGN_IN, scope_unknown].filter(Boolean).join(', ') : is_enabled ? scope_unknown : '';
}

/** What identifies the user at sign-in. */
export function authDataOf({auth_data, object_id}: Person): string {
    return auth_data ?? object_id;
}

/** Remembers that Mattermost does not accept `text` as its `field`; blank text is no value. */
export function refuse(person: Person, field: ChoiceField, text: string): void {
    const shown = cleanText(text, MAX_REFUSED);
    if (shown !== '') {
        person.refused = {...person.refused, [field]: shown};
    }
}

/** Maps one directory user with the default mapping. For any input, the result is valid in Mattermost. */
export function mapPerson(user: DirectoryUser): Person {
    const email = emailOf(user);
    const email_fault = faultOfEmail(email);
    const display_name = cleaned(user.displayName, MAX_DISPLAY_NAME);
    const language = typeof user.preferredLanguage === 'string' ? user.preferredLanguage : '';
    const person: Person = {
        object_id: objectIdOf(user.id),
        display_name: display_name ?? '',
        email: email_fault === '' ? email : shownEmail(email),
        email_fault,
        is_enabled: typeof user.accountEnabled === 'boolean' ? user.accountEnabled : null,
        locale: language === '' ? '' : localeOf(language),
        nickname: display_name && cutText(display_name, MAX_NAME).trimEnd(),
        first_name: cleaned(user.givenName, MAX_NAME),
        last_name: cleaned(user.surname, MAX_NAME),
        position: cleaned(user.jobTitle, MAX_POSITION),
        shortened: hasLongText(user) ? shortenedOf(user) : undefined,
        is_service_account: isServiceAccount(user) || undefined,
        is_guest: isGuest(user) || undefined,
    };
    if (person.locale === '' && language !== '') {
        refuse(person, 'locale', language);
    }
    return person;
}

/** Texts are seldom too long, so lengths are checked first. */
function hasLongText({displayName, givenName, surname, jobTitle}: DirectoryUser): boolean {
    return (displayName?.length ?? 0) > MAX_NAME || (givenName?.length ?? 0) > MAX_NAME ||
        (surname?.length ?? 0) > MAX_NAME || (jobTitle?.length ?? 0) > MAX_POSITION;
}

function shortenedOf(user: DirectoryUser): TextField[] | undefined {
    const texts: [TextField, unknown][] = [
        ['nickname', user.displayName], ['first_name', user.givenName], ['last_name', user.surname], ['position', user.jobTitle],
    ];
    const fields = texts.filter(([field, text]) => typeof text === 'string' && isCut(text, MAX_LENGTH[field])).map(([field]) => field);
    return fields.length > 0 ? fields : undefined;
}

/**
 * `mail`, else the principal name. A `mail` that is not an address is an error in the directory, not a reason to guess, and one that
 * was not read may be any address.
 */
function emailOf(user: DirectoryUser): string {
    if (user.mail === undefined) {
        return '';
    }
    const mail = typeof user.mail === 'string' ? normalizeEmail(user.mail) : '';
    if (mail !== '') {
        return mail;
    }
    return typeof user.userPrincipalName === 'string' ? normalizeEmail(user.userPrincipalName) : '';
}

function cleaned(value: unknown, max: number): string | undefined {
    if (typeof value === 'string') {
        return cleanText(value, max);
    }
    return value === null ? '' : undefined;
}
