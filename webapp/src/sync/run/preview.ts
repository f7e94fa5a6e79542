import type {Ports} from '../ports';
import type {RunOutcome, RunRequest} from '../types';

import type {Tasks} from './applying/tasks';
import type {RunProgress} from './context/progress';
import {planMemberships, type MembershipPlan} from './memberships/plan';
import {outcomeOf} from './outcome';
import {planRun} from './plan_run';

/** A preview run: reads and plans, and imports nothing that could write an account. */
export function preview(request: Omit<RunRequest, 'mode'>, ports: Ports): Promise<RunOutcome> {
    return outcomeOf({...request, mode: 'preview'}, ports, async (context, incremental) => {
        const {tasks, hold, does_not_fit, fault, people, last_seq} = await planRun(request, context, incremental);
        countPlanned(tasks, context.progress);
        const memberships = await planMemberships(people, last_seq, context);
        countMemberships(memberships, context.progress);
        return {hold, does_not_fit, error: fault ?? memberships?.fault ?? null};
    });
}

function countMemberships(memberships: MembershipPlan | null, {counts}: RunProgress): void {
    memberships?.targets.forEach(({lines}) => lines.forEach(({users}) => {
        counts.joined += users.length;
    }));
}

function countPlanned(tasks: Tasks, {counts}: RunProgress): void {
    counts.created += tasks.count('create');
    counts.updated += tasks.count('update') + tasks.count('email') + tasks.count('username') + tasks.count('empty') + tasks.count('auth_data');
    counts.reactivated += tasks.count('reactivate');
    counts.deactivated += tasks.count('deactivate');
}
