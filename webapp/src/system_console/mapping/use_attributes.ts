import {useCallback} from 'react';

import {lookUp} from '../../client';
import type {AttributeField} from '../../sync/types';
import {useAnswer} from '../widgets/use_answer';

/** The names of the user attributes that the sync could fill on this server; null while they are not known. */
export function useUsableAttributes(): string[] | null {
    const load = useCallback((signal: AbortSignal) => lookUp('accounts.attribute_fields', {}, signal), []);
    const {answer} = useAnswer(load, '');
    const fields = answer && Array.isArray(answer.fields) ? answer.fields as AttributeField[] : null;
    return fields && fields.filter(({type, is_synced}) => type === 'text' && !is_synced).map(({name}) => name);
}
