import type {MembershipRole, Removal} from '../policy/memberships';

import {groupBy} from '../group_by';

import {Bits} from './bits';
import {isOfAttribute, NO_VALUE, placesOf, valueOfAttribute, valueOfGroup, type ForEachValue, type Place} from './places';
import {looksAtAttributes, NO_PLACEMENT, placementFrom} from './placement';
import type {TargetRule} from './target_rules';

/** A group of the directory that a rule has a target for. */
export interface NamedGroup {
    id: string;
    name: string;
}

/** What the directory says about the users of a run, for the rules. */
export interface DirectoryFacts {

    /** The users, by their number: their object ids, and their placements (placement.ts). */
    object_ids: readonly string[];
    placements: readonly string[];

    /** The members of a group, nested ones included, by their numbers; null for a group that could not be read. */
    membersOf(group_id: string): Bits | null;

    /** The groups whose name begins with a prefix; null if they could not be read. */
    groupsStartingWith(prefix: string): readonly NamedGroup[] | null;

    /** The values for which the sync has created targets. */
    values: readonly ForEachValue[];
}

/** The users whom one rule wants in a target. */
export interface WantedByRule {
    rule_id: string;
    role: MembershipRole;
    removal: Removal;
    users: Bits;
}

/** A team or channel, and who should be in it. */
export interface WantedTarget {
    place: Place;

    /** In the order of the policy. */
    rules: WantedByRule[];

    /** The users of whom a rule for the target does not know whether it applies to them. */
    unknown: Bits;
}

/**
 * The targets of all enabled rules, by the keys of their places. Several rules for one target are united. A target that was created for a
 * value that no user or group has any longer is among them, without users. Where groups could not be read, it is unknown for all users
 * whether the rule applies to them.
 */
export function wantedTargets(rules: readonly TargetRule[], facts: DirectoryFacts): Map<string, WantedTarget> {
    const targets = new Map<string, WantedTarget>();
    const placed = placedUsers(rules, facts);
    const enabled = rules.filter((rule) => rule.enabled);
    const answers = enabled.flatMap((rule) => answersOf(rule, facts, placed).flatMap((answer) => placesOf(rule, answer.value).map(({place, is_on_the_way}) => (
        {rule: is_on_the_way ? {...rule, role: 'member' as const} : rule, answer, place}))));
    answers.filter(({answer}) => !answer.is_gone).forEach(({rule, answer, place}) => add(targets, place, rule, answer));

    // What another rule has now, this rule has not lost: two rules with one template can each have groups of their own. A value of an
    // attribute is lost when its last user is: the rule goes on answering for whom it added.
    const alive = new Set(targets.keys());
    answers.filter(({answer, place}) => answer.is_gone && !(!isOfAttribute(answer.value) && isOfValue(place, answer.value) && alive.has(place.key))).
        forEach(({rule, answer, place}) => add(targets, place, rule, answer));
    const order = new Map(enabled.map(({id}, at) => [id, at]));
    targets.forEach((target) => target.rules.sort((one, other) => order.get(one.rule_id)! - order.get(other.rule_id)!));
    return targets;
}

/** Whether there is such a place only because of this value. */
function isOfValue({key}: Place, value: ForEachValue): boolean {
    return value.key !== '' && key.includes(value.key);
}

/** Whom a rule wants for one value. */
interface Answer {
    value: ForEachValue;
    users: Bits;
    unknown: Bits;

    /** Whether the sync has created targets for the value, and the rule no longer has it. */
    is_gone?: boolean;
}

type Chosen = Pick<Answer, 'users' | 'unknown'>;

/** The users of the rules that look at attributes, by rule and by value. */
interface Placed {
    byValue: Map<string, {value: ForEachValue; users: Bits}>;
    unknown: Bits;
}

/** Each placement is read once, however many users have it. */
function placedUsers(rules: readonly TargetRule[], {placements}: DirectoryFacts): Map<string, Placed> {
    const placed = new Map<string, Placed>();
    rules.filter(looksAtAttributes).forEach(({id}) => placed.set(id, {byValue: new Map(), unknown: new Bits(placements.length)}));
    const usersOf = groupBy(placements.map((_, at) => at), (at) => placements[at]!);
    usersOf.delete(NO_PLACEMENT);
    for (const [text, users] of [...usersOf].sort(([one], [other]) => (one < other ? -1 : 1))) {
        const {rules: values, unknown = []} = placementFrom(text);
        unknown.forEach((id) => users.forEach((at) => placed.get(id)?.unknown.add(at)));
        Object.entries(values).forEach(([id, value]) => addPlaced(placed.get(id), value, users, placements.length));
    }
    return placed;
}

