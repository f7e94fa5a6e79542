import type {Fault} from '../../errors';
import type {ChangeOutcome, Room} from '../../types';

import {seatedKinds, type SeatedKind, type Tasks} from '../applying/tasks';
import type {RunContext} from '../context/run_context';

/** Lines that are changed in the history with one statement. */
const AT_ONCE = 1000;

/** How many of the planned accounts exceed the server's user limit. Deactivations come first and free seats; all others need one. */
export function overflow(planned: Record<SeatedKind | 'deactivate', number>, {limit, active}: Room): number {
    if (limit === null) {
        return 0;
    }
    const free = Math.max(0, limit - (active - planned.deactivate));
    return Math.max(0, seatsOf(planned) - free);
}

function seatsOf(planned: Record<SeatedKind, number>): number {
    return seatedKinds.reduce((sum, kind) => sum + planned[kind], 0);
}

/** What a run says that left `does_not_fit` accounts out. */
export function overflowFault(does_not_fit: number): Fault | null {
    return does_not_fit > 0 ? {code: 'user_limit'} : null;
}

/**
 * Leaves out what exceeds the server's user limit, and returns how many accounts that are: a plan promises only what the server takes.
 * The last lines go first, and users who came back, also with another object ID, have their seats before new ones. The limit is read
 * only when accounts would become active.
 */
export async function leaveOutOverflow(tasks: Tasks, {ports, progress}: RunContext): Promise<number> {
    const planned = {create: tasks.seats('create'), reactivate: tasks.seats('reactivate'), update: tasks.seats('update'), deactivate: tasks.count('deactivate')};
    const excess = seatsOf(planned) === 0 ? 0 : overflow(planned, await ports.accounts.room());
    let rest = excess;
    const seqs = seatedKinds.flatMap((kind) => {
        const count = Math.min(rest, planned[kind]);
        rest -= count;
        return tasks.withdraw(kind, count);
    });
    const outcomes = seqs.map((seq): ChangeOutcome => (
        {seq, status: 'planned', account_id: '', username: '', error: null, action: 'skip', reason: 'user_limit'}));
    for (let start = 0; start < outcomes.length; start += AT_ONCE) {
        await ports.changes.finish({outcomes: outcomes.slice(start, start + AT_ONCE)});
    }
    progress.counts.skipped += seqs.length;
    return excess;
}
