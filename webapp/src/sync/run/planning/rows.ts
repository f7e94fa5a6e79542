import {paramsOfApproval, type OwnApproval} from '../../approval/line_hold';
import type {Person} from '../../mapping/person';
import {fieldsOfNew} from '../../plan/decide';
import type {AddressChange} from '../../plan/decision';
import type {KeyField} from '../../plan/moves';
import type {DecidingEntry} from '../../scope/verdict';
import type {Account, Change, FieldChange, Reason, ReasonParams} from '../../types';

import type {LineDecision} from './draft';

/*
 * Lines of the history. They get their `seq` when they get into the plan.
 */

/** The history's line about a user in the directory. */
export function rowOfPerson(person: Person, decision: LineDecision, username: string, rule: DecidingEntry | undefined): Change {
    return {
        seq: 0,
        object_id: person.object_id,
        account_id: decision.action === 'create' ? '' : decision.account?.id ?? '',
        email: person.email,
        username,
        display_name: person.display_name,
        action: decision.action,
        status: 'planned',
        reason: decision.reason,
        reason_params: paramsOf(rule, paramsOfDecision(decision)),
        fields: fieldsOfDecision(person, decision, username),
        error: null,
    };
}

const REASON_OF_MOVE: Record<KeyField, Reason> = {email: 'email_changed', username: 'username_changed', auth_data: 'auth_data_changed'};

/** The history's line about an email address, a username, or sign-in data that changes. */
export function rowOfAddress(person: Person, account: Account, {field, to, approval}: AddressChange, rule: DecidingEntry | undefined): Change {
    return {
        seq: 0,
        object_id: person.object_id,
        account_id: account.id,
        email: person.email,
        username: account.username,
        display_name: person.display_name,
        status: 'planned',
        error: null,
        action: 'update',
        reason: REASON_OF_MOVE[field],
        reason_params: paramsOf(rule, paramsOfApproval(approval)),
        fields: [{field, from: account[field], to}],
    };
}

/** The history's line about an account that loses its address, because the directory has given it to the user `object_id`. */
export function rowOfRelease(account: Account, to: string, object_id: string, approval: OwnApproval | undefined): Change {
    return {
        ...rowOfAccount(account.linked_object_id, account),
        action: 'update',
        reason: 'address_released',
        reason_params: {other_object_id: object_id, ...paramsOfApproval(approval)},
        fields: [{field: 'email', from: account.email, to}],
    };
}

/** The line about an address that stays with `holder`. */
export function asConflict(row: Change, holder: Account): Change {
    const reason_params = {...row.reason_params, other_account_id: holder.id, other_username: holder.username};
    return {...row, action: 'conflict', reason: row.reason === 'auth_data_changed' ? 'auth_data_taken' : 'address_taken', reason_params};
}

/** The line about a value that is given to neither of two users who have it. */
export function asShared(row: Change, other_object_id: string): Change {
    const reason = row.reason === 'auth_data_changed' ? 'duplicate_auth_data' : 'duplicate_email';
    return {...row, action: 'conflict', reason, reason_params: {...row.reason_params, other_object_id}};
}

/** The history's line about a linked account whose user is out of scope or gone: the account says who it was. */
export function rowOfLeaver(object_id: string, account: Account, decision: LineDecision, rule: DecidingEntry | undefined): Change {
    return {
        ...rowOfAccount(object_id, account),
        action: decision.action,
        reason: decision.reason,
        reason_params: paramsOf(rule, paramsOfDecision(decision)),
        fields: [],
    };
}

function rowOfAccount(object_id: string, {id, email, username, nickname, first_name, last_name}: Account) {
    const display_name = nickname || `${first_name} ${last_name}`.trim() || username;
    return {seq: 0, object_id, account_id: id, email, username, display_name, status: 'planned' as const, error: null};
}

function fieldsOfDecision(person: Person, decision: LineDecision, username: string): FieldChange[] {
    return decision.action === 'create' ? fieldsOfNew(person, username) : 'fields' in decision ? decision.fields : [];
}

function paramsOfDecision(decision: LineDecision): ReasonParams | undefined {
    const params = 'params' in decision ? decision.params : undefined;
    const approval = paramsOfApproval('approval' in decision ? decision.approval : undefined);
    return params || approval ? {...params, ...approval} : undefined;
}

/** That all users are in scope says nothing about one of them, so no line mentions it. */
function paramsOf(rule: DecidingEntry | undefined, params: ReasonParams | undefined): ReasonParams | null {
    const ruleParams = rule && rule.kind !== 'everyone' ? {rule_kind: rule.kind, rule_value: rule.value, rule_path: rule.path} : undefined;
    return ruleParams || params ? {...ruleParams, ...params} : null;
}
