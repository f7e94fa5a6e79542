import {changeKey} from '../../guard/kinds';
import type {Change, ChangeOutcome} from '../../types';

type KindOfChange = Pick<Change, 'object_id' | 'action' | 'reason' | 'reason_params'>;

/** The approved changes of memberships, and which line of the new plan applies which of them. */
export class MembershipApproval {

    /** Whether a preview planned them: to approve what a preview shows takes no proof from a removal. */
    isOfPreview = false;

    /** The users whose changes were approved. */
    readonly object_ids = new Set<string>();

    /** `seq` of the approved changes that the plan does not have yet. */
    private readonly open = new Map<string, number>();

    /** `seq` of the approved change by `seq` of the line that applies it. */
    private readonly approvedSeqs = new Map<number, number>();

    get isEmpty(): boolean {
        return this.open.size === 0;
    }

    add(change: Change): void {
        this.isOfPreview ||= change.status === 'planned';
        this.object_ids.add(change.object_id);
        this.open.set(changeKey(change), change.seq);
    }

    covers(change: KindOfChange): boolean {
        return this.open.has(changeKey(change));
    }

    /** The line `seq` of the new plan applies the change. */
    take(change: KindOfChange, seq: number): void {
        const key = changeKey(change);
        this.approvedSeqs.set(seq, this.open.get(key)!);
        this.open.delete(key);
    }

    /** The approved changes that the plan does not have: they no longer hold. */
    get left(): number[] {
        return [...this.open.values()];
    }

    /** The outcomes of the new lines as outcomes of the approved changes. */
    outcomesOfApproved(outcomes: readonly ChangeOutcome[]): ChangeOutcome[] {
        return outcomes.flatMap((outcome) => {
            const seq = this.approvedSeqs.get(outcome.seq);
            return seq === undefined ? [] : [{...outcome, seq}];
        });
    }
}
