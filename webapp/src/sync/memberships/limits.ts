import type {MembershipAction} from '../lists';
import type {Reason} from '../types';

import {Bits} from './bits';
import type {TargetPlan} from './decide';
import type {MembershipTarget} from './shapes';

/** What is told instead of being done. */
export type Notice = {action: 'skip' | 'conflict'; reason: Reason} & (
    | {users: null; count: number} // About the whole target: how many users it concerns.
    | {users: Bits; instead_of: MembershipAction} // The line of each user names the rule that would do that.
);

/** The plan of a target without what Mattermost would refuse or must not lose, and what is told about that. */
export interface LimitedPlan {
    plan: TargetPlan;
    notices: Notice[];
}

/** Only members of a team can be in its channels; `team` has those who are in it after the run. Who stays out of the team has a line there. */
export function onlyTeamMembers(plan: TargetPlan, team: Bits): TargetPlan {
    const join = plan.join.and(team);
    return {...plan, join, promote: plan.promote.andNot(plan.join.andNot(join))};
}

/** The plan as the server will take it. `admins` are the users of the run who are admins of the target now. */
export function limitPlan(plan: TargetPlan, target: MembershipTarget, admins: Bits): LimitedPlan {
    const notices: Notice[] = [];
    let limited = target.is_default_channel ? withoutLeaves(plan, notices) : plan;
    limited = withinRoom(limited, target, notices);
    limited = withLastAdmin(limited, target, admins, notices);
    return {plan: limited, notices};
}

/** Each member of a team is in its default channels; Mattermost lets no one leave the first of them. */
function withoutLeaves(plan: TargetPlan, notices: Notice[]): TargetPlan {
    const none = new Bits(plan.leave.size);
    if (!plan.leave.isEmpty) {
        notices.push({action: 'skip', reason: 'default_channel', users: null, count: plan.leave.count});
    }
    return {...plan, leave: none, leave_waits: none, note_unwanted: none};
}

/** Lets as many users join as there are seats. The rest is told once for the team, not once for each user. */
function withinRoom(plan: TargetPlan, {room}: MembershipTarget, notices: Notice[]): TargetPlan {
    const wanted = plan.join.count;
    if (room === null || wanted <= room) {
        return plan;
    }
    const join = first(plan.join, Math.max(0, room));
    notices.push({action: 'conflict', reason: 'target_full', users: null, count: wanted - join.count});
    return {...plan, join, promote: plan.promote.andNot(plan.join.andNot(join))};
}

/** A team or channel keeps an admin, and the server a system admin. All other roles can end for all users. */
export function keepsAnAdmin({kind, id}: Pick<MembershipTarget, 'kind' | 'id'>): boolean {
    return kind !== 'system_role' || id === 'system_admin';
}

function withLastAdmin(plan: TargetPlan, target: MembershipTarget, admins: Bits, notices: Notice[]): TargetPlan {
    const present = target.admins;
    const losing = plan.leave.and(admins).or(plan.demote);
    if (!keepsAnAdmin(target) || present === 0 || losing.isEmpty || present - losing.count + plan.promote.count > 0) {
        return plan;
    }
    const last = first(losing, 1);
    notices.push({action: 'skip', reason: 'last_target_admin', users: last, instead_of: plan.leave.and(last).isEmpty ? 'demote' : 'leave'});
    return {...plan, leave: plan.leave.andNot(last), demote: plan.demote.andNot(last)};
}

function first(users: Bits, count: number): Bits {
    const some = new Bits(users.size);
    users.list().slice(0, count).forEach((at) => some.add(at));
    return some;
}
