import type {AccountsPolicy, MatchKey} from '../policy/accounts';
import type {ReasonParams, SignInService} from '../types';

import type {Claims} from './claims';

/** What decides about a match besides the user and the accounts. */
export interface MatchCriteria {

    /** '' when new accounts sign in with a password. */
    auth_service: SignInService | '';

    /** The keys that may find a user's account, in the order in which they decide; `link` is the first. */
    matching: readonly MatchKey[];
    adopt: AccountsPolicy['adopt'];
    recreated: AccountsPolicy['recreated'];

    /** Usernames that the policy reserves, in lower case: such a name finds no account, as no user gets it. */
    reserved_usernames: ReadonlySet<string>;

    /** The keys of all users who are enabled and in scope. */
    claims: Claims;

    /** Whether the directory has the object id, in scope or not; always true if only a part of the directory was read. */
    is_known(object_id: string): boolean;
}

/** The criteria of a policy. */
export function matchCriteria({sign_in, matching, adopt, recreated, reserved_usernames: names}: AccountsPolicy, claims: Claims, is_known: MatchCriteria['is_known']): MatchCriteria {
    const reserved_usernames = new Set(names.map((name) => name.replace(/^@/, '').toLowerCase()));
    return {auth_service: sign_in.method === 'single_sign_on' ? sign_in.service : '', matching, adopt, recreated, reserved_usernames, claims, is_known};
}

/** The directory user or the account that a conflict is with. */
export type ConflictsWith = ReasonParams & ({other_object_id: string} | {other_account_id: string; other_username: string});
