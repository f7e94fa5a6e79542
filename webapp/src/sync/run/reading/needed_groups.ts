import {groupsOfMemberships, prefixesOfMemberships, type NamedPrefix} from '../../memberships/named_groups';
import {groupsOfPlacements} from '../../memberships/placement';
import {targetRules, type RuleParts} from '../../memberships/target_rules';
import type {NamedGroup} from '../../policy/condition';
import type {Policy} from '../../policy/policy';
import {groupsOfScope} from '../../scope/groups';

/** The parts of a policy that name groups. */
export type GroupNaming = Pick<Policy, 'scope'> & RuleParts;

/** The groups that a policy names, each once, in lower case and with its first path. */
export interface NeededGroups {

    /** They decide who is in scope. */
    scope: NamedGroup[];

    /** In conditions of membership rules, and not in the scope. */
    conditions: NamedGroup[];

    /** All others whose members membership rules name. */
    others: NamedGroup[];
    prefixes: NamedPrefix[];
}

export function neededGroups(policy: GroupNaming): NeededGroups {
    const rules = targetRules(policy);
    const known = new Set<string>();
    return {
        scope: newOnes(groupsOfScope(policy.scope), known),
        conditions: newOnes(groupsOfPlacements(rules), known),
        others: newOnes(groupsOfMemberships(rules), known),
        prefixes: prefixesOfMemberships(rules),
    };
}

/** Whether the policy names any group, so that changes of groups change what a run does. */
export function dependsOnGroups(policy: GroupNaming): boolean {
    return Object.values(neededGroups(policy)).some((named: readonly unknown[]) => named.length > 0);
}

/** Those of `named` that are not `known` yet, and are from now on. */
export function newOnes(named: readonly NamedGroup[], known: Set<string>): NamedGroup[] {
    return named.flatMap(({group, path}) => {
        const id = group.toLowerCase();
        const isNew = !known.has(id);
        known.add(id);
        return isNew ? [{group: id, path}] : [];
    });
}
