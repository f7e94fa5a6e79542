import {mapperFor} from '../sync/match/other_emails';
import {authDataOf, type Person} from '../sync/mapping/person';
import {wantedUsername} from '../sync/plan/decide';
import {selectableOf} from '../sync/policy/attributes';
import type {FieldRule} from '../sync/policy/mapping';
import {parsePolicy} from '../sync/policy/parse';
import type {Policy} from '../sync/policy/policy';
import {attributesOfSource} from '../sync/policy/source';
import {preview} from '../sync/run/preview';
import {SyncError} from '../sync/errors';
import {isDoing, updatableFields, type AccountField, type UpdatableField} from '../sync/lists';
import type {Account, Action, Change, DirectoryUser, FieldChange, Reason, ReasonParams} from '../sync/types';

import {directory} from './directory';
import {serverAnswersAt} from './server_answers';
import {personPorts, type Overheard} from './person_ports';

/** A field of an account that the mapping makes. */
type MappedFieldName = AccountField | 'attribute';

/** The result of the policy for one field of one user. */
export interface MappedField {
    field: MappedFieldName;

    /** The attribute's name, when `field` is `attribute`. */
    name?: string;

    /** What the account has; null if there is no account, or nothing is known about it. */
    now: string | null;

    /** What the directory's attributes become under the policy; null where none of them was read. */
    made: string | null;

    /** What the account will have. */
    after: string | null;

    /** Whether a run writes the field. */
    is_written: boolean;

    /** Mattermost takes less than the directory has. */
    is_shortened: boolean;

    /** What the directory has and Mattermost does not take, or ''. */
    refused: string;

    /** Why the user gets no account with this value, or ''. */
    fault: Reason | '';
}

interface MappingQuestion {

    /** The policy on the screen; the scope does not matter. */
    document: object;
    object_id: string;

    /** Another one than before when what the server knows may have changed. */
    revision: string;
}

export interface MappedPerson {

    /** What a run would do for the user, if the policy allowed it; null if the directory no longer has the user. */
    decision: {action: Action; reason: Reason; params: ReasonParams | null} | null;

    /** The username of the user's account, or '' if there is none. */
    username: string;
    fields: MappedField[];

    /** Attributes that the mapping names and the newest read has not asked for, so that nothing is known of them yet. */
    unread: string[];
}

/**
 * The result of a policy for one user, in scope or not: a preview for this user only, by the code that the server
 * runs, over the newest read of the directory.
 */
export async function mapPerson({document, object_id, revision}: MappingQuestion): Promise<MappedPerson> {
    serverAnswersAt(revision);
    const allowing = {...document, scope: {everyone: true, guests: true}, memberships: {}};
    const {policy, faults} = parsePolicy(allowing);
    if (!policy) {
        throw new SyncError(faults[0]!);
    }
    const {users} = await directory();
    const user = users.find(({id}) => id === object_id);
    if (!user) {
        return {decision: null, username: '', fields: [], unread: []};
    }
    const {ports, overheard} = personPorts(user, users);
    const {error} = await preview({user: object_id, policy: JSON.stringify(allowing)}, ports);
    if (error && error.code !== 'attributes_unusable') {
        throw new SyncError(error);
    }
    return mapped(user, policy, overheard);
}

function mapped(user: DirectoryUser, policy: Policy, overheard: Overheard): MappedPerson {
    const person = mapperFor(policy)(user);
    const [first] = overheard.changes;
    const account = overheard.accounts.find(({id}) => id === first?.account_id) ?? null;
    const {attributes = {}, ...rules} = policy.mapping;
    const fields = [...accountFields(person, policy, account, overheard.changes), ...attributesOf(person, policy, account, overheard)];
    return {
        decision: first ? {action: first.action, reason: first.reason, params: first.reason_params ?? null} : null,
        username: account?.username ?? '',
        fields: fields.map((field) => {
            const rule = field.field === 'attribute' ? attributes[field.name!] : rules[field.field];
            return field.made === '' && unreadOf(user, rule ? [rule] : []).length > 0 ? {...field, made: null} : field;
        }),
        unread: unreadOf(user, [...Object.values(rules), ...Object.values(attributes)]),
    };
}

