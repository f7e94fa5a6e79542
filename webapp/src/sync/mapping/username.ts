/** The sign-up page's bounds; the server itself would take 1 to 64. */
const MIN_USERNAME_LENGTH = 3;
export const MAX_USERNAME_LENGTH = 22;

/** Letters of `TAIL` after a hyphen: two billion tails, and the name keeps at least 15 of its own characters. */
const TAIL_LENGTH = 6;
const TAIL = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** How many plain numbers are tried before a random tail. */
const NUMBERED = 4;

/**
 * Names that mean something else in Mattermost: mentions of all members and system accounts
 * (server/public/model/user.go, and RESERVED_USERNAMES of the web client).
 */
const RESERVED = new Set(['all', 'channel', 'here', 'matterbot', 'system', 'valet']);

/** Bots of the server and of plugins that many servers have or get later: they look for the account of this name, whatever it is. */
const BOTS = new Set([
    'system-bot', 'mattermost-advisor', 'feedbackbot', 'surveybot', 'appsbot', 'welcomebot', 'remindbot', 'boards', 'playbooks', 'calls', 'agents', 'ai', 'copilot',
    'matty', 'github', 'gitlab', 'bitbucket', 'jira', 'confluence', 'servicenow', 'zoom', 'webex', 'msteams', 'mscalendar', 'todo', 'autolink', 'nagios', 'pagerduty',
    'circleci', 'legalhold', 'entrasync',
]);

/** Latin letters that Unicode does not decompose into a plain letter and an accent. */
const SPELLED: Record<string, string> = {ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i'};

const FORBIDDEN = /[^a-z0-9._-]/g;
const LETTER_FIRST = /^[a-z]/;
const ASCII = /^[ -~]*$/;
const SPECIAL = /[ßæœøłđðþı]/g;

/**
 * The username that an email address, or another text, suggests: its local part in the letters that Mattermost allows, beginning with a
 * letter, 3 to 22 characters. It may be reserved or taken; see `usernameCandidates`.
 */
export function usernameOf(email: string): string {
    return wholeUsername(email).slice(0, MAX_USERNAME_LENGTH);
}

/** Whether `usernameOf` has to leave out a part of the name. */
export function isUsernameCut(email: string): boolean {
    return wholeUsername(email).length > MAX_USERNAME_LENGTH;
}

function wholeUsername(email: string): string {
    let name = usernameLetters(email);
    if (!LETTER_FIRST.test(name)) {
        name = `u${name}`;
    }
    return name.length < MIN_USERNAME_LENGTH ? `user_${name}` : name;
}

/** The letters of a text, or of an email address's local part, that are allowed in a username. */
export function usernameLetters(text: string): string {
    return spell(localPart(text.toLowerCase())).replace(FORBIDDEN, '');
}

/** Whether the name belongs to Mattermost or to a bot, so that no account of a user may have it. */
export function isReserved(name: string): boolean {
    return RESERVED.has(name) || BOTS.has(name);
}

/**
 * The names to try for a new account, best first: the name itself, with 1 to 4 appended, then with a random tail for
 * each of `fractions` (numbers at least 0 and below 1).
 */
export function usernameCandidates(name: string, fractions: readonly number[]): string[] {
    const candidates = isReserved(name) ? [] : [name];
    for (let number = 1; number <= NUMBERED; number++) {
        candidates.push(`${name.slice(0, MAX_USERNAME_LENGTH - 1)}${number}`);
    }
    return candidates.concat(fractions.map((fraction) => usernameWithTail(name, fraction)));
}

/** A name that is very likely free. */
export function usernameWithTail(name: string, fraction: number): string {
    return `${name.slice(0, MAX_USERNAME_LENGTH - TAIL_LENGTH - 1)}-${tail(fraction)}`;
}

/** A guest's principal name is `local_domain#EXT#@tenant`; what follows `#EXT#` says nothing about the user. */
function localPart(email: string): string {
    const at = email.lastIndexOf('@');
    const local = at < 0 ? email : email.slice(0, at);
    const mark = local.indexOf('#ext#');
    return mark < 0 ? local : local.slice(0, mark);
}

/** Accented letters as their plain ones; what has no plain spelling stays and is dropped by the caller. */
function spell(local: string): string {
    if (ASCII.test(local)) {
        return local;
    }
    return local.normalize('NFKD').toLowerCase().replace(SPECIAL, (letter) => SPELLED[letter]!);
}

function tail(fraction: number): string {
    let rest = Math.floor(fraction * TAIL.length ** TAIL_LENGTH);
    let text = '';
    for (let at = 0; at < TAIL_LENGTH; at++) {
        text += TAIL[rest % TAIL.length];
        rest = Math.floor(rest / TAIL.length);
    }
    return text;
}
