import type {AttributeValue, FieldChange} from '../types';

import type {Decision} from './decision';

type Update = Extract<Decision, {action: 'update' | 'reactivate'}>;

/**
 * Splits an update: fields that the directory has no value for any more are a change of their own, because the guard counts it. A read
 * with too few permissions has no values either.
 */
export function splitEmptied<T extends Update>(decision: T): {rest: T; emptied: Update | null} {
    const fields = decision.fields.filter(isEmptied);
    if (fields.length === 0) {
        return {rest: decision, emptied: null};
    }
    const attributes = decision.attributes?.filter(({value}) => value === '') ?? [];
    return {
        rest: {...decision, fields: decision.fields.filter((field) => !isEmptied(field)), ...withAttributes(decision.attributes?.filter(({value}) => value !== ''))},
        emptied: {action: 'update', reason: 'fields_emptied', account: decision.account, fields, addresses: [], attributes, ...(decision.approval && {approval: decision.approval})},
    };
}

function isEmptied({from, to}: FieldChange): boolean {
    return from !== '' && to === '';
}

function withAttributes(attributes: AttributeValue[] | undefined): {attributes?: AttributeValue[]} {
    return attributes ? {attributes} : {};
}
