import type {DirectoryUser} from '../types';

/**
 * The names that Microsoft Entra Connect and Exchange give to accounts of their own, which Entra then has as users:
 * https://learn.microsoft.com/entra/identity/hybrid/connect/reference-connect-accounts-permissions and the system mailboxes of Exchange.
 * Each has a part that no name of a person has, such as a GUID.
 */
const NAME = new RegExp(`^(?:${[
    'sync_[^@]+_[0-9a-f]{4,}',
    'adtoaadsyncserviceaccount',
    '(?:msol|aad)_[0-9a-f]{8,}',
    'sm_[0-9a-f]{12,}',
    'healthmailbox[-0-9a-f]*',
    '(?:discoverysearchmailbox|systemmailbox|extendedreports)(?:\\{.*|[-0-9a-f]*)',
    '(?:migration|federatedemail)\\.[0-9a-f]{8}-.*',
].join('|')})@`, 'i');

const DISPLAY_NAME = /^(?:on-premises directory synchronization service account$|healthmailbox-|discovery search mailbox$)/i;

/** Whether the user is an account that synchronization or Exchange uses, and no one signs in as. */
export function isServiceAccount({userPrincipalName, mail, displayName}: DirectoryUser): boolean {
    return fits(NAME, userPrincipalName) || fits(NAME, mail) || fits(DISPLAY_NAME, displayName);
}

function fits(pattern: RegExp, text: unknown): boolean {
    return typeof text === 'string' && pattern.test(text.slice(0, MAX_NAME).trim());
}

/** Characters of a name that are looked at. */
const MAX_NAME = 320;
