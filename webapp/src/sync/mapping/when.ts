import type {Mapping} from '../policy/mapping';
import type {UpdatableField} from '../types';

/** A field that updates write. */
export interface UpdateRule {
    field: UpdatableField;

    /** Only where the account has nothing. */
    only_empty: boolean;
}

const UPDATABLE: readonly UpdatableField[] = ['nickname', 'first_name', 'last_name', 'position'];

/** What an update writes under a mapping; the other fields only a new account gets. */
export function updateRules(mapping: Mapping): UpdateRule[] {
    return UPDATABLE.map((field) => ({field, when: mapping[field]?.when ?? 'always'})).
        filter(({when}) => when !== 'on_create').
        map(({field, when}) => ({field, only_empty: when === 'when_empty'}));
}
