import type {Lists} from '../policy/scope';
import type {DirectoryUser} from '../types';

import {fold} from './fold';
import type {GroupMembers} from './group_members';
import {NameFinder} from './name_finder';
import {verdict, type Verdict} from './verdict';

/** One way to decide about a user; null means no decision. */
export type Matcher = (user: DirectoryUser) => Verdict | null;

type ExactKind = Exclude<keyof Lists, 'display_name_contains' | 'groups'>;

/** The keys by which a user is looked up in a list, in the order in which they are tried. */
const keysOf: Record<ExactKind, ((user: DirectoryUser) => string)[]> = {
    user_principal_name: [principalNameOf],
    email: [emailOf],
    email_domain: [domainOf],
    object_id: [idOf],
    people: [mailOf, principalNameOf, idOf],
};

/**
 * A matcher for each list of `lists` that has entries, in the order in which lists decide. Names are compared as parts
 * of the display name, everything else as a whole; all after `fold`: a Korean name decomposed by macOS is the same name.
 */
export function listMatchers(effect: 'allow' | 'deny', lists: Lists, groups: GroupMembers): Matcher[] {
    const matchers: Matcher[] = [];
    if (lists.display_name_contains.length > 0) {
        matchers.push(nameMatcher(verdictsOf(effect, 'display_name_contains', lists, fold), lists.display_name_contains));
    }
    for (const kind of Object.keys(keysOf) as ExactKind[]) {
        if (lists[kind].length > 0) {
            const verdicts = verdictsOf(effect, kind, lists, kind === 'email_domain' ? foldDomain : fold);
            matchers.push(...keysOf[kind].map((keyOf): Matcher => (user) => verdicts.get(keyOf(user)) ?? null));
        }
    }
    if (lists.groups.length > 0) {
        matchers.push(groupMatcher(verdictsOf(effect, 'groups', lists, (group) => groups.letterOf(group)), groups));
    }
    return matchers;
}

function nameMatcher(verdicts: ReadonlyMap<string, Verdict>, names: readonly string[]): Matcher {
    const finder = new NameFinder(names, fold);
    const byName = new Map(names.map((name) => [name, verdicts.get(fold(name))!]));
    return ({displayName}) => {
        const found = typeof displayName === 'string' ? finder.find(fold(displayName)) : null;
        return found === null ? null : byName.get(found)!;
    };
}

/** `verdicts` are by the letter of the group, in the order of the list. A user is in few groups, while the list may be long. */
function groupMatcher(verdicts: ReadonlyMap<string, Verdict>, groups: GroupMembers): Matcher {
    const list = [...verdicts.values()];
    const ranks = new Map([...verdicts.keys()].map((letter, rank) => [letter, rank]));
    return (user) => {
        const letters = groups.lettersOf(user);
        let first = list.length;
        for (let at = 0; at < letters.length; at++) {
            first = Math.min(first, ranks.get(letters[at]!) ?? first);
        }
        return list[first] ?? null;
    };
}

/** The verdict of each entry by its key. Of entries that are the same the first counts. */
function verdictsOf(effect: 'allow' | 'deny', kind: keyof Lists, lists: Lists, toKey: (entry: string) => string): Map<string, Verdict> {
    const verdicts = new Map<string, Verdict>();
    lists[kind].forEach((entry, at) => {
        const key = toKey(entry);
        if (!verdicts.has(key)) {
            verdicts.set(key, verdict(effect === 'allow', kind, entry, `Policy.scope.${effect}.${kind}[${at}]`));
        }
    });
    return verdicts;
}

/** `@example.com` means `example.com`. */
function foldDomain(entry: string): string {
    return fold(entry.startsWith('@') ? entry.slice(1) : entry);
}

/** What attributes of users, and entries of the lists, are compared by. */
export function keyOf(value: unknown): string {
    return typeof value === 'string' ? fold(value.trim()) : '';
}

function principalNameOf(user: DirectoryUser): string {
    return keyOf(user.userPrincipalName);
}

function mailOf(user: DirectoryUser): string {
    return keyOf(user.mail);
}

function idOf(user: DirectoryUser): string {
    return keyOf(user.id);
}

/** The address that an account gets: `mail`, else the principal name. */
function emailOf(user: DirectoryUser): string {
    return mailOf(user) || principalNameOf(user);
}

function domainOf(user: DirectoryUser): string {
    const email = emailOf(user);
    const at = email.lastIndexOf('@');
    return at === -1 ? '' : email.slice(at + 1);
}
