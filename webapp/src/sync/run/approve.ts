import {needsOwnApproval} from '../approval/line_hold';
import type {Leaver} from '../lifecycle/leaver';
import {makeCarefulJudge} from '../scope/careful_judge';
import type {ChangeOutcome} from '../types';

import {applyTasks} from './applying/apply';
import type {RunContext} from './context/run_context';
import type {RunResult} from './outcome';
import {Approval} from './planning/approval';
import {makePlan} from './planning/planner';
import {leaveOutOverflow, overflowFault} from './planning/user_limit';
import {readByIds, readDirectory, reportRead} from './reading/directory';
import {readLinked} from './reading/links';
import {readMemberships} from './reading/memberships';
import type {People} from './reading/people';

/** Changes that are read from the history, or finished in it, at once. */
const CHUNK_SIZE = 1000;

/** Up to this many users are read one by one; for more of them a full directory read takes fewer requests. */
const FEW = 500;

/**
 * Applies changes that the run `run_id` held back or, for a preview, planned: those with the given `seqs`, or all that
 * need no approval of their own. Each is decided again
 * with the directory and the accounts as they are now, and applied only if the decision is the same; a change that no longer holds is
 * skipped, and the history says so. Nothing is held back again, because an administrator has approved it. What exceeds the server's
 * user limit stays as it is and can be approved again.
 */
export async function applyApproved(run_id: string, seqs: readonly number[], context: RunContext): Promise<RunResult> {
    const {ports} = context;
    const approval = await readApproved(run_id, new Set(seqs), context);
    const ids = [...approval.object_ids];
    if (ids.length === 0) {
        return {hold: null, does_not_fit: 0, error: null};
    }
    const read = ids.length > FEW ? await readAll(context) : await readFew(ids, context);
    const {tasks, fault} = await makePlan(context, {...read, asks_admin: !approval.isOfPreview, approval});
    const finish = async (outcomes: ChangeOutcome[]) => {
        await ports.changes.finish_held({run_id, outcomes});
    };
    await approval.eachLeft(CHUNK_SIZE, (left) => finish(
        left.map(({seq}) => ({seq, status: 'failed', account_id: '', username: '', error: {code: 'change_outdated'}}))));
    const does_not_fit = await leaveOutOverflow(tasks, context);
    const error = await applyTasks(tasks, context, (outcomes) => finish(approval.outcomesOfApproved(outcomes)));
    return {hold: null, does_not_fit, error: error ?? fault ?? overflowFault(does_not_fit)};
}

async function readApproved(run_id: string, wanted: ReadonlySet<number>, {ports}: RunContext): Promise<Approval> {
    const approval = new Approval();
    for (let after = 0; ;) {
        const {changes} = await ports.changes.list_held({run_id, after, limit: CHUNK_SIZE});
        if (changes.length === 0) {
            return approval;
        }
        after = changes[changes.length - 1]!.seq;
        changes.filter((change) => (wanted.size === 0 ? !needsOwnApproval(change) : wanted.has(change.seq))).forEach((change) => approval.add(change));
    }
}

interface ReadForApproval {
    people: People;
    leavers: Leaver[];
}

async function readAll(context: RunContext): Promise<ReadForApproval> {
    const people = await readDirectory(context);
    const {leavers} = await readLinked(people, context.ports);
    return {people, leavers};
}

async function readFew(ids: string[], context: RunContext): Promise<ReadForApproval> {
    const {policy, ports, progress} = context;
    const judge = makeCarefulJudge(policy.scope, await readMemberships(policy.scope, ports.directory));
    const people = await readByIds(ids, judge, context, (read) => reportRead(read, progress));
    ids.filter((object_id) => !people.has(object_id)).forEach((object_id) => people.gone.add(object_id));
    const leavers = ids.filter((object_id) => !people.isInScope(object_id)).
        map((object_id): Leaver => ({object_id, cause: people.has(object_id) ? 'out_of_scope' : 'missing'}));
    return {people, leavers};
}
