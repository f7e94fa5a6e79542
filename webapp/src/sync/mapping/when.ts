import type {Mapping} from '../policy/mapping';
import type {UpdatableField} from '../types';

/** A field that updates write. */
export interface UpdateRule {
    field: UpdatableField;

    /** Only where the account has nothing. */
    only_empty: boolean;

    /** Whether '' empties the field. Where it does not, '' says that there is nothing to write. */
    clears: boolean;
}

/** The fields, with what their rule says of `when` where the policy has none. */
const UPDATABLE = [
    ['nickname', 'always'], ['first_name', 'always'], ['last_name', 'always'], ['position', 'always'], ['locale', 'on_create'], ['timezone', 'on_create'],
] as const;

const CHOICES: readonly UpdatableField[] = ['locale', 'timezone'];

/** What an update writes under a mapping; the other fields only a new account gets. Changes of address are planned apart: `addressRules`. */
export function updateRules(mapping: Mapping): UpdateRule[] {
    return UPDATABLE.map(([field, byDefault]) => ({field, when: mapping[field]?.when ?? byDefault})).
        filter(({when}) => when !== 'on_create').
        map(({field, when}) => ({field, only_empty: when === 'when_empty', clears: !CHOICES.includes(field)}));
}

/** Whether the e-mail address and the username of existing accounts follow the directory. */
export interface AddressRules {
    email: boolean;
    username: boolean;
}

/** The changes that the guard counts, and which are therefore planned as changes of their own. */
export function addressRules({email, username}: Mapping): AddressRules {
    return {email: (email?.when ?? 'always') === 'always', username: username?.when === 'always'};
}
