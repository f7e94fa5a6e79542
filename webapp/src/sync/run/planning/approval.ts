import type {Change, ChangeOutcome, FieldChange} from '../../types';

/** Lets through only what an administrator has approved, and remembers which approved change each line of the new plan stands for. */
export class Approval {

    /** What was approved and has not come up yet, as text: a plan may have 100,000 changes (see mapping/packed.ts). */
    private readonly open = new Map<string, string>();

    /** Whose changes were approved. */
    readonly object_ids = new Set<string>();

    /** Whether they are the plan of a preview: nobody's days of grace are given up by showing what would be done. */
    isPlan = false;

    /** `seq` of the approved change by `seq` of the line that applies it. */
    private readonly approvedSeqs = new Map<number, number>();

    /** A new account gets what the directory has now, so of what was planned for it only the address counts. */
    add(change: Change): void {
        this.object_ids.add(change.object_id);
        this.isPlan ||= change.status === 'planned';
        this.open.set(keyOf(change), JSON.stringify(change.action === 'create' ? {...change, fields: []} : change));
    }

    /** Whether `change` is what was approved. */
    covers(change: Change): boolean {
        const approved = this.openFor(change);
        return approved !== null && isCovered(approved, change);
    }

    /** The line to plan in place of `change`: with the approved fields only, or null when nobody has approved it. */
    accept(change: Change): Change | null {
        const approved = this.openFor(change);
        if (!approved || !isCovered(approved, change)) {
            return null;
        }
        this.open.delete(keyOf(change));
        this.approvedSeqs.set(change.seq, approved.seq);
        return {...change, fields: change.action === 'create' ? change.fields : change.fields.filter((field) => has(approved, field))};
    }

    /** Calls `take` with the approved changes that nothing has come of, `count` of them at once. */
    async eachLeft(count: number, take: (left: Change[]) => Promise<void>): Promise<void> {
        const left = [...this.open.values()];
        for (let start = 0; start < left.length; start += count) {
            await take(left.slice(start, start + count).map((text) => JSON.parse(text) as Change));
        }
    }

    /** What the outcomes of the new lines say of the approved changes. */
    settled(outcomes: readonly ChangeOutcome[]): ChangeOutcome[] {
        return outcomes.map((outcome) => ({...outcome, seq: this.approvedSeqs.get(outcome.seq)!}));
    }

    private openFor(change: Change): Change | null {
        const text = this.open.get(keyOf(change));
        return text === undefined ? null : JSON.parse(text) as Change;
    }
}

/** E-mail addresses and usernames are changes of their own beside the other fields of a person. */
function keyOf({object_id, action, reason}: Change): string {
    const kind = reason === 'email_changed' || reason === 'username_changed' ? reason : '';
    return `${object_id} ${action} ${kind}`;
}

function isSameField(one: FieldChange, other: FieldChange): boolean {
    return one.field === other.field && one.name === other.name;
}

function has({fields}: Change, field: FieldChange): boolean {
    return fields.some((other) => isSameField(other, field));
}

/**
 * Whether what would be done now is what was approved then: the same account, each approved field to the same value, and no user
 * attribute besides, for those are written together.
 */
function isCovered(approved: Change, change: Change): boolean {
    if (approved.action === 'create') {
        return approved.email === change.email;
    }
    return approved.account_id === change.account_id &&
        approved.fields.every((field) => change.fields.some((other) => isSameField(field, other) && field.to === other.to)) &&
        change.fields.every((field) => field.field !== 'attribute' || has(approved, field));
}
