import type {AccountsPolicy} from '../policy/accounts';
import type {Account, Reason, ServerRules} from '../types';

import {refusesAddress} from './domains';
import {isGuestAccount} from './guest_account';
import {isSignInOff} from './sign_in';

/** The roles of an account that the sync creates. */
const NEW_ACCOUNT = 'system_user';

/**
 * A plan promises only what the server takes: the one place that decides what it would refuse, or accept though no user could sign in.
 * The number of seats depends on the whole plan (run/planning/user_limit.ts).
 */
export interface Refusals {

    /** Why no new account gets this address, or null. */
    ofNew(email: string): Reason | null;

    /** Why the account of a user who came back stays deactivated, or null. */
    ofReturned(account: Account): Reason | null;

    /** Whether the account cannot get the address. */
    refusesEmail(account: Account, email: string): boolean;
}

/** The refusals of a server under a policy. */
export function refusalsOf({sign_in}: Pick<AccountsPolicy, 'sign_in'>, rules: ServerRules): Refusals {
    const isOff = isSignInOff(sign_in, rules);
    const auth_service = sign_in.method === 'single_sign_on' ? sign_in.service : '';
    return {
        ofNew: (email) => {
            if (isOff) {
                return 'sign_in_unavailable';
            }
            return refusesAddress(email, {auth_service, roles: NEW_ACCOUNT}, rules) ? 'email_domain_refused' : null;
        },
        ofReturned: (account) => (isOff || (isGuestAccount(account) && !rules.has_guests) ? 'sign_in_unavailable' : null),
        refusesEmail: (account, email) => refusesAddress(email, account, rules),
    };
}
