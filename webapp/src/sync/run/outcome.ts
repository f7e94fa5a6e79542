import {faultOf, type Fault} from '../errors';
import type {Ports} from '../ports';
import type {Counts, Hold, RunMode, RunOutcome, RunRequest} from '../types';

import {RunProgress} from './context/progress';
import {openContext, type RunContext} from './context/run_context';
import {Incremental} from './reading/incremental';
import {openTenant} from './reading/tenant';

/** What the steps of a run return besides the counts. */
export interface RunResult {
    hold: Hold | null;

    /** How many planned accounts exceed the server's user limit. */
    does_not_fit: number;
    first_import?: boolean;
    keeps_holds?: boolean;
    error: Fault | null;
}

type Steps = (context: RunContext, incremental: Incremental) => Promise<RunResult>;

/** Makes the context of a run, takes its steps and returns how it ended. A known fault is the outcome; a programming error is thrown. */
export async function outcomeOf(request: RunRequest, ports: Ports, steps: Steps): Promise<RunOutcome> {
    const incremental = new Incremental(request);
    const listening = incremental.listenTo(ports);
    const progress = new RunProgress(listening);
    const {counts} = progress;
    try {
        await openTenant(listening);
        const context = await openContext(request, listening, progress);
        await progress.report('read', 0, 0);
        const {hold, error, does_not_fit, first_import, keeps_holds} = await savingRetries(context, () => steps(context, incremental));
        return {state: stateOf(counts, error, request.mode), counts, error, hold, does_not_fit, first_import, keeps_holds, ...incremental.outcome};
    } catch (thrown) {
        const error = faultOf(thrown);
        if (!error) {
            throw thrown;
        }
        const failure = error.code === 'cancelled' ? {state: 'cancelled', error: null} as const : {state: 'failed', error} as const;
        return {...failure, counts, ...incremental.outcome};
    }
}

/** Failures of changes are saved even when the run itself fails. */
async function savingRetries<T>({retries}: RunContext, take: () => Promise<T>): Promise<T> {
    try {
        return await take();
    } finally {
        await retries.save();
    }
}

/** A preview holds nothing: it only says what a sync run would hold. */
function stateOf({failed, held}: Counts, error: Fault | null, mode: RunMode): RunOutcome['state'] {
    if (held > 0 && mode === 'apply') {
        return 'held';
    }
    return failed > 0 || error ? 'partial' : 'succeeded';
}
