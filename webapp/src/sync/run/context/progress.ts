import type {Ports} from '../../ports';
import type {Counts, Progress} from '../../types';

import {emptyCounts} from './counts';

/** The counts of one run, and the way to tell them. */
export class RunProgress {
    readonly counts: Counts = emptyCounts();

    constructor(private readonly ports: Ports) {}

    /** Throws `cancelled` once somebody has asked the run to stop. */
    async report(phase: Progress['phase'], done: number, total: number): Promise<void> {
        await this.ports.progress.report({phase, done, total, counts: {...this.counts}});
    }
}
