import {cleanText} from '../mapping/text';
import type {TargetKind} from '../lists';
import {VALUE} from '../policy/memberships';

/** Mattermost's limits for teams and channels (server/public/model/team.go, channel.go). Channels may have a name of one character. */
const MAX_NAME = 64;
const MIN_TEAM_NAME = 2;
export const MAX_DISPLAY_NAME = 64;

/** No name of a team begins with one of these: the server has pages there (reservedName in server/public/model/utils.go). */
const RESERVED = [
    'admin', 'api', 'channel', 'claim', 'error', 'files', 'help', 'landing', 'login', 'mfa', 'oauth', 'plug', 'post', 'signup', 'boards', 'playbooks',
];

/** Blanks and signs of Latin texts. */
const BLANK_OR_SIGN = /[\0-,./:-@[-`{-\xbf\u2000-\u206f\u3000]+/g;

/** The accents that NFKD takes off Latin letters. */
const MARKS = /[\u0300-\u036f]+/g;
const NOT_ASCII = /[^a-z0-9-]+/g;
const TEAM_NAME = /^[a-z0-9]+[a-z0-9-]*[a-z0-9]$/;
const CHANNEL_NAME = /^[a-z0-9][a-z0-9_-]*$/;

/** Why a name cannot be used. */
export type NameFault = 'name_too_long' | 'name_invalid' | 'name_reserved';

/**
 * The name in the address of a team or channel for one value of a rule. Letters that an address cannot have are left out; then a short
 * digest of the whole value follows, so that two departments with Korean names do not get the same name.
 */
export function nameOf(template: string, value: string): string {
    return template.split(VALUE).join(nameOfValue(value));
}

/** The display name for one value of a rule, cut to what Mattermost accepts. */
export function displayNameOf(template: string, value: string): string {
    return cleanText(template.split(VALUE).join(cleanText(value, MAX_DISPLAY_NAME)), MAX_DISPLAY_NAME);
}

export function nameFaultOf(kind: TargetKind, name: string): NameFault | null {
    if (name.length > MAX_NAME) {
        return 'name_too_long';
    }
    if (kind === 'channel') {
        return CHANNEL_NAME.test(name) ? null : 'name_invalid';
    }
    if (name.length < MIN_TEAM_NAME || !TEAM_NAME.test(name)) {
        return 'name_invalid';
    }
    return RESERVED.some((word) => name.startsWith(word)) ? 'name_reserved' : null;
}

function nameOfValue(value: string): string {
    const words = value.normalize('NFKD').replace(MARKS, '').toLowerCase().replace(BLANK_OR_SIGN, '-');
    const letters = words.replace(NOT_ASCII, '');
    const name = letters.replace(/-+/g, '-').replace(/^-|-$/g, '');
    return letters === words ? name : [name, digestOf(value.normalize('NFC').toLowerCase())].filter((part) => part !== '').join('-');
}

/** FNV-1a of 32 bits over UTF-16 units, in base 36 (http://www.isthe.com/chongo/tech/comp/fnv). It only keeps names apart. */
function digestOf(text: string): string {
    let hash = 0x811c9dc5;
    for (let at = 0; at < text.length; at++) {
        hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    }
    return (hash >>> 0).toString(36);
}
