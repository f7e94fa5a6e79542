import type {TargetKind} from '../lists';
import {Bits} from '../memberships/bits';
import {decideTarget, type TargetFacts, type TargetPlan, type TargetRules} from '../memberships/decide';
import {displayNameOf, nameFaultOf, nameOf} from '../memberships/names';
import type {ForEachValue} from '../memberships/places';
import {makePlacer} from '../memberships/placement';
import {targetRules, type TargetRule} from '../memberships/target_rules';
import {wantedTargets, type NamedGroup} from '../memberships/wanted';
import {parsePolicy} from '../policy/parse';
import {groupMembersOf} from '../scope/group_members';
import type {DirectoryUser} from '../types';

const SETS = [
    'wanted', 'wanted_admins', 'unknown', 'active', 'guests', 'kept', 'members', 'admins', 'added', 'found', 'ended', 'promoted', 'removable',
    'seen_unwanted', 'proved_unwanted', 'seen_role_unwanted', 'proved_role_unwanted',
] as const satisfies ReadonlyArray<keyof TargetFacts>;

/** What is known of one user and target: the sets that the user is in. */
interface DecisionCase extends Partial<TargetRules> {
    user: Array<typeof SETS[number]>;
}

/** The sets of the plan that the user is in, in alphabetical order. */
export function decideMembership({user, rejoin = 'respect', removes_everyone = false}: DecisionCase): string[] {
    const facts = Object.fromEntries(SETS.map((name) => [name, new Bits(1)])) as unknown as TargetFacts;
    user.forEach((name) => facts[name].add(0));
    const plan = decideTarget(facts, {rejoin, removes_everyone});
    return (Object.keys(plan) as Array<keyof TargetPlan>).filter((name) => plan[name].has(0)).sort();
}

/** The names of a target for one value of a rule. */
export function targetNames({kind, name: template, display_name = template, value}: {kind: TargetKind; name: string; display_name?: string; value: string}) {
    const name = nameOf(template, value);
    return {name, display_name: displayNameOf(display_name, value), fault: nameFaultOf(kind, name)};
}

/** Rules and what the directory says. What is left out is empty. */
interface RulesCase {
    rules: object[];
    users?: DirectoryUser[];

    /** The object IDs of the members by that of the group; a group that is not among them could not be read. */
    groups?: Record<string, string[]>;

    /** All groups with their names; null if they could not be listed. */
    names?: NamedGroup[] | null;

    /** The values of targets that the sync has created. */
    values?: ForEachValue[];

    /** Attributes that the directory does not say about any user. */
    unread?: string[];
}

/** What the attributes of each user say to the rules. */
export function placements({rules, users = [], groups = {}, unread = []}: RulesCase): string[] {
    return users.map(makePlacer(rulesOf(rules), groupMembersOf(groups), new Set(unread)));
}

/** The targets of the rules by their places, each with the users by rule and those about whom it is unknown. */
export function wanted(input: RulesCase) {
    const {rules, users = [], groups = {}, names = [], values = []} = input;
    const ids = users.map(({id}) => String(id));
    const targets = wantedTargets(rulesOf(rules), {
        object_ids: ids,
        placements: placements(input),
        membersOf: (group) => (groups[group] ? among(ids, groups[group]) : null),
        groupsStartingWith: (prefix) => names && names.filter(({name}) => name.toLowerCase().startsWith(prefix.toLowerCase())),
        values,
    });
    const idsOf = (set: Bits) => set.list().map((at) => ids[at]!);
    return Object.fromEntries([...targets].map(([place, target]) => [place, {
        users: Object.fromEntries(target.rules.map((rule) => [rule.rule_id, idsOf(rule.users)])),
        unknown: idsOf(target.unknown),
    }]));
}

function among(ids: readonly string[], some: readonly string[]): Bits {
    const set = new Bits(ids.length);
    some.forEach((id) => set.add(ids.indexOf(id)));
    return set;
}

function rulesOf(rules: readonly object[]): readonly TargetRule[] {
    return targetRules(parsePolicy({memberships: {rules: rules.map((rule, at) => ({id: `r${at}`, name: `Rule ${at}`, ...rule}))}}).policy!);
}
