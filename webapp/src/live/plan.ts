import {SyncError, type Fault} from '../sync/errors';
import type {MembershipLines} from '../sync/memberships/shapes';
import type {MembershipPlan} from '../sync/run/memberships/plan';
import {preview} from '../sync/run/preview';
import type {Action, Change, ChangeOutcome, Counts, Hold} from '../sync/types';

import {directory} from './directory';
import {serverAnswersAt} from './server_answers';
import {livePorts} from './ports';
import {unreadOf, validPolicy} from './scope_effect';
import {targetsOf, type LiveTargets} from './targets';

/** Changes that an answer names. */
const SHOWN = 200;

/** How long (ms) planning keeps the worker from hearing of newer questions. */
const PATIENCE = 50;

interface PlanQuestion {

    /** The policy on the screen; it must have no faults. */
    policy: object;

    /** Another one than before when what the server knows may have changed. */
    revision: string;
}

export interface LivePlan {

    /** When the directory was read, in ms. */
    read_at: number;
    counts: Counts;

    /** Lines of the plan by what they would do. */
    actions: Record<Action, number>;

    /** The first of them. */
    changes: Change[];

    /** What happens in teams and channels; null without rules. */
    targets: LiveTargets | null;

    /** What a sync would hold back. */
    hold: Hold | null;
    does_not_fit: number;

    /** The parts of the policy that do not work on this server. All others do. */
    warning: Fault | null;

    /** Attributes that the policy looks at and the read does not have: where they decide, nothing is known. */
    unread: string[];
}

let newest = 0;

/** What a sync would do under a policy that is not saved yet; `null` before the first read. A newer question ends an older one. */
export async function plan({policy, revision}: PlanQuestion): Promise<LivePlan | null> {
    const turn = ++newest;
    const answers = serverAnswersAt(revision);
    const {users, read_at} = await directory();
    if (read_at === 0) {
        return null;
    }
    const actions: LivePlan['actions'] = {create: 0, update: 0, reactivate: 0, deactivate: 0, join: 0, leave: 0, promote: 0, demote: 0, skip: 0, conflict: 0};
    const changes: Change[] = [];
    const plannedActions: Action[] = [];
    const record = (lines: Change[]) => {
        lines.forEach(({seq, action}) => {
            plannedActions[seq] = action;
            actions[action]++;
        });
        changes.push(...lines.slice(0, SHOWN - changes.length));
    };
    const finish = (outcomes: ChangeOutcome[]) => outcomes.forEach(({seq, reason}) => {
        if (reason) {
            actions[plannedActions[seq]!]--;
            actions.skip++;
            changes.filter((change) => change.seq === seq).forEach((change) => Object.assign(change, {action: 'skip', reason}));
        }
    });
    const membershipLines: MembershipLines[] = [];
    const recordMemberships = (lines: MembershipLines[]) => {
        membershipLines.push(...lines);
        lines.forEach(({action, object_ids}) => {
            actions[action] += object_ids.length;
        });
    };
    const planned: {memberships: MembershipPlan | null} = {memberships: null};
    const pause = pauses();
    const report = async () => {
        await pause();
        if (turn !== newest) {
            throw new SyncError({code: 'cancelled'});
        }
    };
    const {state, counts, error, hold = null, does_not_fit = 0} = await preview(
        {user: '', policy: JSON.stringify(policy), by_admin: true}, livePorts({users, answers, record, recordMemberships, finish, report}),
        (memberships) => Object.assign(planned, {memberships}));
    if (state === 'failed' || state === 'cancelled') {
        throw new SyncError(error ?? {code: 'cancelled'});
    }
    const targets = planned.memberships && targetsOf(planned.memberships, membershipLines, users);
    return {read_at, counts, actions, changes, targets, hold, does_not_fit, warning: error, unread: unreadOf(validPolicy(policy), users)};
}

/** From time to time, lets the worker receive other messages. */
function pauses(): () => Promise<void> {
    let since = performance.now();
    return async () => {
        if (performance.now() - since > PATIENCE) {
            await new Promise((resume) => setTimeout(resume));
            since = performance.now();
        }
    };
}
