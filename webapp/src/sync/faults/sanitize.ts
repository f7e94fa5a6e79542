/** Longest external text that is kept, in characters. */
const longestText = 300;

/** Longer texts are cut before they are searched, in UTF-16 units. */
const longestSearch = 8000;

const removed = '[removed]';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Long words of characters that tokens and secrets have, unless they are ids (UUIDs) or plain words. */
function hideLongWord(word: string): string {
    return uuid.test(word) || !/[0-9]/.test(word) ? word : removed;
}

/** Values whose label marks them as secret. The label is kept. */
const labeled = new RegExp(
    '((?:client_secret|client_assertion|access_token|refresh_token|id_token|assertion|password|passwd|secret|sig|code|' +
    '\\$?skiptoken|\\$?deltatoken)"?\\s*[=:]\\s*"?)[^\\s"&,;}]+',
    'gi',
);

const rules: Array<[RegExp, string | ((match: string) => string)]> = [
    // No word boundary in any rule: the two engines do not agree on which characters are letters
    [/(bearer|basic)\s+[A-Za-z0-9._~+/=-]{16,}/gi, `$1 ${removed}`],
    [labeled, `$1${removed}`],

    // The user name and password of an address, which an error of a proxy can contain
    [/:\/\/[^\s/@]+@/g, `://${removed}@`],

    // A client secret of Entra: 3 characters, a digit, Q~, the rest
    [/[A-Za-z0-9_.~-]{3}[0-9]Q~[A-Za-z0-9_.~-]+/g, removed],
    [/eyJ[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)*/g, removed],
    [/[A-Za-z0-9_~+=-]{32,}/g, hideLongWord],
];

function hideSecrets(text: string): string {
    return rules.reduce((safe, [pattern, replacement]) => {
        return typeof replacement === 'string' ? safe.replace(pattern, replacement) : safe.replace(pattern, replacement);
    }, text);
}

/**
 * External text that is safe to show and store: one line, at most 300 characters, without control characters and without
 * anything that looks like a token, a secret or a password.
 */
export function sanitizeText(text: string): string {
    let head = text;
    if (text.length > longestSearch) {
        // The last word can be a secret that was cut so short that no rule matches it any more
        head = text.slice(0, longestSearch).replace(/\S+$/, '');
    }
    const line = head.replace(/[\u0000-\u0020\u007f-\u00a0\u2028\u2029]+/g, ' ').trim();
    const characters = Array.from(hideSecrets(line));
    return characters.length > longestText ? `${characters.slice(0, longestText).join('')}…` : characters.join('');
}
