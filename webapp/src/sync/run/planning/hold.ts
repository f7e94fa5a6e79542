import {holdOf, type Impact} from '../../guard/guard';
import type {Policy} from '../../policy/policy';
import type {Ports} from '../../ports';
import type {ChangeOutcome, Hold, HoldKind} from '../../types';

import type {Linked} from './plan_people';
import type {RunProgress} from '../context/progress';
import {taskKinds, type TaskKind, type Tasks} from '../applying/tasks';

/** Held changes that are written to the history at once. */
const BATCH_SIZE = 1000;

const TASKS_OF_HOLD: Record<HoldKind, readonly TaskKind[]> = {
    deactivations: ['deactivate'],
    email_changes: ['email'],
    username_changes: ['username'],
    directory_shrunk: taskKinds,
};

/** Takes what must wait for an administrator out of the tasks and says so in the history. Returns what was held, or null. */
export async function holdBack(tasks: Tasks, linked: Linked, policy: Policy, now: number, ports: Ports, progress: RunProgress): Promise<Hold | null> {
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
            await markHeld(tasks.remove(held), ports);
        }
    }
    return hold;
}

async function markHeld(seqs: number[], ports: Ports): Promise<void> {
    const outcomes = seqs.map((seq): ChangeOutcome => ({seq, status: 'held', account_id: '', username: '', error: null}));
    for (let start = 0; start < outcomes.length; start += BATCH_SIZE) {
        await ports.changes.finish({outcomes: outcomes.slice(start, start + BATCH_SIZE)});
    }
}
