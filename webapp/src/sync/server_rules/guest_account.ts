import type {Account} from '../types';

const GUEST = 'system_guest';

/** In `reason_params` of a line that gives a user an account: it is a guest account and stays one. */
export const GUEST_KIND = {account_kind: 'guest'} as const;

/** Whether the account is a guest account of Mattermost, which says nothing about the directory's user type. */
export function isGuestAccount({roles}: Pick<Account, 'roles'>): boolean {
    return roles.includes(GUEST) && roles.split(' ').includes(GUEST);
}
