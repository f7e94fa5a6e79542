import type {DirectoryUser} from '../types';

import {isValidEmail, normalizeEmail} from './email';
import {localeOf} from './locale';
import {cleanText, cutText} from './text';

/** Mattermost's limits, in code points (server/public/model/user.go). */
const MAX_NAME = 64;
const MAX_POSITION = 128;
const MAX_EMAIL = 128;

/** A GUID has 36 characters. Mattermost's auth data, where the id may stand, holds 128. */
const MAX_ID = 64;

// Regular expressions stand outside of functions: goja makes a new one each time it comes by.
const KEY = /^[A-Za-z0-9._-]+$/;

/** Entra's own limit of a display name; only for showing. */
const MAX_DISPLAY_NAME = 256;

/** What the sync asks the directory for: what scope and mapping look at. */
export const directoryAttributes = [
    'id', 'displayName', 'givenName', 'surname', 'jobTitle', 'mail', 'userPrincipalName', 'preferredLanguage', 'accountEnabled', 'userType',
];

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
    email_fault: '' | 'no_email' | 'invalid_email';
    is_enabled: boolean;
    locale: string;
    nickname: string | undefined;
    first_name: string | undefined;
    last_name: string | undefined;
    position: string | undefined;
}

/** Maps one directory user; whatever it holds, the result fits Mattermost. */
export function mapPerson(user: DirectoryUser): Person {
    const email = emailOf(user);
    const isValid = isValidEmail(email);
    const display_name = cleaned(user.displayName, MAX_DISPLAY_NAME);
    return {
        object_id: isKey(user.id) ? user.id : '',
        display_name: display_name ?? '',
        email: isValid ? email : cleanText(email, MAX_EMAIL),
        email_fault: isValid ? '' : email === '' ? 'no_email' : 'invalid_email',
        is_enabled: user.accountEnabled !== false,
        locale: typeof user.preferredLanguage === 'string' ? localeOf(user.preferredLanguage) : '',
        nickname: display_name && cutText(display_name, MAX_NAME).trimEnd(),
        first_name: cleaned(user.givenName, MAX_NAME),
        last_name: cleaned(user.surname, MAX_NAME),
        position: cleaned(user.jobTitle, MAX_POSITION),
    };
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
