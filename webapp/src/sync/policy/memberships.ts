import * as v from 'valibot';

import {readableAttributes} from './attributes';
import {condition, groupId} from './condition';

/** Limits of the document, so that no policy is too large for a run. */
const MAX_RULES = 200;
const MAX_JOINS = 20;
const MAX_GROUPS = 100;
const MAX_NAME_LENGTH = 128;
const MAX_PREFIX_LENGTH = 64;

/** The characters of a template, before a value takes the place of `{value}`. */
const MAX_TEMPLATE_LENGTH = 64;

const RULE_ID = /^[a-z0-9_-]{1,26}$/;
const MATTERMOST_ID = /^[a-z0-9]{26}$/;
const URL_TEMPLATE = /^(?:[a-z0-9_-]|\{value\})+$/;

/** What takes the place of the value of `for_each` in a template. */
export const VALUE = '{value}';

export const ruleName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_NAME_LENGTH));
export const ruleId = v.pipe(v.string(), v.regex(RULE_ID, ({received}) => `Invalid rule ID: ${received}`));
const mattermostId = v.pipe(v.string(), v.trim(), v.regex(MATTERMOST_ID, ({received}) => `Invalid ID: ${received}`));
const urlTemplate = v.pipe(v.string(), v.trim(), v.maxLength(MAX_TEMPLATE_LENGTH), v.regex(URL_TEMPLATE, ({received}) => `Invalid name: ${received}`));
const displayTemplate = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_TEMPLATE_LENGTH));

/** A team or channel that exists. */
const existing = v.strictObject({id: mattermostId});

/** A team that the sync creates. `open` lets every user of the server join it. */
const newTeam = v.strictObject({create: v.strictObject({name: urlTemplate, display_name: displayTemplate, open: v.optional(v.boolean(), false)})});

/** A channel that the sync creates. */
const newChannel = v.strictObject({create: v.strictObject({name: urlTemplate, display_name: displayTemplate, private: v.optional(v.boolean(), true)})});

/** The schema whose key the input has, the last for one that has none, so that a fault names the key within. Without input it is the whole, for the JSON Schema. */
function byKey<T extends Record<string, v.GenericSchema>>(schemas: T): v.GenericSchema<v.InferInput<T[keyof T]>, v.InferOutput<T[keyof T]>> {
    const all = Object.values(schemas);
    const chosen = (input: unknown) => Object.entries(schemas).find(([key]) => typeof input === 'object' && input !== null && key in input)?.[1] ?? all.at(-1)!;

    // eslint-disable-next-line no-restricted-syntax -- valibot's function, not the method of Set
    return v.lazy((input) => (input === undefined ? v.union(all) : chosen(input))) as v.GenericSchema<v.InferInput<T[keyof T]>, v.InferOutput<T[keyof T]>>;
}

/** Where a rule puts its users: a team, or a channel and its team. */
const join = v.strictObject({team: byKey({create: newTeam, id: existing}), channel: v.optional(byKey({create: newChannel, id: existing}))});

const everyone = v.strictObject({everyone: v.literal(true)});
const groups = v.strictObject({groups: v.pipe(v.array(groupId), v.minLength(1), v.maxLength(MAX_GROUPS))});
const when = v.strictObject({when: condition});

export const who = byKey({when, groups, everyone});

const byAttribute = v.strictObject({attribute: v.picklist(readableAttributes, ({received}) => `Unknown attribute: ${received}`)});
const byGroup = v.strictObject({groups_starting_with: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_PREFIX_LENGTH))});

/** One target for each value of an attribute, or for each group whose name begins with a prefix. */
const forEach = byKey({groups_starting_with: byGroup, attribute: byAttribute});

/** In the order of their power. */
export const membershipRoles = ['member', 'admin'] as const;
export type MembershipRole = typeof membershipRoles[number];

/** Whom the rule removes when the directory no longer says that they are members. */
export const removals = ['never', 'added_by_sync', 'everyone'] as const;
export type Removal = typeof removals[number];

const ruleParts = v.strictObject({

    /** What the sync remembers the rule by. */
    id: ruleId,

    /** Shown wherever the rule decided. */
    name: ruleName,
    enabled: v.optional(v.boolean(), true),

    /** The rule wants no user any more: those whom it added leave, after which it can be deleted. */
    ending: v.optional(v.boolean(), false),

    /** Among the users in scope. A rule for each group means that group's members unless it says otherwise. */
    who: v.optional(who),
    for_each: v.optional(forEach),
    join: v.pipe(v.array(join), v.minLength(1), v.maxLength(MAX_JOINS)),
    role: v.optional(v.picklist(membershipRoles), 'member'),
    removal: v.optional(v.picklist(removals), 'added_by_sync'),
});

export type MembershipRule = v.InferOutput<typeof ruleParts>;
export type JoinOfRule = MembershipRule['join'][number];

const rule = v.pipe(
    ruleParts,
    v.forward(v.check(saysWho, 'Expected "who": only a rule for each group has its users from the groups'), ['who']),
    v.forward(v.check(hasValueInName, `Expected ${VALUE} in the name of a team or channel that is created for each value`), ['join']),
    v.forward(v.check(hasNoStrayValue, `Expected "for_each", because a name contains ${VALUE}`), ['join']),
);

/** What happens to users who were members and are no longer, though not by the sync. */
export const rejoinChoices = ['respect', 'always'] as const;

/** What the members of a channel see of users who join. */
export const announcements = ['quiet', 'posts', 'digest'] as const;

/** Which teams and channels the directory puts users into. */
export const memberships = v.strictObject({
    rules: v.optional(v.pipe(v.array(rule), v.maxLength(MAX_RULES), v.check(hasOwnIds, 'Expected another ID for each rule')), []),
    rejoin: v.optional(v.picklist(rejoinChoices), 'respect'),
    announce: v.optional(v.picklist(announcements), 'quiet'),

    /** A membership ends after two full reads that are at least this many minutes apart. */
    min_minutes_between_reads: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1440)), 30),
});

export type MembershipsPolicy = v.InferOutput<typeof memberships>;

export function saysWho({who: users, for_each}: MembershipRule): boolean {
    return users !== undefined || (for_each !== undefined && 'groups_starting_with' in for_each);
}

/** With `for_each`, a target without a value in its name would be one for all values. Existing targets are named by their ID alone. */
export function hasValueInName(rule: MembershipRule): boolean {
    return rule.for_each === undefined || rule.join.every((each) => namesOf(each).some((template) => template.includes(VALUE)));
}

export function hasNoStrayValue(rule: MembershipRule): boolean {
    return rule.for_each !== undefined || !rule.join.flatMap(namesOf).some((template) => template.includes(VALUE));
}

/** The templates of the names of teams and channels that are created. */
function namesOf({team, channel}: JoinOfRule): string[] {
    return [team, channel].flatMap((place) => (place && 'create' in place ? [place.create.name] : []));
}

export function hasOwnIds<T extends {id: string}>(list: T[]): boolean {
    return new Set(list.map(({id}) => id)).size === list.length;
}
