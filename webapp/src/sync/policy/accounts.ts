import * as v from 'valibot';

import {signInServices, systemRoles} from '../lists';

import {hasOwnIds, ruleId, ruleName, who} from './memberships';

/** How new accounts sign in. Existing accounts of another method are reported, never changed. */
const signIn = v.variant('method', [
    v.strictObject({method: v.literal('random_password')}),
    v.strictObject({method: v.literal('initial_password')}),
    v.strictObject({
        method: v.literal('single_sign_on'),
        service: v.picklist(signInServices),
    }),
]);

/** What may find a user's existing account; see match/. */
export const matchKeys = ['link', 'auth_data', 'email', 'other_mails', 'username'] as const;
export type MatchKey = typeof matchKeys[number];

/** A key that finds an existing account for a user without a link: the sync adopts it. */
export type AdoptingKey = Exclude<MatchKey, 'link'>;

/** The link is the sync's own earlier decision: without it, or after other keys, accounts would change owners. */
export function isLinkFirst(keys: MatchKey[]): boolean {
    return keys[0] === 'link';
}

const matching = v.pipe(
    v.array(v.picklist(matchKeys)),
    v.check(isLinkFirst, 'Invalid list: Expected "link" to come first'),
    v.check((keys) => new Set(keys).size === keys.length, 'Invalid list: Expected each key once'),
);

/** What can happen to the account of a user who was deleted and created again. */
export const recreatedChoices = ['conflict', 'relink'] as const;
export type Recreated = typeof recreatedChoices[number];

/** `hold`: an administrator approves each such account, and its sessions and password end. `link`: the address or name is trusted. */
export const unverifiedChoices = ['hold', 'link'] as const;
export type Unverified = typeof unverifiedChoices[number];

/** The existing accounts that the sync may adopt. */
const adopt = v.strictObject({
    enabled: v.optional(v.boolean(), true),

    /** By email only if Mattermost has verified the account's address. */
    verified_email_only: v.optional(v.boolean(), false),

    /** What happens to an account that only a username or an unverified email address points at. */
    unverified: v.optional(v.picklist(unverifiedChoices), 'hold'),
});

/** A system role for users in scope. */
const roleRule = v.strictObject({
    id: ruleId,
    name: ruleName,
    enabled: v.optional(v.boolean(), true),
    who,
    role: v.picklist(systemRoles),
});

const MAX_ROLE_RULES = 20;
const MAX_RESERVED = 1000;

/** Mattermost's limit of a username, in characters. */
const MAX_USERNAME = 64;

export const accounts = v.strictObject({
    sign_in: v.optional(signIn, {method: 'random_password'}),
    matching: v.optional(matching, ['link', 'auth_data', 'email']),
    adopt: v.optional(adopt, {}),

    /** What happens to the account of a user who was deleted and created again, with another object id. */
    recreated: v.optional(v.picklist(recreatedChoices), 'conflict'),

    /** Which users have system roles. Each role that a run would give needs an approval of its own. */
    roles: v.optional(v.pipe(v.array(roleRule), v.maxLength(MAX_ROLE_RULES), v.check(hasOwnIds, 'Expected another ID for each rule')), []),

    /** Usernames that no account gets from the sync, besides those of Mattermost and usual bots. An account that has one keeps it. */
    reserved_usernames: v.optional(v.pipe(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_USERNAME))), v.maxLength(MAX_RESERVED)), []),
});

export type RoleRule = v.InferOutput<typeof roleRule>;
export type AccountsPolicy = v.InferOutput<typeof accounts>;
