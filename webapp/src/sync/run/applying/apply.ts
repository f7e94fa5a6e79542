import type {Fault} from '../../errors';
import {updatedAddresses} from '../../mapping/when';
import {needsPlacements} from '../../memberships/placement';
import {targetRules} from '../../memberships/target_rules';
import type {KeyField} from '../../plan/moves';
import type {ChangeOutcome, Counts} from '../../types';

import {keepParked} from '../context/parked';
import type {RunContext} from '../context/run_context';
import {Applier, type Batch} from './applier';
import {FailureWatch} from './failure_watch';
import {objectIdOf, taskKinds, type Task, type TaskKind, type TaskOf, type Tasks} from './tasks';

/** Changes that are written, linked and finished together; what a crash may leave unfinished in the history. */
const BATCH_SIZE = 100;

/** Two batches of new accounts are under way at once, so that the server always has work: together they are one batch. */
const NEW_ACCOUNTS = BATCH_SIZE / 2;

const COUNT_OF_KIND: Record<TaskKind, keyof Counts> = {
    create: 'created', update: 'updated', email: 'updated', username: 'updated', auth_data: 'updated', empty: 'updated', reactivate: 'reactivated', deactivate: 'deactivated',
};

/** Called with the outcomes of each batch, after they are in the history. */
type Follower = (outcomes: ChangeOutcome[]) => Promise<void>;

/**
 * Applies the tasks kind by kind and batch by batch. Returns the fault that ended creation early, or null. Throws
 * `too_many_failures` when so many changes fail that it is better to stop.
 */
export async function applyTasks(tasks: Tasks, context: RunContext, follow?: Follower): Promise<Fault | null> {
    const applier = new Applier(context.ports, updatedAddresses(context.policy.mapping).username, needsPlacements(targetRules(context.policy)));
    const results = new BatchResults(tasks.total, context, follow);
    const parked = swappersAmong(tasks);
    if (parked.length > 0) {
        await keepParked(parked, context.ports);
    }
    await results.report();
    for (const kind of taskKinds) {
        await applyKind(kind, tasks, applier, results);
    }
    if (parked.length > 0) {
        await keepParked(parked.filter((object_id) => results.unmoved.has(object_id)), context.ports);
    }
    return applier.limit;
}

/** The users who pass addresses or usernames around in a circle. */
function swappersAmong(tasks: Tasks): string[] {
    const moves = (['email', 'username', 'auth_data'] as const).flatMap((kind): TaskOf<KeyField>[] => tasks.slice(kind, 0, Infinity));
    return moves.filter(({circle}) => circle !== 'none').map(({object_id}) => object_id);
}

/** Each batch begins before the one before it is saved. Also when the run stops, what has begun is saved. */
async function applyKind(kind: TaskKind, tasks: Tasks, applier: Applier, results: BatchResults): Promise<void> {
    let start = 0;
    const begin = (): Batch | null => {
        const batch = batchOf(tasks.slice(kind, start, kind === 'create' ? NEW_ACCOUNTS : BATCH_SIZE));
        start += batch.length;
        return batch.length === 0 ? null : applier.begin(kind, batch);
    };
    for (let next = begin(); next;) {
        const batch = next;
        next = begin();
        try {
            await results.add(batch, await applier.finish(batch));
            if (!mustContinue(batch)) {
                await results.report();
            }
        } catch (error) {
            await saveBegun(next, applier, results);
            throw error;
        }
    }
}

/** The error that stopped the run is the one to report, not one that follows from it. */
async function saveBegun(batch: Batch | null, applier: Applier, results: BatchResults): Promise<void> {
    if (batch?.created) {
        try {
            await results.add(batch, await applier.finish(batch));
        } catch {
            // The batch stays unfinished in the history, and the next run completes it.
        }
    }
}

/** Addresses or usernames of one round only: the next round needs those that these free. */
function batchOf(tasks: Task[]): Task[] {
    const [first] = tasks;
    return first && 'round' in first ? tasks.filter((task) => 'round' in task && task.round === first.round) : tasks;
}

/** Whether an account has a value for a moment only, so that the run must not stop here. */
function mustContinue({tasks}: Batch): boolean {
    return tasks.some((task) => 'circle' in task && task.circle === 'continues');
}

/** Counts what came of the batches, and stops a run in which too much fails. */
class BatchResults {
    /** Users who were to get another address or username and did not. */
    readonly unmoved = new Set<string>();

    private readonly watch = new FailureWatch();
    private done = 0;

    constructor(private readonly total: number, private readonly context: RunContext, private readonly follow?: Follower) {}

    /** `outcomes` are in the order of the batch's tasks. */
    async add({kind, tasks}: Batch, outcomes: ChangeOutcome[]): Promise<void> {
        const {progress: {counts}, retries} = this.context;
        this.watch.note(outcomes.filter(({error}, at) => error === null || !retries.hasFailedBefore(objectIdOf(tasks[at]!))));
        tasks.forEach((task, at) => {
            const {error} = outcomes[at]!;

            // Deactivations are never postponed, so their failures do not count.
            if (error === null || kind !== 'deactivate') {
                retries.note(objectIdOf(task), error);
            }
            if (error !== null && 'round' in task) {
                this.unmoved.add(task.object_id);
            }
        });
        await this.follow?.(outcomes);
        const failed = outcomes.filter(({status}) => status === 'failed').length;
        counts.failed += failed;
        counts[COUNT_OF_KIND[kind]] += tasks.length - failed;
        this.done += tasks.length;
    }

    /** Throws `cancelled` and `too_many_failures`. */
    async report(): Promise<void> {
        await this.context.progress.report('apply', this.done, this.total);
        this.watch.check();
    }
}
