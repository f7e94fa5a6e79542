import {faultOf, SyncError, type Fault} from '../errors';
import {parsePolicy} from '../policy/parse';
import type {Policy} from '../policy/policy';
import type {Ports} from '../ports';
import {NOBODY_WAITS} from '../retry/waiting';
import type {Counts, DepartureMark, Hold, RunMode, RunOutcome, RunRequest} from '../types';

import {applyTasks} from './applying/apply';
import {applyApproved} from './approve';
import {holdBack} from './planning/hold';
import {Incremental} from './reading/incremental';
import {planLeavers, planPeople} from './planning/plan_people';
import {Planner} from './planning/planner';
import {Profiles} from './planning/profiles';
import {RunProgress} from './context/progress';
import {Retries} from './applying/retries';
import {countOverflow} from './planning/user_limit';
import type {Tasks} from './applying/tasks';

/** Departures that are remembered with one statement. */
const MARKS_AT_ONCE = 1000;

/**
 * One run: reads, plans, holds back and, in mode `apply`, writes. Everything is read before anything is planned and planned before
 * anything is written. Known failures become the outcome; a programming error is thrown on.
 */
export async function run(request: RunRequest, ports: Ports): Promise<RunOutcome> {
    const progress = new RunProgress(ports);
    const {counts} = progress;
    const incremental = new Incremental(request, ports);
    try {
        const {hold, error, does_not_fit} = await execute(request, incremental, progress);
        return {state: stateOf(counts, error, request.mode), counts, error, hold, does_not_fit, ...incremental.outcome};
    } catch (thrown) {
        const error = faultOf(thrown);
        if (!error) {
            throw thrown;
        }
        const failure = error.code === 'cancelled' ? {state: 'cancelled', error: null} as const : {state: 'failed', error} as const;
        return {...failure, counts, ...incremental.outcome};
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
    does_not_fit: number;

    /** What of the policy cannot be done on this server, though the rest can. */
    warning: Fault | null;
}

type Result = Pick<Plan, 'hold' | 'does_not_fit'> & {error: Fault | null};

async function execute(request: RunRequest, incremental: Incremental, progress: RunProgress): Promise<Result> {
    const {ports} = incremental;
    const policy = validPolicy(request.policy);
    const retries = await Retries.open(ports);
    try {
        return await planAndApply(request, policy, incremental, progress, retries);
    } finally {
        await retries.save();
    }
}

async function planAndApply(request: RunRequest, policy: Policy, incremental: Incremental, progress: RunProgress, retries: Retries): Promise<Result> {
    const {ports} = incremental;
    if (request.approves) {
        return {hold: null, does_not_fit: 0, error: await applyApproved(request.approves, request.approved_changes ?? [], policy, ports, progress, retries)};
    }
    const {tasks, marks, hold, does_not_fit, warning} = await plan(request, policy, incremental, progress, retries);
    if (request.mode === 'preview') {
        countPlanned(tasks, progress);
        return {hold, does_not_fit, error: warning};
    }
    for (let start = 0; start < marks.length; start += MARKS_AT_ONCE) {
        await ports.links.mark({departures: marks.slice(start, start + MARKS_AT_ONCE)});
    }
    const error = await applyTasks(tasks, ports, progress, retries);
    await incremental.keep(hold);
    return {hold, does_not_fit, error: error ?? warning};
}

/** A function of its own, so that nothing holds everybody in memory while the tasks are applied. */
async function plan(request: RunRequest, policy: Policy, incremental: Incremental, progress: RunProgress, retries: Retries): Promise<Plan> {
    const {ports} = incremental;
    const {people, leavers} = await incremental.read(policy, progress);
    const {ms: now} = await ports.clock.now();
    const profiles = await Profiles.open(policy, ports);
    const planner = new Planner(people, policy, profiles, request.mode, now, ports, progress.counts);
    planner.waiting = request.user === '' ? retries.waitingAt(now) : NOBODY_WAITS;
    const linked = await planPeople(people, planner, policy.guard, ports, progress);
    await planLeavers(leavers, planner, ports);
    const hold = await holdBack(planner.tasks, linked, policy, now, ports, progress);

    // A directory that is not believed has not shown that anybody is away.
    const isBelieved = !hold?.kinds.some(({kind}) => kind === 'directory_shrunk');
    const does_not_fit = await countOverflow((kind) => planner.tasks.count(kind), ports);
    return {tasks: planner.tasks, marks: isBelieved ? planner.marks : [], hold, does_not_fit, warning: profiles.fault};
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
