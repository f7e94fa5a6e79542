import {isMembershipAction} from '../lists';
import {needsOwnApproval} from '../approval/line_hold';
import type {Fault} from '../errors';
import type {Leaver} from '../lifecycle/leaver';
import {matchCriteria} from '../match/criteria';
import {lookupKeys} from '../match/lookup_keys';
import type {Policy} from '../policy/policy';
import type {Ports} from '../ports';
import type {ChangeOutcome} from '../types';

import {applyTasks} from './applying/apply';
import type {RunContext} from './context/run_context';
import {applyMemberships} from './memberships/apply';
import {MembershipApproval} from './memberships/approval';
import {removesOthers} from './memberships/hold';
import {planMemberships} from './memberships/plan';
import {noteApprovedRemovals} from './memberships/removals';
import {savePlacements} from './memberships/users';
import type {RunResult} from './outcome';
import {Approval} from './planning/approval';
import {Earlier} from './planning/earlier';
import {makePlan} from './planning/planner';
import {leaveOutOverflow, overflowFault} from './planning/user_limit';
import {addOthers, readByIds, readDirectory, reportRead} from './reading/directory';
import {readLinked} from './reading/links';
import type {People} from './reading/people';
import {openQuestions} from './reading/questions';

/** Changes that are read from the history, or finished in it, at once. */
const CHUNK_SIZE = 1000;

/** Up to this many users are read one by one; for more of them a full directory read takes fewer requests. */
const FEW = 100;

/**
 * Applies changes that the run `run_id` held back or, for a preview, planned: those with the given `seqs`, or all that
 * need no approval of their own. Each is decided again
 * with the directory and the accounts as they are now, and applied only if the decision is the same; a change that no longer holds is
 * skipped, and the history says so. Nothing is held back again, because an administrator has approved it. What exceeds the server's
 * user limit stays as it is and can be approved again.
 */
export async function applyApproved(run_id: string, seqs: readonly number[], context: RunContext): Promise<RunResult> {
    const approved = await readApproved(run_id, new Set(seqs), context);
    const {accounts: approval, memberships} = approved;
    const ids = [...new Set([...approval.object_ids, ...memberships.object_ids])];
    if (ids.length === 0) {
        return {hold: null, does_not_fit: 0, error: null};
    }
    const read = ids.length > FEW || !findsAllByAddress(context.policy) ? await readAll(context) : await readFew(approval, ids, context);
    await savePlacements(read.people, context);
    const {tasks, fault, last_seq} = await makePlan(context, {...read, asks_admin: !approved.isOfPreview, approval});
    const finish = async (outcomes: ChangeOutcome[]) => {
        await context.ports.changes.finish_held({run_id, outcomes});
    };
    await approval.eachLeft(CHUNK_SIZE, (left) => finish(left.map(outdated)));
    const does_not_fit = await leaveOutOverflow(tasks, context);
    const error = await applyTasks(tasks, context, (outcomes) => finish(approval.outcomesOfApproved(outcomes)));
    const ofMemberships = await applyApprovedMemberships(memberships, {people: read.people, last_seq}, finish, context);
    return {hold: null, does_not_fit, error: error ?? fault ?? ofMemberships ?? overflowFault(does_not_fit)};
}

function outdated({seq}: {seq: number}): ChangeOutcome {
    return {seq, status: 'failed', account_id: '', username: '', error: {code: 'change_outdated'}};
}

/** The accounts come first: who gets one by this approval can join. */
async function applyApprovedMemberships(
    approval: MembershipApproval, {people, last_seq}: {people: People; last_seq: number}, finish: (outcomes: ChangeOutcome[]) => Promise<void>, context: RunContext,
): Promise<Fault | null> {
    if (approval.isEmpty) {
        return null;
    }
    const plan = await planMemberships({people, last_seq, earlier: new Earlier(), approval}, context);
    for (let left = approval.left, start = 0; start < left.length; start += CHUNK_SIZE) {
        await finish(left.slice(start, start + CHUNK_SIZE).map((seq) => outdated({seq})));
    }
    if (plan) {
        await noteApprovedRemovals(plan.targets.filter(removesOthers).map(({target}) => target.id), context.ports);
        await applyMemberships(plan, context, (outcomes) => finish(approval.outcomesOfApproved(outcomes)));
    }
    return plan?.fault ?? null;
}

interface Approved {
    accounts: Approval;
    memberships: MembershipApproval;
    isOfPreview: boolean;
}

async function readApproved(run_id: string, wanted: ReadonlySet<number>, {ports}: RunContext): Promise<Approved> {
    const accounts = new Approval();
    const memberships = new MembershipApproval();
    for (let after = 0; ;) {
        const {changes} = await ports.changes.list_held({run_id, after, limit: CHUNK_SIZE});
        if (changes.length === 0) {
            return {accounts, memberships, isOfPreview: accounts.isOfPreview || memberships.isOfPreview};
        }
        after = changes[changes.length - 1]!.seq;
        changes.filter((change) => (wanted.size === 0 ? !needsOwnApproval(change) : wanted.has(change.seq))).
            forEach((change) => (isMembershipAction(change.action) ? memberships : accounts).add(change));
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

/** Whether all that two users can share is an email address by which the directory finds users. */
function findsAllByAddress({accounts: {matching, sign_in}, mapping}: Policy): boolean {
    const hasOwnAuthData = sign_in.method === 'single_sign_on' && sign_in.service !== 'office365' && mapping.auth_data !== undefined;
    return !mapping.email && !hasOwnAuthData && !matching.includes('other_mails') && !matching.includes('username');
}

/** Reads the approved users and the users who can be in their way, so that the plan knows what a full run knows. */
async function readFew(approval: Approval, ids: readonly string[], context: RunContext): Promise<ReadForApproval> {
    const {policy, ports, progress} = context;
    const questions = await openQuestions(context);
    const people = await readByIds(ids, questions, context, (read) => reportRead(read, progress));
    ids.filter((object_id) => !people.has(object_id)).forEach((object_id) => people.gone.add(object_id));
    const owners = await ownersAmong(people, policy, ports);
    await addOthers(people, [...new Set([...approval.related, ...owners])].filter((id) => !people.has(id)), approval.addresses, context);
    const leavers = ids.filter((object_id) => !people.isInScope(object_id)).
        map((object_id): Leaver => ({object_id, cause: people.has(object_id) ? 'out_of_scope' : 'missing'}));
    return {people, leavers};
}

/** The users who own the accounts that the keys of these users point at. */
async function ownersAmong(people: People, {accounts: policy}: Policy, ports: Ports): Promise<string[]> {
    const persons = people.slice(0, people.undecided);
    const {accounts} = persons.length === 0 ? {accounts: []} : await ports.accounts.find(lookupKeys(persons, matchCriteria(policy, people.claims, () => true)));
    return accounts.map(({linked_object_id}) => linked_object_id).filter((id) => id !== '');
}
