import type {Account} from '../types';

const NO_ACCOUNTS: readonly Account[] = [];

/** Accounts by one kind of key. No list for each key: there is nearly always one account, and lists are expensive in goja. */
export class AccountsByKey {
    private readonly accounts = new Map<string, Account>();

    /** All accounts of a key that several have, in the order of their ids: the database has no order of its own. */
    private readonly shared = new Map<string, Account[]>();

    /** A blank key points at nothing. */
    add(key: string, account: Account): void {
        if (key === '') {
            return;
        }
        const known = this.accounts.get(key);
        if (known) {
            const all = [...this.shared.get(key) ?? [known], account].sort((one, other) => (one.id < other.id ? -1 : 1));
            this.shared.set(key, all);
            this.accounts.set(key, all[0]!);
        } else {
            this.accounts.set(key, account);
        }
    }

    /** The account, the first of them when the key points at several. */
    get(key: string): Account | undefined {
        return this.accounts.get(key);
    }

    isShared(key: string): boolean {
        return this.shared.has(key);
    }

    all(key: string): readonly Account[] {
        const account = this.accounts.get(key);
        return account ? this.shared.get(key) ?? [account] : NO_ACCOUNTS;
    }
}

/** The accounts of one chunk by each key that can point at them. */
export interface AccountIndex {
    by_link: AccountsByKey;
    by_auth_data: AccountsByKey;

    /** Accounts of other services: no user is found by their sign-in data, but no other account can have it. */
    by_foreign_auth_data: AccountsByKey;
    by_email: AccountsByKey;

    /** Made when first used: few policies match by username. */
    readonly by_username: AccountsByKey;
}

/** Only accounts that sign in by `auth_service` are found by auth data; '' finds none. */
export function indexAccounts(accounts: readonly Account[], auth_service: string): AccountIndex {
    let by_username: AccountsByKey | undefined;
    const index: AccountIndex = {
        by_link: new AccountsByKey(),
        by_auth_data: new AccountsByKey(),
        by_foreign_auth_data: new AccountsByKey(),
        by_email: new AccountsByKey(),
        get by_username() {
            by_username ??= byUsername(accounts);
            return by_username;
        },
    };
    accounts.forEach((account) => {
        index.by_link.add(account.linked_object_id, account);
        index.by_email.add(account.email.toLowerCase(), account);
        if (auth_service !== '') {
            (account.auth_service === auth_service ? index.by_auth_data : index.by_foreign_auth_data).add(account.auth_data, account);
        }
    });
    return index;
}

/** The account that has the sign-in data, whatever its service: the server has each value once. */
export function holderOfAuthData(auth_data: string, {by_auth_data, by_foreign_auth_data}: AccountIndex): Account | undefined {
    return by_auth_data.get(auth_data) ?? by_foreign_auth_data.get(auth_data);
}

function byUsername(accounts: readonly Account[]): AccountsByKey {
    const index = new AccountsByKey();
    accounts.forEach((account) => index.add(account.username, account));
    return index;
}
