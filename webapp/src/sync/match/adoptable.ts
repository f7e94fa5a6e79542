import type {AccountsPolicy, AdoptingKey} from '../policy/accounts';
import type {Account} from '../types';

/** Why the policy links the account, which no link knows, to no user that `by` found it for; null if it may. */
export function reasonAgainstAdoption({linked_object_id, email_verified}: Account, by: AdoptingKey, adopt: AccountsPolicy['adopt']): 'adoption_off' | 'email_not_verified' | null {
    if (linked_object_id === '' && !adopt.enabled) {
        return 'adoption_off';
    }
    return adopt.verified_email_only && (by === 'email' || by === 'other_mails') && !email_verified ? 'email_not_verified' : null;
}
