import type {NamedGroup} from '../policy/condition';
import type {MembershipRule} from '../policy/memberships';

/** The beginning of group names for which a rule has targets, and where the policy names it. */
export interface NamedPrefix {
    prefix: string;
    path: string;
}

/** The groups whose members enabled rules name, each with its path. */
export function groupsOfMemberships(rules: readonly MembershipRule[]): NamedGroup[] {
    return rules.flatMap(({enabled, who}, at) => (enabled && who && 'groups' in who ?
        who.groups.map((group, place) => ({group, path: `Policy.memberships.rules[${at}].who.groups[${place}]`})) : []));
}

/** The prefixes of group names for which enabled rules have targets, each once and with its first path. */
export function prefixesOfMemberships(rules: readonly MembershipRule[]): NamedPrefix[] {
    const named = rules.flatMap(({enabled, for_each}, at): NamedPrefix[] => (enabled && for_each && 'groups_starting_with' in for_each ?
        [{prefix: for_each.groups_starting_with, path: `Policy.memberships.rules[${at}].for_each.groups_starting_with`}] : []));
    return named.filter(({prefix}, at) => named.findIndex((other) => other.prefix === prefix) === at);
}
