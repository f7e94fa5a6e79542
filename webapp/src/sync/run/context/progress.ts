import type {Ports} from '../../ports';
import type {Counts, Progress} from '../../types';

import {emptyCounts} from './counts';

/** The counts of one run, which its steps add to and report. */
export class RunProgress {
    readonly counts: Counts = emptyCounts();

    constructor(private readonly ports: Ports) {}

    /** Throws `cancelled` when an administrator has canceled the run. */
    async report(phase: Progress['phase'], done: number, total: number): Promise<void> {
        await this.ports.progress.report({phase, done, total, counts: {...this.counts}});
    }
}
