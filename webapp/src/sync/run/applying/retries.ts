import type {Ports} from '../../ports';
import {waitingAt, type Waiting} from '../../retry/waiting';
import {Tally} from '../../retry/failures';
import type {ChangeOutcome, Retry} from '../../types';

import {objectIdOf, type Task} from './tasks';

/** Failures that are remembered with one statement. */
const AT_ONCE = 1000;

/** Whose changes have failed in runs before, and what this run adds to it. */
export class Retries {
    private readonly tally: Tally;

    private constructor(private readonly ports: Ports, private readonly known: ReadonlyMap<string, Retry>) {
        this.tally = new Tally(known);
    }

    static async open(ports: Ports): Promise<Retries> {
        const {retries} = await ports.retries.list();
        return new Retries(ports, new Map(retries.map((retry) => [retry.object_id, retry])));
    }

    waitingAt(now: number): Waiting {
        return waitingAt(now, this.known.values());
    }

    /** Whether a change of this person has failed in the run before. */
    hasFailedBefore(task: Task): boolean {
        return this.known.has(objectIdOf(task));
    }

    /** `outcomes` stand in the order of the tasks. Deactivations never wait, so their failures do not count. */
    note(tasks: readonly Task[], outcomes: readonly ChangeOutcome[]): void {
        tasks.forEach((task, at) => {
            const {error} = outcomes[at]!;
            if (error === null || task.kind !== 'deactivate') {
                this.tally.note(objectIdOf(task), error);
            }
        });
    }

    async save(): Promise<void> {
        const {ms: now} = await this.ports.clock.now();
        const {retries, settled} = this.tally.remembered(now);
        for (let start = 0; start < Math.max(retries.length, settled.length); start += AT_ONCE) {
            const end = start + AT_ONCE;
            await this.ports.retries.save({retries: retries.slice(start, end), settled: settled.slice(start, end)});
        }
    }
}
