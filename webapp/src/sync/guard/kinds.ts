import {targetKeyOf} from '../memberships/lines';
import {isMembershipAction, type GuardKind} from '../lists';
import type {Action, Change, Reason} from '../types';

const OF_ACTION: Partial<Record<Action, GuardKind>> = {create: 'creations', reactivate: 'reactivations', deactivate: 'deactivations'};
const OF_UPDATE: Partial<Record<Reason, GuardKind>> = {email_changed: 'email_changes', username_changed: 'username_changes', auth_data_changed: 'auth_data_changes', fields_emptied: 'emptied_fields'};

/** What the guard counts: these actions, and updates for these reasons. */
export const guardedActions = Object.keys(OF_ACTION) as Action[];
export const guardedReasons = Object.keys(OF_UPDATE) as Reason[];

/** As what the guard counts a change, or null. */
export function guardKindOf({action, reason}: Pick<Change, 'action' | 'reason'>): GuardKind | null {
    return (action === 'update' ? OF_UPDATE[reason] : OF_ACTION[action]) ?? null;
}

/** An update for this reason is separate from that of the user's other fields as well. */
const RELEASED: Reason = 'address_released';

/**
 * Tells apart the changes of a user in one plan: an update that the guard counts is separate from that of the user's other fields. The
 * same change has the same key in every run. Changes of memberships are told apart by their targets.
 */
export function changeKey(change: Pick<Change, 'object_id' | 'action' | 'reason' | 'reason_params'>): string {
    if (isMembershipAction(change.action)) {
        return `${change.object_id} ${change.action} ${targetKeyOf(change.reason_params)}`;
    }
    return `${change.object_id} ${change.action} ${change.action === 'update' ? guardKindOf(change) ?? (change.reason === RELEASED ? RELEASED : '') : ''}`;
}
