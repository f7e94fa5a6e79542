import type {Fault} from '../../errors';
import type {Ports} from '../../ports';
import {postponedAt, type Postponed} from '../../retry/postponed';
import {RunFailures} from '../../retry/run_failures';
import type {Retry} from '../../types';

/** Failures that are saved with one statement. */
const AT_ONCE = 1000;

/** The users whose changes failed in earlier runs, and what this run adds. */
export class Retries {
    private readonly failures: RunFailures;

    /** The users with failures for whom this run has a change, tried or postponed. */
    private readonly wanted = new Set<string>();

    private constructor(private readonly ports: Ports, private readonly known: ReadonlyMap<string, Retry>) {
        this.failures = new RunFailures(known);
    }

    static async open(ports: Ports): Promise<Retries> {
        const {retries} = await ports.retries.list();
        return new Retries(ports, new Map(retries.map((retry) => [retry.object_id, retry])));
    }

    /** The users whose changes must not be tried again yet. */
    postponedAt(now: number): Postponed {
        return postponedAt(now, this.known.values());
    }

    /** Whether a change of this user failed in the run before. */
    hasFailedBefore(object_id: string): boolean {
        return this.known.has(object_id);
    }

    /** Notes that the plan has a change for the user, or postpones one. */
    want(object_id: string): void {
        if (this.known.has(object_id)) {
            this.wanted.add(object_id);
        }
    }

    /**
     * Forgets the failures of users for whom the plan has no change, for example because they left the directory. `isJudged` says
     * whether this run has decided about a user.
     */
    forgetUnwanted(isJudged: (object_id: string) => boolean): void {
        for (const object_id of this.known.keys()) {
            if (!this.wanted.has(object_id) && isJudged(object_id)) {
                this.failures.drop(object_id);
            }
        }
    }

    /** Notes how a change of the user ended; `error` is null for success. */
    note(object_id: string, error: Fault | null): void {
        this.failures.note(object_id, error);
    }

    async save(): Promise<void> {
        const {ms: now} = await this.ports.clock.now();
        const {retries, forget} = this.failures.toSave(now);
        for (let start = 0; start < Math.max(retries.length, forget.length); start += AT_ONCE) {
            const end = start + AT_ONCE;
            await this.ports.retries.save({retries: retries.slice(start, end), forget: forget.slice(start, end)});
        }
    }
}
