import type {OwnApproval} from '../approval/line_hold';
import {ownApproval} from '../approval/own_approval';
import {decideLeaver, type LeaverDecision} from '../lifecycle/leaver';
import type {ChoiceField, Person} from '../mapping/person';
import {isUsernameCut, MAX_USERNAME_LENGTH, usernameOf} from '../mapping/username';
import type {UpdatedField} from '../mapping/when';
import type {AccountIndex} from '../match/account_index';
import {authDataKey} from '../match/keys';
import {matchPerson, type Match} from '../match/match';
import type {AdoptingKey} from '../policy/accounts';
import type {Account, AccountField, FieldChange, Reason} from '../types';

import {adoptionOf, DEACTIVATED, REASON_OF_KEY, relinkWaits} from './adoption';
import type {DecisionCriteria} from './criteria';
import {UNCHANGED, type AddressChange, type Decision} from './decision';
import {isParked} from './moves';
import {decideOpenAccount} from './open_account';
import {decideUnknown} from './unknown';

/** Decides about one user in scope. `index` holds the accounts that the user's keys point at. */
export function decide(person: Person, index: AccountIndex, criteria: DecisionCriteria): Decision {
    if (person.object_id === '') {
        return {action: 'skip', reason: 'no_object_id', account: null};
    }
    if (criteria.duplicate_object_ids.has(person.object_id)) {
        return {action: 'conflict', reason: 'duplicate_object_id', account: linkedAccount(person, index)};
    }
    if (person.is_service_account && !criteria.takes_service_accounts && !linkedAccount(person, index)) {
        return {action: 'skip', reason: 'service_account', account: null};
    }
    if (person.is_enabled === false) {
        return decideDisabled(person, index, criteria);
    }
    if (criteria.is_ambiguous) {
        return {action: 'conflict', reason: 'duplicate_email', account: linkedAccount(person, index)};
    }
    const match = matchPerson(person, index, criteria);
    return decideUnknown(person, match) ?? decideBy(person, match, criteria);
}

function decideBy(person: Person, match: Match, criteria: DecisionCriteria): Decision {
    switch (match.kind) {
    case 'none':
        return decideNew(person, criteria);
    case 'matched':
        return decideMatched(person, match, criteria);
    case 'returned':
        return decideReturned(person, match.account, criteria);
    default: {
        const {kind, ...rest} = match;
        return {action: kind, ...rest};
    }
    }
}

/** A decision about a leaver as a decision about a user; null for no decision. */
export function decisionOfLeaver(decision: LeaverDecision, account: Account): Decision | null {
    return decision.action === 'none' ? null : {...decision, account};
}

/** Disabled users get no account, and the one that they have is deactivated. */
function decideDisabled(person: Person, index: AccountIndex, criteria: DecisionCriteria): Decision {
    const account = linkedAccount(person, index);
    const decision = account && decisionOfLeaver(decideLeaver('disabled', account, criteria.leavers), account);
    return decision ?? decideOpenAccount(person, index, criteria) ?? {action: 'skip', reason: 'disabled', account};
}

function decideNew(person: Person, {auth_service, leavers, refusals}: DecisionCriteria): Decision {
    if (person.email_fault !== '') {
        return {action: 'skip', reason: person.email_fault, account: null};
    }
    if (auth_service !== '' && person.auth_data_fault) {
        return {action: 'skip', reason: person.auth_data_fault, account: null};
    }
    const reason = leavers.lifecycle.create ? refusals.ofNew(person.email) : 'creation_off';
    return reason ? {action: 'skip', reason, account: null} : {action: 'create', reason: 'new_person'};
}

