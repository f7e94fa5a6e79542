import * as v from 'valibot';

import {condition, depthOf, groupId, groupsIn, sizeOf} from './condition';

/** Limits of the document itself, so that no policy is too much for a run. */
const MAX_ENTRIES = 1000;
const MAX_PEOPLE = 10_000;
const MAX_NAME_LENGTH = 128;
const MAX_ADDRESS_LENGTH = 320;
const MAX_RULES = 200;
const MAX_DEPTH = 5;
const MAX_CONDITIONS = 2000;

/** In each list, and in all rules together: a run reads the members of every one. */
const MAX_GROUPS = 100;

// Regular expressions stand outside of functions: goja makes a new one each time it comes by.
const ADDRESS = /^[^\s@]+@[^\s@]+$/;
const DOMAIN = /^@?[^\s@]+$/;
const OBJECT_ID = /^[A-Za-z0-9._-]{1,64}$/;
const PERSON = /^[^\s]+$/;

const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_NAME_LENGTH));

/** A list of at most `max` texts of the form `form`. */
function entries(form: RegExp, kind: string, max = MAX_ENTRIES) {
    const entry = v.pipe(v.string(), v.trim(), v.maxLength(MAX_ADDRESS_LENGTH), v.regex(form, ({received}) => `Invalid ${kind}: ${received}`));
    return v.optional(v.pipe(v.array(entry), v.maxLength(max)), []);
}

export const effects = ['allow', 'deny'] as const;
export type Effect = typeof effects[number];

/** Who is meant, one list for each way of saying it; a person is meant by any one entry. scope/lists.ts says how they are compared. */
const lists = v.strictObject({
    display_name_contains: v.optional(v.pipe(v.array(name), v.maxLength(MAX_ENTRIES)), []),
    user_principal_name: entries(ADDRESS, 'user principal name'),
    email: entries(ADDRESS, 'e-mail address'),
    email_domain: entries(DOMAIN, 'domain'),
    object_id: entries(OBJECT_ID, 'object id'),

    /** A list as people keep it: each entry an e-mail address, a user principal name or an object id. */
    people: entries(PERSON, 'e-mail address, user principal name or object id', MAX_PEOPLE),

    /** The members of these groups, and those of groups within them. */
    groups: v.optional(v.pipe(v.array(groupId), v.maxLength(MAX_GROUPS)), []),
});

const rule = v.strictObject({

    /** Named wherever the rule decided. */
    name,
    effect: v.picklist(effects),
    enabled: v.optional(v.boolean(), true),
    when: v.pipe(condition, v.check((when) => depthOf(when) <= MAX_DEPTH, `Invalid depth: Expected at most ${MAX_DEPTH} conditions within each other`)),
});

const rules = v.pipe(
    v.array(rule),
    v.maxLength(MAX_RULES),
    v.check(
        (list) => list.reduce((size, {when}) => size + sizeOf(when), 0) <= MAX_CONDITIONS,
        `Invalid size: Expected at most ${MAX_CONDITIONS} conditions in all rules`,
    ),
    v.check(
        (list) => new Set(list.flatMap(({when}) => groupsIn(when, '')).map(({group}) => group.toLowerCase())).size <= MAX_GROUPS,
        `Invalid size: Expected at most ${MAX_GROUPS} groups in all rules`,
    ),
);

/** Who is synced. What denies wins over what allows; scope/judge.ts has the order. */
export const scope = v.strictObject({
    allow: v.optional(lists, {}),
    deny: v.optional(lists, {}),
    rules: v.optional(rules, []),

    /** Everybody in the directory whom nothing denies. An explicit choice: nothing allowed means nobody. */
    everyone: v.optional(v.boolean(), false),

    /** Guests are left out unless this is set; then the rules decide about them as about members. */
    guests: v.optional(v.boolean(), false),
});

/** The ways of naming users, in the order in which they are asked. */
export const listKinds = Object.keys(lists.entries) as ReadonlyArray<keyof Lists>;
export type Lists = v.InferOutput<typeof lists>;
export type ScopeRule = v.InferOutput<typeof rule>;
