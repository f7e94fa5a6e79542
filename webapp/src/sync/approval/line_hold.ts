import {lineHoldKinds, type LineHoldKind} from '../lists';
import type {Change, ReasonParams} from '../types';

/**
 * Changes that need an approval of their own, whatever their number: an administrator must name them, so "approve all" and the
 * plan of a preview without a selection leave them out. Their lines say why in `reason_params.approval_kinds`. The store knows the
 * name of that member (`needsOwnApproval` in server/store/hold.go).
 */

type Reasoned = Pick<Change, 'reason_params'>;

/** Why a change needs an approval of its own. `params` are the facts that are approved with it. */
export interface OwnApproval {
    kinds: readonly LineHoldKind[];
    params?: ReasonParams;
}

const NO_KINDS: LineHoldKind[] = [];

/** Whether an approval must name the change. Reasons that only another version knows count as well. */
export function needsOwnApproval({reason_params}: Reasoned): boolean {
    return (reason_params?.approval_kinds ?? '') !== '';
}

/** Why the change needs an approval of its own; empty for all other changes, which are nearly all in a large plan. */
export function approvalKindsOf(change: Reasoned): LineHoldKind[] {
    if (!needsOwnApproval(change)) {
        return NO_KINDS;
    }
    const named = String(change.reason_params?.approval_kinds).split(' ');
    return lineHoldKinds.filter((kind) => named.includes(kind));
}

/** The part of a line's `reason_params` that says why the change needs an approval of its own. */
export function paramsOfApproval(approval: OwnApproval | undefined): ReasonParams | undefined {
    return approval && {...approval.params, approval_kinds: approval.kinds.join(' ')};
}

/** Whether the facts that were approved with a change are still the same. */
export function isApprovedAs(approved: Reasoned, change: Reasoned): boolean {
    const known = approvalKindsOf(approved);
    const kinds = approvalKindsOf(change);
    const isSame = (name: string) => (approved.reason_params?.[name] ?? '') === (change.reason_params?.[name] ?? '');
    return kinds.every((kind) => known.includes(kind)) && isSame('account_roles') && (!kinds.includes('scope_attribute_changed') || isSame('scope_changes'));
}
