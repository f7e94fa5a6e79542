import {lineHoldKinds, type LineHoldKind} from '../lists';
import type {Change, ReasonParams} from '../types';

/**
 * Changes that need an approval of their own, whatever their number: an administrator must name them, so "approve all" and the
 * plan of a preview without a selection leave them out. Their lines say why in `reason_params.approval_kinds`. The store knows the
 * name of that member (`needsOwnApproval` in server/store/hold.go).
 */

type Reasoned = Pick<Change, 'reason_params'>;

/** Why the change needs an approval of its own; empty for all other changes. */
export function approvalKindsOf({reason_params}: Reasoned): LineHoldKind[] {
    const named = String(reason_params?.approval_kinds ?? '').split(' ');
    return lineHoldKinds.filter((kind) => named.includes(kind));
}

/** Whether an approval must name the change. Reasons that only another version knows count as well. */
export function needsOwnApproval({reason_params}: Reasoned): boolean {
    return (reason_params?.approval_kinds ?? '') !== '';
}

/** The part of a line's `reason_params` that says why the change needs an approval of its own. */
export function paramsOfApproval(kinds: readonly LineHoldKind[] | undefined): ReasonParams | undefined {
    return kinds && kinds.length > 0 ? {approval_kinds: kinds.join(' ')} : undefined;
}
