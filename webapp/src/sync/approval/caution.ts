import type {Hold, HoldKind} from '../types';

/** More deactivations, new addresses, and lost memberships than this cannot be approved with a single click. */
const FEW_DANGERS = 5;

/** The most changes that one request can name. */
export const MOST_NAMED = 10_000;

/** How many changes end an access, or change what a user signs in with. */
export interface Dangers {
    deactivate: number;
    addresses: number;
    leave: number;
}

/** Whether an administrator must type the number of changes before they are made. */
export function mustTypeCount({deactivate, addresses, leave}: Dangers): boolean {
    return deactivate + addresses + leave > FEW_DANGERS;
}

/** Changes of what a user signs in with. */
const NEW_ADDRESSES: readonly HoldKind[] = ['email_changes', 'username_changes', 'auth_data_changes'];

/** How many users sign in with something else after the held changes are applied. */
export function newAddresses(hold: Pick<Hold, 'kinds'> | null): number {
    return (hold?.kinds ?? []).filter(({kind}) => NEW_ADDRESSES.includes(kind)).reduce((sum, {count}) => sum + count, 0);
}
