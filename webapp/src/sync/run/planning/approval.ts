import {isApprovedAs} from '../../approval/line_hold';
import {changeKey} from '../../guard/kinds';
import type {Change, ChangeOutcome, FieldChange, Reason} from '../../types';

/** Accepts only what an administrator has approved, and remembers which approved change each line of the new plan applies. */
export class Approval {

    /** The approved changes that the plan does not have yet, as text: a plan may have 100,000 changes (see mapping/packed.ts). */
    private readonly open = new Map<string, string>();

    /** The users whose changes were approved. */
    readonly object_ids = new Set<string>();

    /** Other users whom the changes name, such as the one who loses the account. */
    readonly related = new Set<string>();

    /** The email addresses that the changes give, or whose account they deactivate: another user may have them by now. */
    readonly addresses = new Set<string>();

    /** Whether they were planned by a preview: to approve what a preview shows does not skip a grace period. */
    isOfPreview = false;

    /** `seq` of the approved change by `seq` of the line that applies it. */
    private readonly approvedSeqs = new Map<number, number>();

    /** A new account gets what the directory has now, so only its planned address is compared. */
    add(change: Change): void {
        this.object_ids.add(change.object_id);
        const other = change.reason_params?.other_object_id;
        if (typeof other === 'string' && other !== '') {
            this.related.add(other);
        }
        if (change.email !== '' && !KEEPS_ADDRESS.includes(change.reason)) {
            this.addresses.add(change.email);
        }
        this.isOfPreview ||= change.status === 'planned';
        this.open.set(changeKey(change), JSON.stringify(change.action === 'create' ? {...change, fields: []} : change));
    }

    /** Whether `change` is what was approved. */
    covers(change: Change): boolean {
        const approved = this.openFor(change);
        return approved !== null && isCovered(approved, change);
    }

    /** The line to plan in place of `change`: with the approved fields only, or null when it is not approved. */
    accept(change: Change): Change | null {
        const approved = this.openFor(change);
        if (!approved || !isCovered(approved, change)) {
            return null;
        }
        this.open.delete(changeKey(change));
        this.approvedSeqs.set(change.seq, approved.seq);
        return {...change, fields: change.action === 'create' ? change.fields : change.fields.filter((field) => has(approved, field))};
    }

    /** Calls `take` with the approved changes that the plan does not have, `count` of them at once. */
    async eachLeft(count: number, take: (left: Change[]) => Promise<void>): Promise<void> {
        const left = [...this.open.values()];
        for (let start = 0; start < left.length; start += count) {
            await take(left.slice(start, start + count).map((text) => JSON.parse(text) as Change));
        }
    }

    /** The outcomes of the new lines as outcomes of the approved changes. */
    outcomesOfApproved(outcomes: readonly ChangeOutcome[]): ChangeOutcome[] {
        return outcomes.map((outcome) => ({...outcome, seq: this.approvedSeqs.get(outcome.seq)!}));
    }

    private openFor(change: Change): Change | null {
        const text = this.open.get(changeKey(change));
        return text === undefined ? null : JSON.parse(text) as Change;
    }
}

/** Changes of accounts whose user and address stay. */
const KEEPS_ADDRESS: readonly Reason[] = ['attributes_changed', 'drift', 'username_changed', 'fields_emptied', 'disabled', 'out_of_scope', 'returned'];

function isSameField(one: FieldChange, other: FieldChange): boolean {
    return one.field === other.field && one.name === other.name;
}

function has({fields}: Change, field: FieldChange): boolean {
    return fields.some((other) => isSameField(other, field));
}

/**
 * Whether the change is the approved one: the same account, each approved field with the same value, and no other user attribute,
 * because these are written together. What needs an approval of its own must have needed it for the same reasons when it was approved.
 */
function isCovered(approved: Change, change: Change): boolean {
    if (!isApprovedAs(approved, change)) {
        return false;
    }
    if (approved.action === 'create') {
        return approved.email === change.email;
    }
    return approved.account_id === change.account_id &&
        approved.fields.every((field) => change.fields.some((other) => isSameField(field, other) && field.to === other.to)) &&
        change.fields.every((field) => field.field !== 'attribute' || has(approved, field));
}
