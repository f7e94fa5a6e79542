import {selectableOf, type ReadableAttribute} from '../policy/attributes';
import {comparisonsOf} from '../policy/condition';
import type {Policy} from '../policy/policy';
import type {Effect, Lists, ScopeRule} from '../policy/scope';
import type {DirectoryUser} from '../types';

import {hasValue} from './attribute_reader';
import {makeJudge, type Judge} from './judge';
import type {GroupMembers} from './group_members';
import {verdict} from './verdict';

type Scope = Policy['scope'];

/** What tells a guest from a member. */
const GUEST = 'userType';

/** The attributes that each list looks at. Object ids are always there. */
const ATTRIBUTES_OF_LIST: Record<keyof Lists, readonly ReadableAttribute[]> = {
    display_name_contains: ['displayName'],
    user_principal_name: ['userPrincipalName'],
    email: ['mail', 'userPrincipalName'],
    email_domain: ['mail', 'userPrincipalName'],
    object_id: [],
    people: ['mail', 'userPrincipalName'],
    groups: [],
};

/** No entry decides about a user whose attributes are unknown. */
const UNDECIDED = verdict(true, 'everyone', '', 'Policy.scope');

/** The attributes that can decide who is in scope, each once. */
export function decidingReadables(scope: Scope): ReadableAttribute[] {
    const lists = (['allow', 'deny'] as const).flatMap((effect) => filledLists(scope[effect]).flatMap((kind) => ATTRIBUTES_OF_LIST[kind]));
    const rules = scope.rules.filter(({enabled}) => enabled).flatMap(({when}) => comparisonsOf(when).map(({attribute}) => attribute));
    return [...new Set<ReadableAttribute>([...(scope.guests ? [] : [GUEST] as const), ...lists, ...rules])];
}

/** The same as `$select` names them. */
export function decidingAttributes(scope: Scope): string[] {
    return [...new Set(decidingReadables(scope).map(selectableOf))];
}

/**
 * The judge of a policy for users as the directory sends them. An attribute that is not among what was sent, or is one of `unknown` and
 * has no value, is not an empty one: where it can decide, the verdict is that nothing is known.
 */
export function makeCarefulJudge(scope: Scope, groups: GroupMembers, unknown: ReadonlySet<string> = new Set()): Judge {
    const judge = makeJudge(scope, groups);
    const deciding = decidingAttributes(scope);
    const judges = new Map<string, Judge>();
    return (user) => {
        const missing = missingOf(user, deciding, unknown);
        if (missing.length === 0) {
            return judge(user);
        }
        const key = missing.join(', ');
        const known = judges.get(key) ?? judgeWithout(missing, scope, groups);
        judges.set(key, known);
        return known(user);
    };
}

const NONE: readonly string[] = [];

function missingOf(user: DirectoryUser, deciding: readonly string[], unknown: ReadonlySet<string>): readonly string[] {
    let missing = NONE;
    for (let at = 0; at < deciding.length; at++) {
        const name = deciding[at]!;
        if (isMissing(name, user[name]) || (unknown.has(name) && !hasValue(user[name]))) {
            missing = [...missing, name];
        }
    }
    return missing;
}

/** Every user is enabled or not, so there `null` is no value either. A tenant may have users without a type. */
function isMissing(name: string, value: unknown): boolean {
    switch (name) {
    case 'accountEnabled':
        return typeof value !== 'boolean';
    case GUEST:
        return typeof value !== 'string' && value !== null;
    default:
        return value === undefined;
    }
}

/** Judges by the lists and rules that do not look at `missing`. What they leave open is unknown if one of the others could decide it. */
function judgeWithout(missing: readonly string[], scope: Scope, groups: GroupMembers): Judge {
    const isKnown = (names: readonly string[]) => !names.some((name) => missing.includes(name));
    const denied = knownPart('deny', scope, isKnown);
    const allowed = knownPart('allow', scope, isKnown);
    const isGuestKnown = isKnown([GUEST]);
    const denies = makeJudge({...scope, ...denied.part, everyone: true, guests: scope.guests || !isGuestKnown}, groups);
    const allows = makeJudge({...scope, ...allowed.part, guests: true}, groups);
    const mayBeDenied = denied.isPartial || !(scope.guests || isGuestKnown);
    const mayBeAllowed = allowed.isPartial && !scope.everyone;
    return (user) => {
        const denial = denies(user);
        if (!denial.in) {
            return denial;
        }
        const found = allows(user);
        const isOpen = found.in ? mayBeDenied : mayBeAllowed;
        return isOpen ? {...UNDECIDED, unknown: missing.join(', ')} : found;
    };
}

/** The entries of one effect that look at known attributes only, and whether there are others. Paths of rules stay as they are. */
function knownPart(effect: Effect, scope: Scope, isKnown: (names: readonly string[]) => boolean): {part: Pick<Scope, 'allow' | 'deny' | 'rules'>; isPartial: boolean} {
    const kinds = Object.keys(scope[effect]) as Array<keyof Lists>;
    const none = Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as Lists;
    const own = Object.fromEntries(kinds.map((kind) => [kind, isKnown(ATTRIBUTES_OF_LIST[kind]) ? scope[effect][kind] : []])) as unknown as Lists;
    const asked = scope.rules.filter((rule) => rule.enabled && rule.effect === effect);
    const known = new Set(asked.filter((rule) => isKnown(attributesOf(rule))));
    return {
        part: {allow: none, deny: none, [effect]: own, rules: scope.rules.map((rule) => ({...rule, enabled: known.has(rule)}))},
        isPartial: known.size < asked.length || filledLists(scope[effect]).some((kind) => !isKnown(ATTRIBUTES_OF_LIST[kind])),
    };
}

function filledLists(lists: Lists): Array<keyof Lists> {
    return (Object.keys(lists) as Array<keyof Lists>).filter((kind) => lists[kind].length > 0);
}

function attributesOf({when}: ScopeRule): string[] {
    return comparisonsOf(when).map(({attribute}) => selectableOf(attribute));
}
