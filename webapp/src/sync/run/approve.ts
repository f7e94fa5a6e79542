import type {Fault} from '../errors';
import {keysOfLinked} from '../match/keys';
import type {Policy} from '../policy/policy';
import type {Ports} from '../ports';
import {makeJudge} from '../scope/judge';
import type {ChangeOutcome} from '../types';

import {applyTasks} from './applying/apply';
import {Approval} from './planning/approval';
import {readMemberships} from './reading/memberships';
import {planPeople} from './planning/plan_people';
import {Planner} from './planning/planner';
import {Profiles} from './planning/profiles';
import type {RunProgress} from './context/progress';
import {readByIds, readDirectory} from './reading/directory';
import type {Retries} from './applying/retries';

/** Changes that are read from the history, or settled in it, at once. */
const CHUNK_SIZE = 1000;

/** So many people are asked for one by one; for more of them it takes fewer requests to read the whole directory. */
const FEW = 500;

/**
 * Applies changes that the run `run_id` held back or, a preview, planned: those with the given `seqs` or all. Each is decided again
 * with the directory and the accounts as they are now, and done only if the same comes out; what does not hold any more is left
 * out and the history says so. Nothing is held back again: an administrator has looked at it.
 */
export async function applyApproved(
    run_id: string, seqs: readonly number[], policy: Policy, ports: Ports, progress: RunProgress, retries: Retries,
): Promise<Fault | null> {
    const approval = await readApproved(run_id, new Set(seqs), ports);
    const people = approval.object_ids;
    if (people.size === 0) {
        return null;
    }
    const planner = people.size > FEW ?
        await planFromDirectory(policy, approval, ports, progress) :
        await planFew([...people], policy, approval, ports, progress);
    await planner.rejectRest();
    const settle = async (outcomes: ChangeOutcome[]) => {
        await ports.changes.settle({run_id, outcomes});
    };
    await approval.eachLeft(CHUNK_SIZE, (left) => settle(
        left.map(({seq}) => ({seq, status: 'failed', account_id: '', username: '', error: {code: 'change_outdated'}}))));
    return applyTasks(planner.tasks, ports, progress, retries, (outcomes) => settle(approval.settled(outcomes)));
}

async function readApproved(run_id: string, wanted: ReadonlySet<number>, ports: Ports): Promise<Approval> {
    const approval = new Approval();
    for (let after = 0; ;) {
        const {changes} = await ports.changes.list_held({run_id, after, limit: CHUNK_SIZE});
        if (changes.length === 0) {
            return approval;
        }
        after = changes[changes.length - 1]!.seq;
        changes.filter(({seq}) => wanted.size === 0 || wanted.has(seq)).forEach((change) => approval.add(change));
    }
}

/** Plans for everybody, of which only what is approved comes into the plan. */
async function planFromDirectory(policy: Policy, approval: Approval, ports: Ports, progress: RunProgress): Promise<Planner> {
    const people = await readDirectory(policy, ports, progress);
    const {ms: now} = await ports.clock.now();
    const profiles = await Profiles.open(policy, ports);
    const planner = new Planner(people, policy, profiles, 'apply', now, ports, progress.counts, approval);
    await planPeople(people, planner, policy.guard, ports, progress);
    return planner;
}

async function planFew(ids: string[], policy: Policy, approval: Approval, ports: Ports, progress: RunProgress): Promise<Planner> {
    const judge = makeJudge(policy.scope, await readMemberships(policy.scope, ports.directory));
    const profiles = await Profiles.open(policy, ports);
    const {ms: now} = await ports.clock.now();
    const people = await readByIds(ids, policy, judge, ports);
    progress.counts.directory = people.directory;
    progress.counts.in_scope = people.in_scope;
    const planner = new Planner(people, policy, profiles, 'apply', now, ports, progress.counts, approval);
    const persons = people.slice(0, people.undecided);
    const {accounts} = await planner.lookUp(persons).found;
    await planner.plan(persons, accounts);
    const others = ids.filter((object_id) => !people.isInScope(object_id));
    const found = await ports.accounts.find(keysOfLinked(others));
    await planner.planLeavers(others.map((object_id) => ({object_id, cause: people.has(object_id) ? 'out_of_scope' : 'missing'})), found.accounts);
    await planner.planEmails();
    return planner;
}
