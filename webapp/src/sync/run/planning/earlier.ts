import {heldFilter} from '../../approval/approvable';
import {changeKey, guardedActions, guardedReasons, guardKindOf} from '../../guard/kinds';
import {guardKinds, isMembershipAction, type GuardKind} from '../../lists';
import {HOUR_MS} from '../../time';
import type {Change} from '../../types';

import type {RunContext} from '../context/run_context';
import type {People} from '../reading/people';

type KindOfChange = Pick<Change, 'object_id' | 'action' | 'reason' | 'reason_params'>;

/** What earlier runs did and hold, as far as it limits what this run may do. */
export class Earlier {

    /** Object ids of the users whose accounts were changed in the window, by kind. */
    private readonly recent = new Map<GuardKind, Set<string>>();

    /** Changes that wait for approval, and their users. */
    private readonly waiting = new Set<string>();
    private readonly users = new Set<string>();

    /** Whether this run decides about all users again, so that what it holds replaces what earlier runs hold. */
    private replaces = false;

    /** Whether it would, but leaves a user open whose change an earlier run holds. So this is held as it is. */
    keeps_holds = false;

    /** Whether an earlier run holds changes of memberships. */
    holdsMemberships = false;

    /** Reads what earlier runs did and hold. `ids` are the users that the run decides about; null stands for all. */
    static async read(people: People, ids: string[] | null, is_first_import: boolean, {policy, ports}: RunContext): Promise<Earlier> {
        const earlier = new Earlier();
        earlier.replaces = people.is_complete;
        const {window_hours} = policy.guard;
        if (window_hours > 0) {
            const {changes} = await ports.changes.list_recent({within_ms: window_hours * HOUR_MS, actions: guardedActions, reasons: guardedReasons});
            changes.forEach((change) => earlier.addRecent(guardKindOf(change), change.object_ids));
        }
        const {changes} = await ports.changes.list_open({filter: heldFilter(), object_ids: ids});

        // A full read that is believed disproves that the directory has shrunk, and nothing else was said against these changes.
        const open = changes.filter(({hold_kinds}) => !(people.is_complete && hold_kinds.includes('directory_shrunk')));
        earlier.keeps_holds = earlier.replaces && open.some(({object_ids}) => object_ids.some((id) => people.isOpen(id)));
        earlier.replaces &&= !earlier.keeps_holds;

        // An administrator who starts the first import approves the new accounts that a schedule had to hold.
        open.filter(({action}) => !(is_first_import && action === 'create')).
            forEach(({object_ids, target_id = '', ...change}) => object_ids.forEach((object_id) => earlier.addWaiting({...change, object_id, reason_params: {target_id}})));
        return earlier;
    }

    /** Whether an earlier run holds this change, and goes on holding it: it is told, and not held twice. */
    isHeldElsewhere(change: KindOfChange): boolean {
        return !this.replaces && this.isWaiting(change);
    }

    /** Whether an earlier run holds this change, and this run must hold it again because it replaces what that one holds. */
    isToHoldAgain(change: KindOfChange): boolean {
        return this.replaces && this.isWaiting(change);
    }

    /** The kind as which this run must hold the change because an earlier run does, or null. */
    kindToHold(change: KindOfChange): GuardKind | null {
        return this.isToHoldAgain(change) ? guardKindOf(change) : null;
    }

    /** Whether an earlier run holds a change about the user. */
    holdsFor(object_id: string): boolean {
        return this.users.has(object_id);
    }

    /** Notes a change that this run plans: the account then counts once. */
    note(change: KindOfChange): void {
        const kind = guardKindOf(change);
        if (kind) {
            this.recent.get(kind)?.delete(change.object_id);
        }
    }

    /** How many accounts were changed in the window that this run does not change in the same way, by kind. */
    get others(): Record<GuardKind, number> {
        return Object.fromEntries(guardKinds.map((kind) => [kind, this.recent.get(kind)?.size ?? 0])) as Record<GuardKind, number>;
    }

    private isWaiting(change: KindOfChange): boolean {
        return this.waiting.size > 0 && this.waiting.has(changeKey(change));
    }

    private addWaiting(change: KindOfChange): void {
        this.waiting.add(changeKey(change));
        if (isMembershipAction(change.action)) {
            this.holdsMemberships = true;
        } else {
            this.users.add(change.object_id);
        }
    }

    private addRecent(kind: GuardKind | null, object_ids: readonly string[]): void {
        if (kind) {
            const known = this.recent.get(kind) ?? new Set();
            object_ids.forEach((id) => known.add(id));
            this.recent.set(kind, known);
        }
    }
}