function addPlaced(placed: Placed | undefined, text: string, users: readonly number[], size: number): void {
    const value = valueOfAttribute(text) ?? NO_VALUE;
    const known = placed?.byValue.get(value.key) ?? {value, users: new Bits(size)};
    placed?.byValue.set(value.key, known);
    users.forEach((at) => known.users.add(at));
}

function answersOf(rule: TargetRule, facts: DirectoryFacts, placed: ReadonlyMap<string, Placed>): Answer[] {
    const {who, for_each} = rule;
    const chosen = rule.ending ? noOne(facts.object_ids.length) : whoOf(who, facts, placed.get(rule.id));
    if (for_each === undefined) {
        return [{value: NO_VALUE, ...chosen}];
    }
    return 'attribute' in for_each ? answersByAttribute(placed.get(rule.id)!, chosen, facts, rule.ending) : answersByGroup(for_each.groups_starting_with, chosen, facts);
}

function answersByAttribute({byValue, unknown}: Placed, chosen: Chosen, {values, object_ids}: DirectoryFacts, isEnding: boolean): Answer[] {
    const isUnknown = isEnding ? chosen.unknown : unknown.or(chosen.unknown);
    const gone = values.filter((value) => isOfAttribute(value) && !byValue.has(value.key));
    return [
        ...[...byValue.values()].map(({value, users}) => ({value, users: users.and(chosen.users), unknown: isUnknown})),
        ...gone.map((value) => ({value, users: new Bits(object_ids.length), unknown: isUnknown, is_gone: true})),
    ];
}

function answersByGroup(prefix: string, chosen: Chosen, facts: DirectoryFacts): Answer[] {
    const size = facts.object_ids.length;
    const groups = facts.groupsStartingWith(prefix);
    const read = (groups ?? []).map((group): Answer => {
        const members = facts.membersOf(group.id);
        return {value: valueOfGroup(group, prefix), users: members ? members.and(chosen.users) : new Bits(size), unknown: members ? chosen.unknown : everyone(size)};
    });
    const known = new Set(read.map(({value}) => value.key));
    const gone = facts.values.filter((value) => !isOfAttribute(value) && !known.has(value.key));
    return [...read, ...gone.map((value) => ({value, users: new Bits(size), unknown: groups ? new Bits(size) : everyone(size), is_gone: true}))];
}

/** The users whom `who` names, whatever the value. */
function whoOf(who: TargetRule['who'], facts: DirectoryFacts, placed: Placed | undefined): Chosen {
    const size = facts.object_ids.length;
    if (who === undefined || 'everyone' in who) {
        return {users: everyone(size), unknown: new Bits(size)};
    }
    if ('when' in who) {
        const users = new Bits(size);
        placed!.byValue.forEach((each) => users.addAll(each.users));
        return {users, unknown: placed!.unknown};
    }
    const users = new Bits(size);
    let isKnown = true;
    for (const group of who.groups) {
        const members = facts.membersOf(group);
        isKnown &&= members !== null;
        users.addAll(members ?? new Bits(size));
    }
    return {users, unknown: isKnown ? new Bits(size) : everyone(size)};
}

function noOne(size: number): Chosen {
    return {users: new Bits(size), unknown: new Bits(size)};
}

function everyone(size: number): Bits {
    const all = new Bits(size);
    for (let at = 0; at < size; at++) {
        all.add(at);
    }
    return all;
}

function add(targets: Map<string, WantedTarget>, place: Place, rule: TargetRule, {users, unknown}: Answer): void {
    const {id, role} = rule;
    const removal = removalOf(rule);
    const known = targets.get(place.key) ?? {place, rules: [], unknown: new Bits(users.size)};
    targets.set(place.key, known);
    known.unknown.addAll(unknown);
    const same = known.rules.find((other) => other.rule_id === id && other.role === role);
    if (same) {
        same.users.addAll(users);
    } else {
        known.rules.push({rule_id: id, role, removal, users: new Bits(users.size).addAll(users)});
    }
}

/** A rule that ends takes only those with it whom it added, whatever it did before. */
function removalOf({removal, ending}: TargetRule): Removal {
    return ending ? 'added_by_sync' : removal;
}
