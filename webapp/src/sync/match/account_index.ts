import type {Account} from '../types';

/** The accounts of one chunk by each key that can point at them. Two accounts under one key are kept as such. */
export interface AccountIndex {
    by_link: Map<string, Account[]>;
    by_auth_data: Map<string, Account[]>;
    by_email: Map<string, Account[]>;
}

/** Blank keys point at nothing. Only accounts that sign in by `auth_service` are found by auth data; '' finds none. */
export function indexAccounts(accounts: readonly Account[], auth_service: string): AccountIndex {
    const index: AccountIndex = {by_link: new Map(), by_auth_data: new Map(), by_email: new Map()};
    accounts.forEach((account) => {
        put(index.by_link, account.linked_object_id, account);
        put(index.by_email, account.email.toLowerCase(), account);
        if (auth_service !== '' && account.auth_service === auth_service) {
            put(index.by_auth_data, account.auth_data, account);
        }
    });
    return index;
}

function put(map: Map<string, Account[]>, key: string, account: Account): void {
    if (key === '') {
        return;
    }
    const others = map.get(key);
    if (others) {
        others.push(account);
    } else {
        map.set(key, [account]);
    }
}
