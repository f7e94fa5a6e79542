import type {Lifecycle} from '../policy/lifecycle';
import type {Account} from '../types';

/** The roles that give no power over the server; every account has one of them. */
const ORDINARY_ROLES: readonly string[] = ['system_user', 'system_guest'];

/** The roles of an account that can manage something on the server: every role except member and guest, in alphabetical order. */
export function specialRoles({roles}: Pick<Account, 'roles'>): string[] {
    return roles.split(' ').filter((role) => role !== '' && !ORDINARY_ROLES.includes(role)).sort();
}

export function isSystemAdmin(account: Pick<Account, 'roles'>): boolean {
    return specialRoles(account).includes('system_admin');
}

/** The entries of `lifecycle.protected`, prepared once for a run. A username can have the `@` with which Mattermost shows it. */
export function protectedKeys({protected: keys}: Lifecycle): Set<string> {
    return new Set(keys.map((key) => key.replace(/^@/, '').toLowerCase()));
}

/** Whether `lifecycle.protected` names the account: by username, email address, or account ID. */
export function isProtected({id, username, email}: Pick<Account, 'id' | 'username' | 'email'>, keys: ReadonlySet<string>): boolean {
    return keys.size > 0 && (keys.has(username.toLowerCase()) || keys.has(email.toLowerCase()) || keys.has(id));
}
