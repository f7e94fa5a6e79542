import {holdOf, type Impact} from '../../guard/guard';
import type {Ports} from '../../ports';
import type {ChangeOutcome, Hold, HoldKind} from '../../types';

import {taskKinds, type TaskKind, type Tasks} from '../applying/tasks';
import type {RunContext} from '../context/run_context';
import type {Linked} from '../reading/links';

/** Held changes that are written to the history at once. */
const BATCH_SIZE = 1000;

const TASKS_OF_HOLD: Record<HoldKind, readonly TaskKind[]> = {
    deactivations: ['deactivate'],
    email_changes: ['email'],
    username_changes: ['username'],
    directory_shrunk: taskKinds,
};

/** Removes the changes that need an approval from the tasks and marks them as held in the history. Returns what was held, or null. */
export async function holdBack(tasks: Tasks, linked: Linked, {policy, now, ports, progress}: RunContext): Promise<Hold | null> {
    const impact: Impact = {
        linked: linked.total,
        found: linked.found,
        deactivations: tasks.count('deactivate'),
        email_changes: tasks.count('email'),
        username_changes: tasks.count('username'),
    };
    const hold = holdOf(impact, policy.guard, now);
    for (const {kind} of hold?.kinds ?? []) {
        for (const held of TASKS_OF_HOLD[kind]) {
            progress.counts.held += tasks.count(held);
            await recordHeld(tasks.remove(held), ports);
        }
    }
    return hold;
}

async function recordHeld(seqs: number[], ports: Ports): Promise<void> {
    const outcomes = seqs.map((seq): ChangeOutcome => ({seq, status: 'held', account_id: '', username: '', error: null}));
    for (let start = 0; start < outcomes.length; start += BATCH_SIZE) {
        await ports.changes.finish({outcomes: outcomes.slice(start, start + BATCH_SIZE)});
    }
}
