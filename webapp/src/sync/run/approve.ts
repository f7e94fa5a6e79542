import type {Fault} from '../errors';
import {keysOfLinked} from '../match/keys';
import type {Policy} from '../policy/policy';
import type {Ports} from '../ports';
import {makeJudge, type Judge} from '../scope/judge';
import type {Change, ChangeOutcome} from '../types';

import {applyTasks} from './apply';
import {Approval} from './approval';
import {readMemberships} from './memberships';
import {Planner} from './planner';
import {Profiles} from './profiles';
import type {RunProgress} from './progress';
import {readByIds} from './read';
import type {Retries} from './retries';

/** Held changes that are checked and applied together. */
const CHUNK_SIZE = 500;

/**
 * Applies held changes of the run `held_run`, those with the given `seqs` or all. Each is decided again with the directory and the accounts
 * as they are now, and done only if the same comes out; what does not hold any more is left out and the history says so.
 */
export async function applyHeld(
    held_run: string, seqs: readonly number[], policy: Policy, ports: Ports, progress: RunProgress, retries: Retries,
): Promise<Fault | null> {
    const wanted = new Set(seqs);
    const judge = makeJudge(policy.scope, await readMemberships(policy.scope, ports.directory));
    const profiles = await Profiles.open(policy, ports);
    let error: Fault | null = null;
    for (let after = 0; ;) {
        const {changes} = await ports.changes.list_held({run_id: held_run, after, limit: CHUNK_SIZE});
        if (changes.length === 0) {
            return error;
        }
        after = changes[changes.length - 1]!.seq;
        const chosen = wanted.size === 0 ? changes : changes.filter(({seq}) => wanted.has(seq));
        if (chosen.length > 0) {
            error = await applyChosen(held_run, chosen, policy, judge, profiles, ports, progress, retries) ?? error;
        }
    }
}

async function applyChosen(
    held_run: string, held: Change[], policy: Policy, judge: Judge, profiles: Profiles, ports: Ports, progress: RunProgress, retries: Retries,
): Promise<Fault | null> {
    const {ms: now} = await ports.clock.now();
    const people = await readByIds([...new Set(held.map(({object_id}) => object_id))], policy, judge, ports);
    progress.counts.directory += people.directory;
    progress.counts.in_scope += people.in_scope;
    const approval = new Approval(held);
    const planner = new Planner(people, policy, profiles, 'apply', now, ports, progress.counts, approval);
    const persons = people.slice(0, people.undecided);
    const {accounts} = await planner.lookUp(persons).found;
    await planner.plan(persons, accounts);
    const others = held.filter(({object_id}) => !people.isInScope(object_id)).map(({object_id}) => object_id);
    const found = await ports.accounts.find(keysOfLinked(others));
    await planner.planLeavers(others.map((object_id) => ({object_id, cause: people.has(object_id) ? 'out_of_scope' : 'missing'})), found.accounts);
    await planner.planEmails();
    await planner.rejectRest();
    const settle = (outcomes: ChangeOutcome[]) => ports.changes.settle({run_id: held_run, outcomes});
    await settle(approval.left.map(({seq}) => ({seq, status: 'failed', account_id: '', username: '', error: {code: 'change_outdated'}})));
    return applyTasks(planner.tasks, ports, progress, retries, (outcomes) => settle(approval.settled(outcomes)) as Promise<void>);
}