/** A field that nothing else is known of than what it is and becomes. */
function plain(field: MappedFieldName, now: string | null, made: string | null): MappedField {
    return {field, now, made, after: now, is_written: false, is_shortened: false, refused: '', fault: ''};
}

function accountFields(person: Person, policy: Policy, account: Account | null, changes: Change[]): MappedField[] {
    const planned = changes.flatMap(({action, fields}) => (isDoing(action) ? fields : []));
    const hasName = person.username_letters !== undefined || person.email_fault === '';
    const fields = [
        plain('username', account?.username ?? null, hasName ? wantedUsername(person) : ''),
        {...plain('email', account?.email ?? null, person.email), fault: person.email_fault},
        ...updatableFields.map((field) => ({
            ...plain(field, account?.[field] ?? null, isLeftAlone(field, policy) ? account?.[field] ?? '' : person[field] ?? null),
            is_shortened: person.shortened?.some((shortened) => shortened === field) ?? false,
            refused: (field === 'locale' || field === 'timezone') ? person.refused?.[field] ?? '' : '',
        })),
    ];
    return [...fields.map((field) => withPlan(field, planned.find((change) => change.field === field.field))), authData(person, policy, account, changes)];
}

/** A time zone comes from nowhere unless the policy says from where. */
function isLeftAlone(field: UpdatableField, {mapping}: Policy): boolean {
    return field === 'timezone' && !mapping.timezone;
}

/** Only a new account gets a sign-in method, and only for single sign-on; what identifies its user there can follow the directory. */
function authData(person: Person, {accounts: {sign_in}}: Policy, account: Account | null, changes: Change[]): MappedField {
    const made = person.auth_data_fault ? '' : authDataOf(person);
    const field = {...plain('auth_data', account?.auth_data ?? null, made), fault: person.auth_data_fault ?? ''} as MappedField;
    const isWritten = sign_in.method === 'single_sign_on' && changes.some(({action}) => action === 'create');
    if (isWritten) {
        return {...field, after: made, is_written: true};
    }
    return withPlan(field, changes.flatMap(({action, fields}) => (isDoing(action) ? fields : [])).find((change) => change.field === 'auth_data'));
}

/** Attributes that the server does not have, or fills itself, are left out: nothing can be written there. */
function attributesOf(person: Person, {mapping}: Policy, account: Account | null, {fields, values, changes}: Overheard): MappedField[] {
    const planned = changes.flatMap((change) => change.fields);
    return Object.keys(mapping.attributes ?? {}).flatMap((name, at) => {
        const known = fields.find((field) => field.name === name);
        if (!known || known.type !== 'text' || known.is_synced) {
            return [];
        }
        const stored = values.find(({account_id, field_id}) => account_id === account?.id && field_id === known.id);
        const field: MappedField = {
            ...plain('attribute', account ? stored?.value ?? '' : null, person.attributes?.[at] ?? null),
            name,
            is_shortened: person.shortened?.includes(at) ?? false,
        };
        return [withPlan(field, planned.find((change) => change.field === 'attribute' && change.name === name))];
    });
}

function withPlan(field: MappedField, change: FieldChange | undefined): MappedField {
    if (!change) {
        return field;
    }
    return change.refused === undefined ?
        {...field, after: change.to, is_written: true, is_shortened: field.is_shortened || change.shortened === true} :
        {...field, refused: change.refused};
}

/** The attributes that the rules use and that were not read for any user. */
function unreadOf(user: DirectoryUser, rules: Array<FieldRule | undefined>): string[] {
    return [...new Set(rules.flatMap((rule) => rule?.sources ?? []).flatMap(attributesOfSource))].filter((attribute) => !(selectableOf(attribute) in user));
}
