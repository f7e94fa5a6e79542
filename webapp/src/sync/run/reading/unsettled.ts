import type {Ports} from '../../ports';
import type {Change, ChangeOutcome, Reason} from '../../types';

/** Reasons that hold because of somebody else, or for a time, and so may cease to hold without a change of the person's own. */
const BECAUSE_OF_OTHERS: readonly Reason[] = [
    'duplicate_email', 'duplicate_username', 'duplicate_object_id', 'account_linked_to_other', 'several_accounts', 'recreated',
    'claimed_by_other', 'address_taken', 'retry_waits',
];

/**
 * Collects whom a run leaves unsettled: their change failed, or others are in the way. The next incremental run reads them again.
 * What is held waits for an administrator, what waits for days for a full run.
 */
export class Unsettled {
    readonly ids = new Set<string>();

    /** Object ids of the plan's lines by `seq`. */
    private readonly lines: string[] = [''];

    /** The port that writes the history, overheard. */
    overhear(changes: Ports['changes']): Ports['changes'] {
        return {
            ...changes,
            record: (request) => {
                request.changes.forEach((change) => this.noteLine(change));
                return changes.record(request);
            },
            finish: (request) => {
                request.outcomes.forEach((outcome) => this.noteOutcome(outcome));
                return changes.finish(request);
            },
        };
    }

    private noteLine({seq, object_id, reason}: Change): void {
        this.lines[seq] = object_id;
        if (BECAUSE_OF_OTHERS.includes(reason)) {
            this.ids.add(object_id);
        }
    }

    private noteOutcome({seq, status}: ChangeOutcome): void {
        if (status === 'failed') {
            this.ids.add(this.lines[seq]!);
        }
    }
}
