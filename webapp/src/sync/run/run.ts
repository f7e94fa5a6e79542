import {faultOf, SyncError, type Fault} from '../errors';
import {parsePolicy} from '../policy/parse';
import type {Policy} from '../policy/policy';
import type {Ports} from '../ports';
import type {RunOutcome, RunRequest} from '../types';

import {applyTasks} from './apply';
import {planPeople} from './plan_people';
import {RunProgress} from './progress';
import {readDirectory, readOne} from './read';
import type {Tasks} from './tasks';

/**
 * One run: reads, plans and, in mode `apply`, writes. Everything is read before anything is planned and planned before
 * anything is written. Known failures become the outcome; a programming error is thrown on.
 */
export async function run(request: RunRequest, ports: Ports): Promise<RunOutcome> {
    const progress = new RunProgress(ports);
    const {counts} = progress;
    try {
        const error = await execute(request, ports, progress);
        return {state: counts.failed > 0 || error ? 'partial' : 'succeeded', counts, error};
    } catch (thrown) {
        const error = faultOf(thrown);
        if (!error) {
            throw thrown;
        }
        return error.code === 'cancelled' ? {state: 'cancelled', counts, error: null} : {state: 'failed', counts, error};
    }
}

async function execute(request: RunRequest, ports: Ports, progress: RunProgress): Promise<Fault | null> {
    const tasks = await readAndPlan(request, ports, progress);
    return applyTasks(tasks, ports, progress);
}

/** A function of its own, so that nothing holds everybody in memory while the tasks are applied. */
async function readAndPlan(request: RunRequest, ports: Ports, progress: RunProgress): Promise<Tasks> {
    const policy = validPolicy(request.policy);
    const people = request.user === '' ?
        await readDirectory(policy, ports, progress) :
        await readOne(request.user, policy, ports, progress);
    return planPeople(people, policy, request.mode, ports, progress);
}

function validPolicy(raw: string): Policy {
    const {policy, faults} = parsePolicy(raw);
    if (!policy) {
        throw new SyncError(faults[0]!);
    }
    return policy;
}
