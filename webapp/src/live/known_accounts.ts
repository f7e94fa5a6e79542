import type {Account, AccountKeys} from '../sync/types';

import {lookup} from './lookup';

type Kind = Exclude<keyof AccountKeys, 'auth_service'>;

const kinds: readonly Kind[] = ['object_ids', 'emails', 'usernames', 'auth_data'];

/**
 * Accounts by each key that was asked for, including keys without an account. A change of the scope divides users into other
 * chunks, so whole answers would seldom come again.
 */
export class KnownAccounts {
    private readonly byKey = new Map<string, Account[]>();
    private readonly taken = new Map<string, boolean>();

    /** As `accounts.find`; only keys that are new are asked for. */
    async find(keys: AccountKeys): Promise<{accounts: Account[]}> {
        const fresh = {...keys};
        kinds.forEach((kind) => {
            fresh[kind] = keys[kind].filter((key) => !this.byKey.has(nameOf(kind, key, keys)));
        });
        if (kinds.some((kind) => fresh[kind].length > 0)) {
            const {accounts} = await lookup<{accounts: Account[]}>('accounts.find', fresh);
            this.keep(fresh, accounts);
        }
        const found = kinds.flatMap((kind) => keys[kind].flatMap((key) => this.byKey.get(nameOf(kind, key, keys)) ?? []));
        return {accounts: [...new Map(found.map((account) => [account.id, account])).values()]};
    }

    /** As `accounts.taken_usernames`. */
    async takenUsernames(names: string[]): Promise<{taken: string[]}> {
        const fresh = names.filter((name) => !this.taken.has(name));
        if (fresh.length > 0) {
            const {taken} = await lookup<{taken: string[]}>('accounts.taken_usernames', {names: fresh});
            fresh.forEach((name) => this.taken.set(name, false));
            taken.forEach((name) => this.taken.set(name, true));
        }
        return {taken: names.filter((name) => this.taken.get(name))};
    }

    private keep(asked: AccountKeys, accounts: Account[]): void {
        const found = new Map<string, Account[]>(kinds.flatMap((kind) => asked[kind].map((key) => [nameOf(kind, key, asked), []])));
        accounts.forEach((account) => namesOf(account).forEach((name) => found.get(name)?.push(account)));
        found.forEach((those, name) => this.byKey.set(name, those));
    }
}

/** Every name under which an account may be looked for. */
function namesOf({linked_object_id, email, username, auth_data, auth_service}: Account): string[] {
    return [
        nameOf('object_ids', linked_object_id, {auth_service}), nameOf('emails', email.toLowerCase(), {auth_service}),
        nameOf('usernames', username, {auth_service}), nameOf('auth_data', auth_data, {auth_service}),
    ];
}

/** Auth data means something together with its service only. */
function nameOf(kind: Kind, key: string, {auth_service}: Pick<AccountKeys, 'auth_service'>): string {
    return kind === 'auth_data' ? `auth_data ${auth_service} ${key}` : `${kind} ${key}`;
}
