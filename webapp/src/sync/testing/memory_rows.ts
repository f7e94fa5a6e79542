import type {Fault} from '../errors';
import type {Account, AccountKeys, AccountPatch, Change, ChangeOutcome, Departure, DirectoryUser, NewAccount, PlannedAccount, RunMode} from '../types';

import {account} from './people';

export function isBlank({since, absent_reads, deactivated_at}: Departure): boolean {
    return since === 0 && absent_reads === 0 && deactivated_at === 0;
}

/** What is empty leaves the recorded one standing, as in the database. */
export function finish(history: Change[], {seq, status, error, account_id, username, action, reason}: ChangeOutcome): void {
    const change = history.find((each) => each.seq === seq)!;
    Object.assign(change, {status, error, account_id: account_id || change.account_id, username: username || change.username, action: action ?? change.action, reason: reason ?? change.reason});
}

/** Whether a change of a run waits for approval. */
export function isOpen({status, action}: Change, mode: RunMode): boolean {
    return mode === 'apply' ? status === 'held' : status === 'planned' && action !== 'skip' && action !== 'conflict';
}

export function isWanted(account: Account, keys: AccountKeys): boolean {
    return keys.object_ids.includes(account.linked_object_id) || keys.emails.includes(account.email) || keys.usernames.includes(account.username) ||
        (keys.auth_service !== '' && keys.auth_data.includes(account.auth_data));
}

/** Graph sends only what was requested. Values that are not objects are for tests of invalid answers. */
export function selected(user: DirectoryUser, select: readonly string[]): DirectoryUser {
    return typeof user === 'object' && user !== null ?
        copy(Object.fromEntries(Object.entries(user).filter(([name]) => select.includes(name))) as DirectoryUser) : user;
}

/** What crosses the border of the engine is JSON. */
export function copy<T>(value: T): T {
    return JSON.parse(JSON.stringify(value)) as T;
}

/** Why the account cannot get these values: another has them, or `taken` names something else. */
export function faultOfKeys({id, username}: Account, fields: AccountPatch['fields'], stored: readonly Account[], taken: ReadonlySet<string>): Fault | null {
    const others = stored.filter((other) => other.id !== id);
    if (others.some((other) => other.email === fields.email)) {
        return {code: 'email_taken'};
    }
    if (fields.auth_data !== undefined && others.some((other) => other.auth_data === fields.auth_data)) {
        return {code: 'auth_data_taken'};
    }
    const name = fields.username ?? username;
    return name !== username && (taken.has(name) || others.some((other) => other.username === name)) ? {code: 'username_taken'} : null;
}

/** Why the host does not write an account: it is gone, or no longer what it was when the change was planned. */
export function faultOf(account: Account | undefined, planned: PlannedAccount): Fault | null {
    if (!account) {
        return {code: 'account_not_found'};
    }
    const isAsPlanned = (Object.keys(planned) as Array<keyof PlannedAccount>).every((key) => account[key] === planned[key]);
    return isAsPlanned ? null : {code: 'account_changed'};
}

/** A new account as the server has it. Its address comes from the directory, so it counts as verified. */
export function accountOf(id: string, {username, email, nickname, first_name, last_name, position, locale, timezone, sign_in}: NewAccount): Account {
    const isSingle = sign_in.method === 'single_sign_on';
    return account(id, {
        username,
        email,
        nickname,
        first_name,
        last_name,
        position,
        locale: locale || 'en',
        timezone,
        auth_service: isSingle ? sign_in.service : '',
        auth_data: isSingle ? sign_in.auth_data : '',
    });
}

/** What `links.list_active` answers. */
export function activeLinks(stored: readonly Account[], after: string, limit: number): {object_ids: string[]; total: number; linked: number} {
    const linked = stored.filter(({linked_object_id}) => linked_object_id !== '');
    const ids = linked.filter(({delete_at}) => delete_at === 0).map(({linked_object_id}) => linked_object_id).sort();
    return {object_ids: ids.filter((id) => id > after).slice(0, limit), total: ids.length, linked: linked.length};
}
