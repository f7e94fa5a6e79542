import {faultOf, SyncError, type Fault} from '../errors';
import {parsePolicy} from '../policy/parse';
import type {Policy} from '../policy/policy';
import type {Ports} from '../ports';
import type {Counts, DepartureMark, Hold, RunMode, RunOutcome, RunRequest} from '../types';

import {applyTasks} from './apply';
import {applyHeld} from './approve';
import {holdBack} from './hold';
import {planPeople} from './plan_people';
import {Planner} from './planner';
import {Profiles} from './profiles';
import {RunProgress} from './progress';
import {readDirectory, readOne} from './read';
import type {Tasks} from './tasks';

/** Departures that are remembered with one statement. */
const MARKS_AT_ONCE = 1000;

/**
 * One run: reads, plans, holds back and, in mode `apply`, writes. Everything is read before anything is planned and planned before
 * anything is written. Known failures become the outcome; a programming error is thrown on.
 */
export async function run(request: RunRequest, ports: Ports): Promise<RunOutcome> {
    const progress = new RunProgress(ports);
    const {counts} = progress;
    try {
        const {hold, error} = await execute(request, ports, progress);
        return {state: stateOf(counts, error, request.mode), counts, error, hold};
    } catch (thrown) {
        const error = faultOf(thrown);
        if (!error) {
            throw thrown;
        }
        return error.code === 'cancelled' ? {state: 'cancelled', counts, error: null} : {state: 'failed', counts, error};
    }
}

/** A preview holds nothing: it only says what a sync would hold. */
function stateOf({failed, held}: Counts, error: Fault | null, mode: RunMode): RunOutcome['state'] {
    if (held > 0 && mode === 'apply') {
        return 'held';
    }
    return failed > 0 || error ? 'partial' : 'succeeded';
}

interface Plan {
    tasks: Tasks;
    marks: readonly DepartureMark[];
    hold: Hold | null;

    /** What of the policy cannot be done on this server, though the rest can. */
    warning: Fault | null;
}

async function execute(request: RunRequest, ports: Ports, progress: RunProgress): Promise<{hold: Hold | null; error: Fault | null}> {
    const policy = validPolicy(request.policy);
    if (request.approves) {
        return {hold: null, error: await applyHeld(request.approves, request.approved_changes ?? [], policy, ports, progress)};
    }
    const {tasks, marks, hold, warning} = await plan(request, policy, ports, progress);
    if (request.mode === 'preview') {
        countPlanned(tasks, progress);
        return {hold, error: warning};
    }
    for (let start = 0; start < marks.length; start += MARKS_AT_ONCE) {
        await ports.links.mark({departures: marks.slice(start, start + MARKS_AT_ONCE)});
    }
    return {hold, error: await applyTasks(tasks, ports, progress) ?? warning};
}

/** A function of its own, so that nothing holds everybody in memory while the tasks are applied. */
async function plan(request: RunRequest, policy: Policy, ports: Ports, progress: RunProgress): Promise<Plan> {
    const people = request.user === '' ?
        await readDirectory(policy, ports, progress) :
        await readOne(request.user, policy, ports, progress);
    const {ms: now} = await ports.clock.now();
    const profiles = await Profiles.open(policy, ports);
    const planner = new Planner(people, policy, profiles, request.mode, now, ports, progress.counts);
    const linked = await planPeople(people, planner, policy.guard, ports, progress);
    const hold = await holdBack(planner.tasks, linked, policy, now, ports, progress);

    // A directory that is not believed has not shown that anybody is away.
    const isBelieved = !hold?.kinds.some(({kind}) => kind === 'directory_shrunk');
    return {tasks: planner.tasks, marks: isBelieved ? planner.marks : [], hold, warning: profiles.fault};
}

function countPlanned(tasks: Tasks, {counts}: RunProgress): void {
    counts.created += tasks.count('create');
    counts.updated += tasks.count('update') + tasks.count('email') + tasks.count('username');
    counts.reactivated += tasks.count('reactivate');
    counts.deactivated += tasks.count('deactivate');
}

function validPolicy(raw: string): Policy {
    const {policy, faults} = parsePolicy(raw);
    if (!policy) {
        throw new SyncError(faults[0]!);
    }
    return policy;
}
