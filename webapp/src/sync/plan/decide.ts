import type {Person} from '../mapping/person';
import type {UpdateRule} from '../mapping/when';
import type {AccountIndex} from '../match/account_index';
import {matchPerson, type Match} from '../match/match';
import type {MatchRules} from '../match/rules';
import type {MatchKey} from '../policy/accounts';
import type {Account, AccountField, FieldChange, Reason, ReasonParams} from '../types';

/** What a run would do about one person. An update without `fields` only links an account that is right already. */
export type Decision =
    | {action: 'unchanged'}
    | {action: 'create'; reason: Reason}
    | {action: 'update'; reason: Reason; account: Account; fields: FieldChange[]; params?: ReasonParams}
    | {action: 'skip' | 'conflict'; reason: Reason; account: Account | null; params?: ReasonParams};

/** What decides besides the person and the accounts. */
export interface DecisionRules extends MatchRules {

    /** Object ids that the directory gave twice with different contents. */
    duplicate_object_ids: ReadonlySet<string>;

    /** A run for one person found several: the same address is one's mail and another's principal name. */
    is_ambiguous: boolean;

    /** The fields that an update may write. */
    updates: readonly UpdateRule[];
}

const SET_ON_CREATION: readonly Exclude<AccountField, 'username'>[] = ['email', 'nickname', 'first_name', 'last_name', 'position', 'locale'];
const UNCHANGED: Decision = {action: 'unchanged'};
const REASON_OF_MATCH: Record<MatchKey, Reason> = {
    link: 'attributes_changed',
    auth_data: 'adopted_by_auth_data',
    email: 'adopted_by_email',
    other_mails: 'adopted_by_other_mails',
    username: 'adopted_by_username',
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
        return decideMatched(person, match, rules.updates);
    default: {
        const {kind, ...rest} = match;
        return {action: kind, ...rest};
    }
    }
}

function decideMatched(person: Person, {by, account, relinked_from}: Extract<Match, {kind: 'matched'}>, updates: readonly UpdateRule[]): Decision {
    if (by === 'link' && isUpToDate(person, account, updates)) {
        return UNCHANGED;
    }
    const fields = differences(person, account, updates);
    if (relinked_from !== undefined) {
        return {action: 'update', reason: 'relinked', account, fields, params: {other_object_id: relinked_from}};
    }
    return {action: 'update', reason: REASON_OF_MATCH[by], account, fields};
}

/** By index, as in other loops over everybody: goja makes objects for an arrow function and for each step of a for-of. */
function isUpToDate(person: Person, account: Account, updates: readonly UpdateRule[]): boolean {
    for (let at = 0; at < updates.length; at++) {
        if (differs(person, account, updates[at]!)) {
            return false;
        }
    }
    return true;
}

/** Whether an update would change the field. Attributes that were not read change nothing. */
function differs(person: Person, account: Account, rule: UpdateRule): boolean {
    const field = rule.field;
    const to = person[field];
    return to !== undefined && to !== account[field] && (!rule.only_empty || account[field] === '');
}

function differences(person: Person, account: Account, updates: readonly UpdateRule[]): FieldChange[] {
    return updates.filter((rule) => differs(person, account, rule)).
        map(({field}) => changeOf(person, field, account[field], person[field]!));
}

function changeOf(person: Person, field: AccountField, from: string, to: string): FieldChange {
    return person.shortened?.some((shortened) => shortened === field) ? {field, from, to, shortened: true} : {field, from, to};
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
            fields.push(changeOf(person, field, '', to));
        }
    }
    return fields;
}

function linkedAccount(person: Person, index: AccountIndex): Account | null {
    return index.by_link.get(person.object_id) ?? null;
}
