import type {Ports} from '../../ports';
import type {Change, ChangeOutcome, Reason} from '../../types';

/** Reasons that depend on other users or on time, and so may end without a change of the user. */
const BECAUSE_OF_OTHERS: readonly Reason[] = [
    'duplicate_email', 'duplicate_username', 'duplicate_auth_data', 'duplicate_object_id', 'account_linked_to_other', 'several_accounts', 'recreated',
    'relink_waits', 'address_taken', 'auth_data_taken', 'retry_waits', 'user_limit', 'waits_for_approval', 'out_of_scope_waits',
];

/**
 * Collects the users that the next incremental run reads again although they have not changed: their change failed, or other
 * users are in the way. Held changes wait for an administrator, and grace periods for a full run.
 */
export class ReadAgain {
    readonly ids = new Set<string>();

    /** Object ids of the plan's lines by `seq`. */
    private readonly lines: string[] = [''];

    /** The port that writes the history, which reports each line and outcome to this class. */
    listenTo(changes: Ports['changes']): Ports['changes'] {
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

    private noteOutcome({seq, status, reason}: ChangeOutcome): void {
        if (status === 'failed' || (reason && BECAUSE_OF_OTHERS.includes(reason))) {
            this.ids.add(this.lines[seq]!);
        }
    }
}
