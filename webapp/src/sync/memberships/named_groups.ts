import type {NamedGroup} from '../policy/condition';

import type {TargetRule} from './target_rules';

/** The beginning of group names for which a rule has targets, and where the policy names it. */
export interface NamedPrefix {
    prefix: string;
    path: string;
}

/** The groups whose members enabled rules name, each with its path. */
export function groupsOfMemberships(rules: readonly TargetRule[]): NamedGroup[] {
    return rules.flatMap(({enabled, who, path}) => (enabled && who && 'groups' in who ?
        who.groups.map((group, place) => ({group, path: `${path}.who.groups[${place}]`})) : []));
}

/** The prefixes of group names for which enabled rules have targets, each once and with its first path. */
export function prefixesOfMemberships(rules: readonly TargetRule[]): NamedPrefix[] {
    const named = rules.flatMap(({enabled, for_each, path}): NamedPrefix[] => (enabled && for_each && 'groups_starting_with' in for_each ?
        [{prefix: for_each.groups_starting_with, path: `${path}.for_each.groups_starting_with`}] : []));
    return named.filter(({prefix}, at) => named.findIndex((other) => other.prefix === prefix) === at);
}
