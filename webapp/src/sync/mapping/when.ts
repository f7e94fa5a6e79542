import type {Mapping} from '../policy/mapping';
import type {UpdatableField} from '../types';

/** A field that updates write. */
export interface UpdatedField {
    field: UpdatableField;

    /** Only where the account has no value. */
    only_empty: boolean;

    /** Whether '' empties the field. Where it does not, '' means that there is nothing to write. */
    clears: boolean;
}

/** The fields, each with its `when` if the policy sets none. */
const UPDATABLE = [
    ['nickname', 'always'], ['first_name', 'always'], ['last_name', 'always'], ['position', 'always'], ['locale', 'on_create'], ['timezone', 'on_create'],
] as const;

const CHOICES: readonly UpdatableField[] = ['locale', 'timezone'];

/** The fields that an update writes under a mapping; only a new account gets the others. For addresses see `updatedAddresses`. */
export function updatedFields(mapping: Mapping): UpdatedField[] {
    return UPDATABLE.map(([field, byDefault]) => ({field, when: mapping[field]?.when ?? byDefault})).
        filter(({when}) => when !== 'on_create').
        map(({field, when}) => ({field, only_empty: when === 'when_empty', clears: !CHOICES.includes(field)}));
}

/** Whether the email address, the username, and the sign-in data of existing accounts follow the directory. */
export interface UpdatedAddresses {
    email: boolean;
    username: boolean;
    auth_data: boolean;
}

/** The addresses that an update writes: the guard counts these changes, so each is a change of its own. */
export function updatedAddresses({email, username, auth_data}: Mapping): UpdatedAddresses {
    return {email: (email?.when ?? 'always') === 'always', username: username?.when === 'always', auth_data: auth_data?.when === 'always'};
}
