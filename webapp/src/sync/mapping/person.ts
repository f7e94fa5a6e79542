import type {DirectoryUser, TextField} from '../types';

import {faultOfEmail, isValidEmail, normalizeEmail, shownEmail, type EmailFault} from './email';
import {localeOf} from './locale';
import {cleanText, cutText, isCut} from './text';

/** Mattermost's limits, in code points (server/public/model/user.go). */
const MAX_NAME = 64;
const MAX_POSITION = 128;
export const MAX_LENGTH: Readonly<Record<TextField, number>> = {nickname: MAX_NAME, first_name: MAX_NAME, last_name: MAX_NAME, position: MAX_POSITION};

/** A GUID has 36 characters. Mattermost's auth data, where the id may stand, holds 128. */
const MAX_ID = 64;

// Regular expressions stand outside of functions: goja makes a new one each time it comes by.
const KEY = /^[A-Za-z0-9._-]+$/;

/** Entra's own limit of a display name; only for showing. */
const MAX_DISPLAY_NAME = 256;

/**
 * A directory user in Mattermost's terms. Of the fields that an update writes, `undefined` means that the attribute was
 * not read (change nothing) and '' that it is empty (clear the field).
 */
export interface Person {

    /** '' when the directory gave none that can be a key. */
    object_id: string;
    display_name: string;

    /** Lower case. Only a key when `email_fault` is ''; else what the directory had, fit to be shown. */
    email: string;
    email_fault: EmailFault;
    is_enabled: boolean;

    /** '' when the directory names no language that Mattermost has: a new account takes the server's, an existing one keeps its own. */
    locale: string;
    nickname: string | undefined;
    first_name: string | undefined;
    last_name: string | undefined;
    position: string | undefined;

    /** What the policy makes the username of, in letters that one may have; `undefined` makes it of the e-mail. */
    username_letters?: string | undefined;

    /** '' and `undefined`: none that Mattermost has, so accounts keep their own. */
    timezone?: string | undefined;

    /** What signs in to the account; `undefined` makes it the object id. */
    auth_data?: string | undefined;

    /** Why `auth_data` is no such key. */
    auth_data_fault?: 'no_auth_data' | 'invalid_auth_data' | undefined;

    /** In the order of the policy's `mapping.attributes`; `null` was not read and changes nothing. */
    attributes?: readonly (string | null)[] | undefined;

    /** Lower case; `undefined` where the policy does not match by them, and for people who have none. */
    other_emails?: readonly string[] | undefined;

    /** Fields whose text was longer than Mattermost takes, an attribute by its place; `undefined` when there are none. */
    shortened?: readonly (TextField | number)[] | undefined;

    /** What the directory has in fields for which Mattermost knows only certain values; `undefined` when there is nothing. */
    refused?: Readonly<Partial<Record<ChoiceField, string>>> | undefined;
}

/** Fields that take one of Mattermost's own values. */
export type ChoiceField = 'locale' | 'timezone';

/** Characters of a refused value, for showing. */
const MAX_REFUSED = 64;

/** What account sign-in knows the person by. */
export function authDataOf({auth_data, object_id}: Person): string {
    return auth_data ?? object_id;
}

/** Remembers that Mattermost does not take `text` as its `field`; blank text asks for nothing. */
export function refuse(person: Person, field: ChoiceField, text: string): void {
    const shown = cleanText(text, MAX_REFUSED);
    if (shown !== '') {
        person.refused = {...person.refused, [field]: shown};
    }
}

/** Maps one directory user in the default way; whatever it holds, the result fits Mattermost. */
export function mapPerson(user: DirectoryUser): Person {
    const email = emailOf(user);
    const isValid = isValidEmail(email);
    const display_name = cleaned(user.displayName, MAX_DISPLAY_NAME);
    const language = typeof user.preferredLanguage === 'string' ? user.preferredLanguage : '';
    const person: Person = {
        object_id: isKey(user.id) ? user.id : '',
        display_name: display_name ?? '',
        email: isValid ? email : shownEmail(email),
        email_fault: isValid ? '' : faultOfEmail(email),
        is_enabled: user.accountEnabled !== false,
        locale: language === '' ? '' : localeOf(language),
        nickname: display_name && cutText(display_name, MAX_NAME).trimEnd(),
        first_name: cleaned(user.givenName, MAX_NAME),
        last_name: cleaned(user.surname, MAX_NAME),
        position: cleaned(user.jobTitle, MAX_POSITION),
        shortened: hasLongText(user) ? shortenedOf(user) : undefined,
    };
    if (person.locale === '' && language !== '') {
        refuse(person, 'locale', language);
    }
    return person;
}

/** Nearly nobody has a text that is too long, so lengths are looked at first. */
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

/** `mail`, else the principal name. A `mail` that is no address is a fault of the directory, not a reason to guess. */
function emailOf(user: DirectoryUser): string {
    const mail = typeof user.mail === 'string' ? normalizeEmail(user.mail) : '';
    if (mail !== '') {
        return mail;
    }
    return typeof user.userPrincipalName === 'string' ? normalizeEmail(user.userPrincipalName) : '';
}

/** Object ids are GUIDs; other directories may have other ids, but never blank ones or ones with odd characters. */
function isKey(id: unknown): id is string {
    return typeof id === 'string' && id.length <= MAX_ID && KEY.test(id);
}

function cleaned(value: unknown, max: number): string | undefined {
    if (typeof value === 'string') {
        return cleanText(value, max);
    }
    return value === null ? '' : undefined;
}
