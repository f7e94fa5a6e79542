import type {Person} from '../mapping/person';
import type {AccountIndex} from '../match/account_index';
import {matchPerson, type Match, type MatchRules} from '../match/match';
import type {Account, AccountField, FieldChange, Reason, UpdatableField} from '../types';

/** What a run would do about one person. An update without `fields` only links an account that is right already. */
export type Decision =
    | {action: 'unchanged'}
    | {action: 'create'; reason: Reason}
    | {action: 'update'; reason: Reason; account: Account; fields: FieldChange[]}
    | {action: 'skip' | 'conflict'; reason: Reason; account: Account | null};

/** What decides besides the person and the accounts. */
export interface DecisionRules extends MatchRules {

    /** Object ids that the directory gave twice with different contents. */
    duplicate_object_ids: ReadonlySet<string>;

    /** A run for one person found several: the same address is one's mail and another's principal name. */
    is_ambiguous: boolean;
}

const UPDATABLE: readonly UpdatableField[] = ['nickname', 'first_name', 'last_name', 'position'];
const SET_ON_CREATION: readonly Exclude<AccountField, 'username'>[] = ['email', ...UPDATABLE, 'locale'];
const UNCHANGED: Decision = {action: 'unchanged'};
const REASON_OF_MATCH: Record<'link' | 'auth_data' | 'email', Reason> = {
    link: 'attributes_changed',
    auth_data: 'adopted_by_auth_data',
    email: 'adopted_by_email',
};

/** Decides about one person in scope. `index` holds the accounts that the person's keys point at. */
export function decide(person: Person, index: AccountIndex, rules: DecisionRules): Decision {
    if (person.object_id === '') {
        return {action: 'skip', reason: 'no_object_id', account: null};
    }
    if (rules.duplicate_object_ids.has(person.object_id)) {
        return {action: 'conflict', reason: 'duplicate_object_id', account: linkedAccount(person, index)};
    }
    if (!person.is_enabled) {
        return {action: 'skip', reason: 'disabled', account: linkedAccount(person, index)};
    }
    if (rules.is_ambiguous) {
        return {action: 'conflict', reason: 'duplicate_email', account: linkedAccount(person, index)};
    }
    const match = matchPerson(person, index, rules);
    switch (match.kind) {
    case 'none':
        return person.email_fault === '' ? {action: 'create', reason: 'new_person'} : {action: 'skip', reason: person.email_fault, account: null};
    case 'matched':
        return decideMatched(person, match);
    default:
        return {action: match.kind, reason: match.reason, account: match.account};
    }
}

function decideMatched(person: Person, {by, account}: Extract<Match, {kind: 'matched'}>): Decision {
    if (by === 'link' && isUpToDate(person, account)) {
        return UNCHANGED;
    }
    return {action: 'update', reason: REASON_OF_MATCH[by], account, fields: differences(person, account)};
}

/** By index, as in other loops over everybody: goja makes objects for an arrow function and for each step of a for-of. */
function isUpToDate(person: Person, account: Account): boolean {
    for (let at = 0; at < UPDATABLE.length; at++) {
        if (differs(person, account, UPDATABLE[at]!)) {
            return false;
        }
    }
    return true;
}

/** Whether an update would change the field. Attributes that were not read change nothing. */
function differs(person: Person, account: Account, field: UpdatableField): boolean {
    const to = person[field];
    return to !== undefined && to !== account[field];
}

function differences(person: Person, account: Account): FieldChange[] {
    return UPDATABLE.filter((field) => differs(person, account, field)).map((field) => ({field, from: account[field], to: person[field]!}));
}

/** The fields of a new account, those that are not empty. */
export function fieldsOfNew(person: Person, username: string): FieldChange[] {
    const fields: FieldChange[] = [];
    if (username !== '') {
        fields.push({field: 'username', from: '', to: username});
    }
    for (let at = 0; at < SET_ON_CREATION.length; at++) {
        const field = SET_ON_CREATION[at]!;
        const to = person[field];
        if (to) {
            fields.push({field, from: '', to});
        }
    }
    return fields;
}

function linkedAccount(person: Person, index: AccountIndex): Account | null {
    return index.by_link.get(person.object_id) ?? null;
}
