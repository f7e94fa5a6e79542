import type {Change, ChangeOutcome} from '../types';

/** Lets through only what an administrator has approved, and remembers which held change each line of the new plan stands for. */
export class Approval {
    private readonly open: Map<string, Change>;

    /** `seq` of the held change by `seq` of the line that applies it. */
    private readonly heldSeqs = new Map<number, number>();

    constructor(held: readonly Change[]) {
        this.open = new Map(held.map((change) => [keyOf(change), change]));
    }

    /** The line to plan in place of `change`: with the approved fields only, or null when nobody has approved it. */
    accept(change: Change): Change | null {
        const held = this.open.get(keyOf(change));
        if (!held || !isCovered(held, change)) {
            return null;
        }
        this.open.delete(keyOf(change));
        this.heldSeqs.set(change.seq, held.seq);
        const approved = new Set(held.fields.map(({field}) => field));
        return {...change, fields: change.action === 'create' ? change.fields : change.fields.filter(({field}) => approved.has(field))};
    }

    /** Approved changes that nothing has come of. */
    get left(): Change[] {
        return [...this.open.values()];
    }

    /** What the outcomes of the new lines, and the lack of one for the others, say of the held changes. */
    settled(outcomes: readonly ChangeOutcome[]): ChangeOutcome[] {
        return outcomes.map((outcome) => ({...outcome, seq: this.heldSeqs.get(outcome.seq)!}));
    }
}

/** E-mail addresses and usernames are changes of their own beside the other fields of a person. */
function keyOf({object_id, action, reason}: Change): string {
    const kind = reason === 'email_changed' || reason === 'username_changed' ? reason : '';
    return `${object_id} ${action} ${kind}`;
}

/** Whether what would be done now is what was approved then: the same account, and each approved field to the same value. */
function isCovered(held: Change, change: Change): boolean {
    if (held.action === 'create') {
        return held.email === change.email;
    }
    return held.account_id === change.account_id &&
        held.fields.every(({field, to}) => change.fields.some((other) => other.field === field && other.to === to));
}
