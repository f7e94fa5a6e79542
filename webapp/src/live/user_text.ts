import type {DirectoryUser} from '../sync/types';

/** A directory may send anything in place of a text. */
export function textOf(value: unknown): string {
    return typeof value === 'string' ? value : '';
}

/** The address that a user has in the directory: `mail`, else the principal name. */
export function addressOf({mail, userPrincipalName}: DirectoryUser): string {
    return textOf(mail) || textOf(userPrincipalName);
}
