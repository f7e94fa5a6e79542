import {hasShrunk} from '../guard/guard';
import {NONE_POSTPONED} from '../retry/postponed';
import type {Hold, RunRequest} from '../types';

import type {RunContext} from './context/run_context';
import {savePlacements} from './memberships/users';
import {Earlier} from './planning/earlier';
import {holdBack} from './planning/hold';
import {makePlan, type PlannedRun} from './planning/planner';
import {leaveOutOverflow} from './planning/user_limit';
import type {Incremental} from './reading/incremental';
import {readLinked} from './reading/links';
import type {People} from './reading/people';

/** The plan of a run after the guard has looked at it. */
interface GuardedPlan extends PlannedRun {
    hold: Hold | null;

    /** How many accounts were left out of the plan because they exceed the server's user limit. */
    does_not_fit: number;

    /** Whether an administrator started the first import. */
    first_import: boolean;

    /** Whether what earlier runs hold stays held. */
    keeps_holds: boolean;
    people: People;
    earlier: Earlier;

    /** Whether the directory has shrunk, so that no one trusts it. */
    is_shrunk: boolean;
}

/**
 * Reads the directory and the links, plans, and holds back what the guard says. The links are read before planning, so that all
 * leavers are judged alike when the directory has shrunk: an administrator decides about them.
 */
export async function planRun({user}: Pick<RunRequest, 'user'>, context: RunContext, incremental: Incremental): Promise<GuardedPlan> {
    const {policy, ports, retries, now} = context;
    const {people, leavers} = await incremental.read(context);
    const {linked, leavers: unseen} = await readLinked(people, ports);
    const isShrunk = hasShrunk({linked: linked.total, found: linked.found}, policy.guard);
    const first_import = context.by_admin && linked.is_none;
    const ids = people.is_complete ? null : [...people.ids, ...leavers.map(({object_id}) => object_id)];
    const earlier = await Earlier.read(people, ids, first_import, context);
    await savePlacements(people, context);
    const plan = await makePlan(context, {
        people,
        leavers: [...unseen, ...leavers],
        earlier,
        asks_admin: isShrunk,
        postponed: user === '' ? retries.postponedAt(now) : NONE_POSTPONED,
    });
    const hold = await holdBack(plan.tasks, {linked, adopted: plan.adopted, recent: earlier.others, is_first_import: first_import}, context);
    if (context.mode === 'apply' && !isShrunk) {
        retries.forgetUnwanted((object_id) => people.isJudged(object_id));
    }
    const does_not_fit = await leaveOutOverflow(plan.tasks, context);

    // A directory that has shrunk is not trusted, so it has not shown that any user left.
    return {...plan, departures: isShrunk ? [] : plan.departures, hold, does_not_fit, first_import, keeps_holds: earlier.keeps_holds, people, earlier, is_shrunk: isShrunk};
}
