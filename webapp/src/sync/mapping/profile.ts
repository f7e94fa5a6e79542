import type {Fault} from '../errors';
import type {Mapping, When} from '../policy/mapping';
import type {AttributeField, AttributeValue, FieldChange, StoredAttribute} from '../types';

import {faultOfEmail, normalizeEmail} from './email';
import type {Person} from './person';

/** A user attribute of the policy that the server has. */
interface Target {

    /** Its index among the policy's attributes, and so in `Person.attributes`. */
    at: number;
    field: AttributeField;
    when: When;
}

/** The user attributes (custom profile attributes) that the sync fills on this server. */
export interface Profile {
    targets: readonly Target[];

    /** A warning that names the attributes of the policy that cannot be filled; null when all can. */
    fault: Fault | null;
}

/** The attribute values to write for one account, and the same for the history. */
export interface ProfileChanges {
    fields: FieldChange[];
    values: AttributeValue[];
}

const ADDRESS_OF_PAGE = /^https?:\/\/[^\s]+$/i;

/** Matches the policy's attributes with those that the server has. The sync never creates one: administrators decide which ones exist. */
export function profileOf({attributes = {}}: Mapping, fields: readonly AttributeField[]): Profile {
    const targets: Target[] = [];
    const unusable: string[] = [];
    Object.entries(attributes).forEach(([name, {when}], at) => {
        const field = fields.find((known) => known.name === name);
        if (field && field.type === 'text' && !field.is_synced) {
            targets.push({at, field, when});
        } else {
            unusable.push(name);
        }
    });
    return {targets, fault: unusable.length > 0 ? {code: 'attributes_unusable', params: {names: unusable.join(', ')}} : null};
}

/** What an update of the account writes; `stored` are the account's current values. */
export function profileDifferences(person: Person, {targets}: Profile, stored: readonly StoredAttribute[]): ProfileChanges {
    return changesOf(person, targets.filter(({when}) => when !== 'on_create'), ({when, field}, to) => {
        const from = stored.find(({field_id}) => field_id === field.id)?.value ?? '';
        return to === from || !suits(field, to) || (when === 'when_empty' && from !== '') ? null : from;
    });
}

/** What a new account gets. A value that its attribute does not accept is reported, and not written. */
export function profileOfNew(person: Person, {targets}: Profile): ProfileChanges {
    return changesOf(person, targets, (_, to) => (to === '' ? null : ''));
}

/** `before` is the current value of an attribute that changes, else null. */
function changesOf(person: Person, targets: readonly Target[], before: (target: Target, to: string) => string | null): ProfileChanges {
    const changes: ProfileChanges = {fields: [], values: []};
    for (const target of targets) {
        const to = person.attributes?.[target.at] ?? null;
        const from = to === null ? null : before(target, to);
        if (to === null || from === null) {
            continue;
        }
        const {id, group_id, name} = target.field;
        if (!suits(target.field, to)) {
            changes.fields.push({field: 'attribute', name, from, to: from, refused: to});
            continue;
        }
        changes.fields.push({field: 'attribute', name, from, to, ...(person.shortened?.includes(target.at) ? {shortened: true} : {})});
        changes.values.push({group_id, field_id: id, value: to});
    }
    return changes;
}

/** Whether the attribute accepts the text. Profiles show attributes of these kinds as links, so they must be valid. */
function suits({value_type}: AttributeField, text: string): boolean {
    switch (value_type) {
    case 'email':
        return text === '' || faultOfEmail(normalizeEmail(text)) === '';
    case 'url':
        return text === '' || ADDRESS_OF_PAGE.test(text);
    default:
        return true;
    }
}
