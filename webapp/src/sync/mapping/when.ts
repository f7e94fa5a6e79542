import type {Mapping} from '../policy/mapping';
import type {UpdatableField} from '../types';

/** A field that updates write. */
export interface UpdateRule {
    field: UpdatableField;

    /** Only where the account has nothing. */
    only_empty: boolean;
}

/** Whether the address and the name by which an account is known follow the directory. */
export interface AddressRules {
    email: boolean;
    username: boolean;
}

const UPDATABLE: readonly UpdatableField[] = ['nickname', 'first_name', 'last_name', 'position'];

/** What an update writes under a mapping; the other fields only a new account gets. */
export function updateRules(mapping: Mapping): UpdateRule[] {
    return UPDATABLE.map((field) => ({field, when: mapping[field]?.when ?? 'always'})).
        filter(({when}) => when !== 'on_create').
        map(({field, when}) => ({field, only_empty: when === 'when_empty'}));
}

/** Which of the two follow the directory: the e-mail address unless the policy says otherwise, the username only if it says so. */
export function addressRules(mapping: Mapping): AddressRules {
    const isKept = (when: string) => when === 'always';
    return {email: isKept(mapping.email?.when ?? 'always'), username: isKept(mapping.username?.when ?? 'on_create')};
}
