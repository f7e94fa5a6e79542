import type {AccountsPolicy, AdoptingKey} from '../policy/accounts';
import type {Account} from '../types';

/**
 * Whether the address of the account is proven: Mattermost has verified it, or a sign-in service names it and the user cannot change it.
 * Mattermost marks the addresses of such accounts as verified only when it writes them next.
 */
export function isEmailProven({email_verified, auth_service}: Pick<Account, 'email_verified' | 'auth_service'>): boolean {
    return email_verified || auth_service !== '';
}

/** Why the policy links the account, which no link knows, to no user that `by` found it for; null if it may. */
export function reasonAgainstAdoption(account: Account, by: AdoptingKey, adopt: AccountsPolicy['adopt']): 'adoption_off' | 'email_not_verified' | null {
    if (account.linked_object_id === '' && !adopt.enabled) {
        return 'adoption_off';
    }
    return adopt.verified_email_only && (by === 'email' || by === 'other_mails') && !isEmailProven(account) ? 'email_not_verified' : null;
}