function decideMatched(person: Person, match: Extract<Match, {kind: 'matched'}>, criteria: DecisionCriteria): Decision {
    if (match.by !== 'link') {
        return decideAdoption(person, match, match.by, criteria);
    }
    const {account} = match;
    const addresses = addressChanges(person, account, criteria);
    if (addresses === NO_CHANGES && isUpToDate(person, account, criteria.updates)) {
        return UNCHANGED;
    }
    const reason = criteria.same.has(person.object_id) ? 'drift' : 'attributes_changed';
    return {action: 'update', reason, account, fields: differences(person, account, criteria.updates), addresses};
}

/** The account gets another owner, so this needs more than a key that fits; see adoption.ts. */
function decideAdoption(person: Person, {account, relinked_from}: Extract<Match, {kind: 'matched'}>, by: AdoptingKey, criteria: DecisionCriteria): Decision {
    const waits = relinked_from === undefined ? null : relinkWaits(account, relinked_from, criteria);
    if (waits) {
        return waits;
    }
    const refused = account.delete_at === 0 ? null : reasonToStayDeactivated(account, criteria);
    if (refused) {
        return {action: 'skip', reason: refused, account};
    }
    const {approval, takes_over} = adoptionOf(account, by, relinked_from !== undefined, criteria);
    return {
        action: 'update',
        reason: relinked_from === undefined ? REASON_OF_KEY[by] : 'relinked',
        account,
        fields: differences(person, account, criteria.updates),
        addresses: addressChanges(person, account, criteria, approval),
        ...(relinked_from !== undefined && {params: {other_object_id: relinked_from, ...(account.delete_at !== 0 && DEACTIVATED)}}),
        ...(approval && {approval}),
        ...(takes_over && {takes_over}),
    };
}

/** Whether an update links the account to its user. */
export function isAdoption(reason: Reason): boolean {
    return reason !== 'attributes_changed' && reason !== 'drift' && reason !== 'fields_emptied';
}

/** Why an account that the sync deactivated cannot become active again, or null. */
function reasonToStayDeactivated(account: Account, {leavers, refusals}: DecisionCriteria): Reason | null {
    return leavers.lifecycle.reactivate ? refusals.ofReturned(account) : 'reactivation_off';
}

function decideReturned(person: Person, account: Account, criteria: DecisionCriteria): Decision {
    const refused = reasonToStayDeactivated(account, criteria);
    if (refused) {
        return {action: 'skip', reason: refused, account};
    }
    const approval = ownApproval(account, criteria.leavers.protected);
    return {
        action: 'reactivate',
        reason: 'returned',
        account,
        fields: differences(person, account, criteria.updates),
        addresses: addressChanges(person, account, criteria),
        ...(approval && {approval}),
    };
}

const NO_CHANGES: AddressChange[] = [];

/** Addresses seldom change, so a list is made only when one does. `required` is what linking the account to the user requires. */
function addressChanges(person: Person, account: Account, criteria: DecisionCriteria, required?: OwnApproval): AddressChange[] {
    const hasEmail = changesEmail(person, account, criteria);
    const username = criteria.addresses.username || isParked(account, account.username) ? newUsername(person, account) : '';
    const auth_data = criteria.addresses.auth_data || isParked(account, account.auth_data) ? newAuthData(person, account, criteria) : '';
    if (!hasEmail && username === '' && auth_data === '') {
        return NO_CHANGES;
    }
    const approval = required ?? ownApproval(account, criteria.leavers.protected);
    const change = (field: AddressChange['field'], to: string): AddressChange => ({field, to, ...(approval && {approval})});
    const unshared = (field: 'email' | 'auth_data', to: string): AddressChange => {
        const shared_with = criteria.claims.otherThan(person.object_id, field, to);
        return shared_with === '' ? change(field, to) : {field, to, shared_with};
    };
    const isRefused = hasEmail && criteria.refusals.refusesEmail(account, person.email);
    const changes: AddressChange[] = hasEmail ? [isRefused ? {field: 'email', to: person.email, is_refused: true} : unshared('email', person.email)] : [];
    if (username !== '') {
        changes.push(change('username', username));
    }
    return auth_data === '' ? changes : [...changes, unshared('auth_data', auth_data)];
}

