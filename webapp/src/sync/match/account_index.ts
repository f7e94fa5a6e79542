import type {Account} from '../types';

/** Accounts by one kind of key. No list for each key: there is nearly always one account, and lists are dear in goja. */
export class AccountsByKey {
    private readonly accounts = new Map<string, Account>();
    private readonly shared = new Set<string>();

    /** A blank key points at nothing. */
    add(key: string, account: Account): void {
        if (key === '') {
            return;
        }
        if (this.accounts.has(key)) {
            this.shared.add(key);
        } else {
            this.accounts.set(key, account);
        }
    }

    /** The account, one of them when the key points at several. */
    get(key: string): Account | undefined {
        return this.accounts.get(key);
    }

    isShared(key: string): boolean {
        return this.shared.has(key);
    }
}

/** The accounts of one chunk by each key that can point at them. */
export interface AccountIndex {
    by_link: AccountsByKey;
    by_auth_data: AccountsByKey;
    by_email: AccountsByKey;
}

/** Only accounts that sign in by `auth_service` are found by auth data; '' finds none. */
export function indexAccounts(accounts: readonly Account[], auth_service: string): AccountIndex {
    const index: AccountIndex = {by_link: new AccountsByKey(), by_auth_data: new AccountsByKey(), by_email: new AccountsByKey()};
    accounts.forEach((account) => {
        index.by_link.add(account.linked_object_id, account);
        index.by_email.add(account.email.toLowerCase(), account);
        if (auth_service !== '' && account.auth_service === auth_service) {
            index.by_auth_data.add(account.auth_data, account);
        }
    });
    return index;
}
