import {boundedText, cleanText, utf8Length} from './text';

/** Mattermost's limit, in bytes of UTF-8. */
const MAX_BYTES = 128;

/** RFC 5322 atom text and letters beyond ASCII (RFC 6532), without blanks and invisible characters. */
const ATOM = '[^\\u0000-\\u0020"(),.:;<>@[\\\\\\]\\u007f-\\u00a0\\u00ad\\u1680\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff\\ufff9-\\uffff]+';

/** Linear: no atom holds a dot, so there is one way to read an address. */
const ADDRESS = new RegExp(`^${ATOM}(?:\\.${ATOM})*@${ATOM}(?:\\.${ATOM})*$`);

const EXTERNAL = /#ext#/i;

const ASCII = /^[ -~]*$/;

/** Why an address cannot be a key; '' if it can. */
export type EmailFault = '' | 'no_email' | 'invalid_email' | 'external_principal_name';

/** What is wrong with a normalized address that is not valid. */
export function faultOfEmail(email: string): EmailFault {
    if (isExternalName(email)) {
        return 'external_principal_name';
    }
    return email === '' ? 'no_email' : isValidEmail(email) ? '' : 'invalid_email';
}

/**
 * Whether the text is the principal name that Entra makes for a user of another organization, `local_domain#EXT#@tenant`: it looks like
 * an address, but no mail arrives there.
 */
export function isExternalName(text: string): boolean {
    return EXTERNAL.test(text);
}

/** An address that is not valid, fit to be shown. */
export function shownEmail(email: string): string {
    return cleanText(email, MAX_BYTES);
}

/** Email addresses compare without case, as in Mattermost, which stores them in lower case. One that is cut here is too long to be valid. */
export function normalizeEmail(text: string): string {
    return boundedText(text.trim()).toLowerCase();
}

/**
 * Whether Mattermost's server accepts this lower-case address (model.IsValidEmail). Three kinds that it
 * accepts are refused: with an IP address in place of the domain, with invisible characters, and with half a character.
 */
export function isValidEmail(email: string): boolean {
    return email.length <= MAX_BYTES && ADDRESS.test(email) && (ASCII.test(email) || utf8Length(email) <= MAX_BYTES);
}