/** The sign-in data that the account gets, '' if it has it. */
function newAuthData(person: Person, account: Account, {auth_service}: DecisionCriteria): string {
    const wanted = auth_service === '' ? '' : authDataKey(person);
    return wanted === account.auth_data ? '' : wanted;
}

function changesEmail({email, email_fault}: Person, account: Account, {addresses}: DecisionCriteria): boolean {
    return email !== account.email && (addresses.email || isParked(account, account.email)) && email_fault === '' && email !== account.email.toLowerCase();
}

/** The username that the account gets if it is free, '' if it has it. */
function newUsername(person: Person, account: Account): string {
    if (person.username_letters === undefined && person.email_fault !== '') {
        return '';
    }
    const wanted = wantedUsername(person);
    return wanted === account.username ? '' : wanted;
}

/** The name that the user gets unless it is taken. */
export function wantedUsername({username_letters, email}: Person): string {
    return usernameOf(username_letters ?? email);
}

/** By index, as in other loops over all users: goja makes objects for an arrow function and for each step of a for-of. */
function isUpToDate(person: Person, account: Account, updates: readonly UpdatedField[]): boolean {
    for (let at = 0; at < updates.length; at++) {
        if (differs(person, account, updates[at]!)) {
            return false;
        }
    }
    return true;
}

/** Whether an update would change the field. Attributes that were not read change nothing. */
function differs(person: Person, account: Account, {field, only_empty, clears}: UpdatedField): boolean {
    const to = person[field];
    return to !== undefined && to !== account[field] && (!only_empty || account[field] === '') && (to !== '' || clears);
}

function differences(person: Person, account: Account, updates: readonly UpdatedField[]): FieldChange[] {
    return updates.filter((updated) => differs(person, account, updated)).
        map(({field}) => changeOf(person, field, account[field], person[field]!));
}

function changeOf(person: Person, field: AccountField, from: string, to: string): FieldChange {
    return person.shortened?.some((shortened) => shortened === field) ? {field, from, to, shortened: true} : {field, from, to};
}

/** What the directory has in fields for which Mattermost knows other values only. */
function refusalsOf(refused: NonNullable<Person['refused']>): FieldChange[] {
    return Object.entries(refused).map(([field, text]) => ({field: field as ChoiceField, from: '', to: '', refused: text}));
}

/** The fields of a new account that are not empty, and those whose value in the directory Mattermost does not accept. */
export function fieldsOfNew(person: Person, username: string): FieldChange[] {
    const fields: FieldChange[] = [];
    if (username !== '') {
        // Only a name of full length can have been cut, also one that was made because the wanted one is taken.
        const isCut = username.length >= MAX_USERNAME_LENGTH && isUsernameCut(person.username_letters ?? person.email);
        fields.push(isCut ? {field: 'username', from: '', to: username, shortened: true} : {field: 'username', from: '', to: username});
    }
    addFilled(fields, person, 'email', person.email);
    addFilled(fields, person, 'nickname', person.nickname);
    addFilled(fields, person, 'first_name', person.first_name);
    addFilled(fields, person, 'last_name', person.last_name);
    addFilled(fields, person, 'position', person.position);
    addFilled(fields, person, 'locale', person.locale);
    addFilled(fields, person, 'timezone', person.timezone);
    return person.refused ? fields.concat(refusalsOf(person.refused)) : fields;
}

/** Takes the value as an argument: goja looks a property up by a computed name much more slowly. */
function addFilled(fields: FieldChange[], person: Person, field: Exclude<AccountField, 'username'>, to: string | undefined): void {
    if (to) {
        fields.push(person.shortened ? changeOf(person, field, '', to) : {field, from: '', to});
    }
}

function linkedAccount(person: Person, index: AccountIndex): Account | null {
    return index.by_link.get(person.object_id) ?? null;
}
