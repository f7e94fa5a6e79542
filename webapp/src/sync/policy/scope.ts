import * as v from 'valibot';

import {condition, depthOf, groupId, groupsIn, sizeOf} from './condition';

/** Limits of the document, so that no policy is too large for a run. */
const MAX_ENTRIES = 1000;
const MAX_PEOPLE = 10_000;
const MAX_NAME_LENGTH = 128;
const MAX_ADDRESS_LENGTH = 320;
const MAX_RULES = 200;
const MAX_DEPTH = 5;
const MAX_CONDITIONS = 2000;

/** In each list, and in all rules together: a run reads the members of every one. */
const MAX_GROUPS = 100;

// Regular expressions are outside of functions: inside, goja would make a new one for each call.
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

const effects = ['allow', 'deny'] as const;
export type Effect = typeof effects[number];

/** The lists of users, one for each kind of entry. One entry that fits a user is enough. scope/lists.ts says how they are compared. */
const lists = v.strictObject({
    display_name_contains: v.optional(v.pipe(v.array(name), v.maxLength(MAX_ENTRIES)), []),
    user_principal_name: entries(ADDRESS, 'user principal name'),
    email: entries(ADDRESS, 'email address'),
    email_domain: entries(DOMAIN, 'domain'),
    object_id: entries(OBJECT_ID, 'object id'),

    /** A list of users: each entry is an email address, a user principal name or an object id. */
    people: entries(PERSON, 'email address, user principal name or object id', MAX_PEOPLE),

    /** The members of these groups, and those of groups within them. */
    groups: v.optional(v.pipe(v.array(groupId), v.maxLength(MAX_GROUPS)), []),
});

const rule = v.strictObject({

    /** Shown wherever the rule decided. */
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

    /** All users of the directory except denied ones. An explicit choice: without it and without allow entries no user is in scope. */
    everyone: v.optional(v.boolean(), false),

    /** Guests are out of scope unless this is set; then the rules decide about them as about members. */
    guests: v.optional(v.boolean(), false),

    /** Accounts of synchronization and Exchange get no Mattermost account unless this is set; those that have one keep it. */
    service_accounts: v.optional(v.boolean(), false),
});

/** The ways of naming users, in the order in which they are asked. */
export const listKinds = Object.keys(lists.entries) as ReadonlyArray<keyof Lists>;
export type Lists = v.InferOutput<typeof lists>;
export type ScopeRule = v.InferOutput<typeof rule>;
