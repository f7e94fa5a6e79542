import type {Ports} from '../ports';
import type {Hold, RunOutcome, RunRequest} from '../types';

import type {Tasks} from './applying/tasks';
import type {RunProgress} from './context/progress';
import {membershipCountNames} from './memberships/counts';
import {planMemberships, type MembershipPlan} from './memberships/plan';
import {withKinds} from './memberships/hold';
import {outcomeOf} from './outcome';
import {planRun} from './plan_run';
import type {PlannedRun} from './planning/planner';

/**
 * A preview run: reads and plans, and imports nothing that could write an account. `onMemberships` gets the plan for teams and channels,
 * of which the lines in the history have only what changes.
 */
export function preview(request: Omit<RunRequest, 'mode'>, ports: Ports, onMemberships?: (plan: MembershipPlan | null) => void): Promise<RunOutcome> {
    return outcomeOf({...request, mode: 'preview'}, ports, async (context, incremental) => {
        const {tasks, hold, does_not_fit, fault, people, last_seq, earlier, is_shrunk, arriving} = await planRun(request, context, incremental);
        countPlanned(tasks, context.progress);
        const memberships = is_shrunk ? null : await planMemberships({people, last_seq, earlier, arriving: withoutHeld(arriving, hold)}, context);
        onMemberships?.(memberships);
        countMemberships(memberships, context.progress);
        return {hold: withKinds(hold, memberships, context), does_not_fit, error: fault ?? memberships?.fault ?? null};
    });
}

/** The users who get an active account when the plan is applied: not those whose accounts would be held. */
function withoutHeld({create, reactivate, link}: PlannedRun['arriving'], hold: Hold | null): Map<string, string> {
    const isHeld = (kind: string) => hold?.kinds.some((held) => held.kind === kind) ?? false;
    return new Map([...(isHeld('creations') ? [] : create), ...(isHeld('reactivations') ? [] : reactivate), ...link]);
}

function countMemberships(plan: MembershipPlan | null, {counts}: RunProgress): void {
    plan?.targets.forEach(({lines}) => lines.forEach(({action, users}) => {
        counts[membershipCountNames[action]] += users.length;
    }));
}

function countPlanned(tasks: Tasks, {counts}: RunProgress): void {
    counts.created += tasks.count('create');
    counts.updated += tasks.count('update') + tasks.count('email') + tasks.count('username') + tasks.count('empty') + tasks.count('auth_data');
    counts.reactivated += tasks.count('reactivate');
    counts.deactivated += tasks.count('deactivate');
}
