import {selectableOf} from '../policy/attributes';
import {comparisonsOf, groupsIn, type Condition, type NamedGroup} from '../policy/condition';
import type {MembershipRule} from '../policy/memberships';
import {AttributeReader} from '../scope/attribute_reader';
import {compileCondition, type Test} from '../scope/conditions';
import type {GroupMembers} from '../scope/group_members';
import type {UserValue} from '../scope/user_value';
import type {DirectoryUser} from '../types';

import type {TargetRule} from './target_rules';

/**
 * What the attributes of one user say to the rules that look at attributes. It is judged when the user is read and kept with the
 * link, because users who have not changed are not read again.
 */
export interface Placement {

    /** The rules that apply to the user, each with the value of its attribute, '' for a rule without one. */
    rules: Record<string, string>;

    /** The rules that look at an attribute that was not sent. */
    unknown?: string[];
}

/** Of a user to whom no rule with attributes applies. */
export const NO_PLACEMENT = '';

/** The rules whose answer depends on attributes of the user, or on groups in a condition. */
export function looksAtAttributes({who, for_each}: MembershipRule): boolean {
    return (who !== undefined && 'when' in who) || (for_each !== undefined && 'attribute' in for_each);
}

/** Whether runs save placements. New users are then read again by the next run: their links do not exist yet when a run saves its placements. */
export function needsPlacements(rules: readonly TargetRule[]): boolean {
    return rules.some((rule) => rule.enabled && looksAtAttributes(rule));
}

/** The attributes that the rules look at, as `$select` names them, each once. */
export function attributesOfMemberships(rules: readonly MembershipRule[]): string[] {
    return [...new Set(rules.filter(({enabled}) => enabled).flatMap(attributesOf))];
}

function attributesOf({who, for_each}: MembershipRule): string[] {
    const compared = who && 'when' in who ? comparisonsOf(who.when).map(({attribute}) => selectableOf(attribute)) : [];
    return for_each && 'attribute' in for_each ? [...compared, selectableOf(for_each.attribute)] : compared;
}

/** The groups in conditions of the enabled rules, each with its path. */
export function groupsOfPlacements(rules: readonly TargetRule[]): NamedGroup[] {
    return rules.flatMap(({enabled, who, path}) => (enabled && who && 'when' in who ? groupsIn(who.when, `${path}.who.when`) : []));
}

/** One rule, prepared for all users. */
interface PlacingRule {
    id: string;
    attributes: readonly string[];

    /** Null when a group in the condition could not be read: nothing is known then. */
    test: Test | null;

    /** The attribute whose value names the target; null for a rule without one. */
    value: UserValue | null;
}

/** Says the placement of a user as a short text. */
export type Placer = (user: DirectoryUser) => string;

/** Makes the function that says the placement of a user, as a short text: most users share theirs with many others. */
export function makePlacer(rules: readonly MembershipRule[], groups: GroupMembers, unread: ReadonlySet<string> = new Set()): Placer {
    const reader = new AttributeReader(groups);
    const placing = rules.filter((rule) => rule.enabled && looksAtAttributes(rule)).map((rule) => prepare(rule, reader, groups));
    if (placing.length === 0) {
        return () => NO_PLACEMENT;
    }
    return (user) => {
        reader.read(user);
        return textOf(placementOf(user, placing, unread));
    };
}

function prepare(rule: MembershipRule, reader: AttributeReader, groups: GroupMembers): PlacingRule {
    const {id, who, for_each} = rule;
    const test = who && 'when' in who ? testOf(who.when, reader, groups) : () => true;
    const value = for_each && 'attribute' in for_each ? reader.valueOf(for_each.attribute, true) : null;
    return {id, attributes: attributesOf(rule), test, value};
}

function testOf(when: Condition, reader: AttributeReader, groups: GroupMembers): Test | null {
    return groupsIn(when, '').every(({group}) => groups.has(group)) ? compileCondition(when, reader) : null;
}

function placementOf(user: DirectoryUser, placing: readonly PlacingRule[], unread: ReadonlySet<string>): Placement {
    const placement: Placement = {rules: {}};
    for (const {id, attributes, test, value} of placing) {
        if (!test || attributes.some((name) => user[name] === undefined || unread.has(name))) {
            (placement.unknown ??= []).push(id);
        } else if (test()) {
            const text = value === null ? '' : firstOf(value);
            if (value === null || text.trim() !== '') {
                placement.rules[id] = text;
            }
        }
    }
    return placement;
}

/** Of a list, its first text names the target. */
function firstOf({text}: UserValue): string {
    return typeof text === 'string' ? text : text[0] ?? '';
}

function textOf(placement: Placement): string {
    return Object.keys(placement.rules).length === 0 && !placement.unknown ? NO_PLACEMENT : JSON.stringify(placement);
}

/** Reads the text of `makePlacer`. */
export function placementFrom(text: string): Placement {
    return text === NO_PLACEMENT ? {rules: {}} : JSON.parse(text) as Placement;
}
