import type {DirectoryUser, UpdatableField} from '../types';

import {checkedEmail, normalizeEmail, type CheckedEmail} from './email';
import {localeOf} from './locale';
import {cleanText, cutText, isCut} from './text';

/** Mattermost's limits, in code points (server/public/model/user.go). */
export const MAX_LENGTH: Readonly<Record<UpdatableField, number>> = {nickname: 64, first_name: 64, last_name: 64, position: 128};

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
export interface Person extends CheckedEmail {

    /** '' when the directory gave none that can be a key. */
    object_id: string;
    display_name: string;
    is_enabled: boolean;
    locale: string;
    nickname: string | undefined;
    first_name: string | undefined;
    last_name: string | undefined;
    position: string | undefined;

    /** What the policy makes the username of, in letters that one may have; `undefined` makes it of the e-mail. */
    username_letters?: string | undefined;

    /** Fields whose text was longer than Mattermost takes; `undefined` when there are none. */
    shortened?: readonly UpdatableField[] | undefined;
}

/** Maps one directory user in the default way; whatever it holds, the result fits Mattermost. */
export function mapPerson(user: DirectoryUser): Person {
    const {email, email_fault} = checkedEmail(emailOf(user));
    const display_name = cleaned(user.displayName, MAX_DISPLAY_NAME);
    return {
        object_id: isKey(user.id) ? user.id : '',
        display_name: display_name ?? '',
        email,
        email_fault,
        is_enabled: user.accountEnabled !== false,
        locale: typeof user.preferredLanguage === 'string' ? localeOf(user.preferredLanguage) : '',
        nickname: display_name && cutText(display_name, MAX_LENGTH.nickname).trimEnd(),
        first_name: cleaned(user.givenName, MAX_LENGTH.first_name),
        last_name: cleaned(user.surname, MAX_LENGTH.last_name),
        position: cleaned(user.jobTitle, MAX_LENGTH.position),
        shortened: shortenedOf(user),
    };
}

/** Nearly nobody has a text that is too long, so only lengths are looked at first. */
function shortenedOf({displayName, givenName, surname, jobTitle}: DirectoryUser): UpdatableField[] | undefined {
    if (isLong(displayName, MAX_LENGTH.nickname) || isLong(givenName, MAX_LENGTH.first_name) ||
        isLong(surname, MAX_LENGTH.last_name) || isLong(jobTitle, MAX_LENGTH.position)) {
        const texts: [UpdatableField, unknown][] = [['nickname', displayName], ['first_name', givenName], ['last_name', surname], ['position', jobTitle]];
        const fields = texts.filter(([field, text]) => isLong(text, MAX_LENGTH[field]) && isCut(text, MAX_LENGTH[field])).map(([field]) => field);
        return fields.length > 0 ? fields : undefined;
    }
    return undefined;
}

function isLong(text: unknown, max: number): text is string {
    return typeof text === 'string' && text.length > max;
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
