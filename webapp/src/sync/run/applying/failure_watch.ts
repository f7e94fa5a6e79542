import {SyncError} from '../../errors';
import type {ChangeOutcome} from '../../types';

/** Fewer changes than these prove nothing. */
const MIN_ATTEMPTED = 10;
const MAX_FAILED_PERCENT = 40;

/** Whether the failures are so many that the cause is the server or the settings rather than single users. */
export function isFailing(failed: number, attempted: number): boolean {
    return attempted >= MIN_ATTEMPTED && failed * 100 > MAX_FAILED_PERCENT * attempted;
}

/** Ends a run in which too many changes fail. */
export class FailureWatch {
    private attempted = 0;
    private failed = 0;

    /**
     * Changes that a full server refuses do not count: that is a fault of its own, and the rest continues. Leave out users whose
     * changes fail run after run: on a quiet day there may be no others, and they are not news.
     */
    note(outcomes: readonly ChangeOutcome[]): void {
        const tried = outcomes.filter(({error}) => error?.code !== 'user_limit');
        this.attempted += tried.length;
        this.failed += tried.filter(({error}) => error !== null).length;
    }

    /** Throws `too_many_failures` when too many changes failed. */
    check(): void {
        const {attempted, failed} = this;
        if (isFailing(failed, attempted)) {
            throw new SyncError({code: 'too_many_failures', params: {failed, attempted}});
        }
    }
}
