import {isProtected, specialRoles} from '../lifecycle/privileged';
import type {LineHoldKind} from '../lists';
import type {Account} from '../types';

import type {OwnApproval} from './line_hold';

/**
 * Power needs a person: the one place that decides which change an administrator must approve by name.
 *
 * An account with a role beyond member and guest, or a protected one (`keys`), is linked, reactivated, and gets another email address or
 * username only by such an approval. Its roles are part of what is approved. `because` are the other reasons, which depend on the change.
 * The lines carry the answer (line_hold.ts), `Draft` holds them, `Approval` compares them with what was approved, and the host compares
 * the account right before it writes (`PlannedAccount`).
 */
export function ownApproval(account: Account, keys: ReadonlySet<string>, because: readonly LineHoldKind[] = []): OwnApproval | undefined {
    const roles = specialRoles(account);
    const kinds: LineHoldKind[] = roles.length > 0 || isProtected(account, keys) ? ['privileged_account', ...because] : [...because];
    return kinds.length === 0 ? undefined : {kinds, ...(roles.length > 0 && {params: {account_roles: roles.join(' ')}})};
}
