import type {Ports} from '../ports';
import type {RunOutcome, RunRequest, UserDeparture} from '../types';

import {applyTasks} from './applying/apply';
import {applyApproved} from './approve';
import type {RunContext} from './context/run_context';
import {outcomeOf, type RunResult} from './outcome';
import {planRun} from './plan_run';
import {overflowFault} from './planning/user_limit';
import {preview} from './preview';
import {applyMemberships} from './memberships/apply';
import {withKinds} from './memberships/hold';
import {noteSeen} from './memberships/ledger_notes';
import {planMemberships} from './memberships/plan';
import type {Incremental} from './reading/incremental';

/** Departures that are saved with one statement. */
const DEPARTURES_AT_ONCE = 1000;

/**
 * One run: reads, plans, holds back and, in mode `apply`, writes. Everything is read before anything is planned and planned before
 * anything is written.
 */
export function run(request: RunRequest, ports: Ports): Promise<RunOutcome> {
    return request.mode === 'preview' ? preview(request, ports) : outcomeOf(request, ports, async (context, incremental) => {
        if (request.approves) {
            return applyApproved(request.approves, request.approved_changes ?? [], context);
        }
        return planAndApply(request, context, incremental);
    });
}

async function planAndApply(request: RunRequest, context: RunContext, incremental: Incremental): Promise<RunResult> {
    const {tasks, departures, hold, does_not_fit, first_import, keeps_holds, fault, people, last_seq, earlier, is_shrunk} = await planRun(request, context, incremental);
    await saveDepartures(departures, context);
    const error = await applyTasks(tasks, context);
    const memberships = is_shrunk ? null : await planMemberships({people, last_seq, earlier}, context);
    if (memberships) {
        await noteSeen(memberships, people.is_complete, context);
        await applyMemberships(memberships, context);
    }
    await incremental.keep(hold, context);
    return {
        hold: withKinds(hold, memberships, context), does_not_fit, first_import, keeps_holds: keeps_holds || (memberships?.keeps_holds ?? false), error: error ?? fault ?? memberships?.fault ?? overflowFault(does_not_fit),
    };
}

async function saveDepartures(departures: readonly UserDeparture[], {ports}: RunContext): Promise<void> {
    for (let start = 0; start < departures.length; start += DEPARTURES_AT_ONCE) {
        await ports.links.set_departures({departures: departures.slice(start, start + DEPARTURES_AT_ONCE)});
    }
}
