import {isPlain} from '../mapping/text';
import type {Policy} from '../policy/policy';
import type {DirectoryUser} from '../types';

import {NameFinder} from './name_finder';

/** The rule that decided; `value` is the name that was found. */
export interface Rule {
    kind: 'everyone' | 'display_name_contains' | 'guest' | 'no_rule_matches';
    value: string;
}

export interface Verdict {
    in: boolean;
    rule: Rule;
}

/**
 * Makes the judge of one policy. Names are compared as parts of the display name after `fold`:
 * composed (a Korean name decomposed by macOS is the same name) and in lower case.
 */
export function makeJudge(scope: Policy['scope']): (user: DirectoryUser) => Verdict {
    const names = new NameFinder(scope.allow.display_name_contains, fold);
    const verdicts = new Map(scope.allow.display_name_contains.map((name) => [name, verdict(true, 'display_name_contains', name)]));
    const everyone = verdict(true, 'everyone');
    const guest = verdict(false, 'guest');
    const nobody = verdict(false, 'no_rule_matches');

    return (user) => {
        if (!scope.guests && isGuest(user)) {
            return guest;
        }
        if (scope.everyone) {
            return everyone;
        }
        const found = typeof user.displayName === 'string' ? names.find(fold(user.displayName)) : null;
        return (found !== null && verdicts.get(found)) || nobody;
    };
}

/**
 * Texts that a person takes for the same: Unicode form C, lower case, one small sigma.
 * Other letters stay apart (é is not e), so a rule means what it says.
 */
export function fold(text: string): string {
    return isPlain(text) ? text.toLowerCase() : text.normalize('NFC').toLowerCase().replace(/ς/g, 'σ');
}

/** Tenants from before 2014 have people without a user type; a guest's principal name then tells. */
function isGuest(user: DirectoryUser): boolean {
    if (typeof user.userType === 'string' && user.userType !== '') {
        return user.userType.toLowerCase() === 'guest';
    }
    return typeof user.userPrincipalName === 'string' && user.userPrincipalName.toUpperCase().includes('#EXT#');
}

function verdict(isIn: boolean, kind: Rule['kind'], value = ''): Verdict {
    return {in: isIn, rule: {kind, value}};
}
