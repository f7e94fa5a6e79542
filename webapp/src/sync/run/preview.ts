import type {Ports} from '../ports';
import type {RunOutcome, RunRequest} from '../types';

import type {Tasks} from './applying/tasks';
import type {RunProgress} from './context/progress';
import {outcomeOf} from './outcome';
import {planRun} from './plan_run';

/** A preview run: reads and plans, and imports nothing that could write an account. */
export function preview(request: Omit<RunRequest, 'mode'>, ports: Ports): Promise<RunOutcome> {
    return outcomeOf({...request, mode: 'preview'}, ports, async (context, incremental) => {
        const {tasks, hold, does_not_fit, fault} = await planRun(request, context, incremental);
        countPlanned(tasks, context.progress);
        return {hold, does_not_fit, error: fault};
    });
}

function countPlanned(tasks: Tasks, {counts}: RunProgress): void {
    counts.created += tasks.count('create');
    counts.updated += tasks.count('update') + tasks.count('email') + tasks.count('username') + tasks.count('empty') + tasks.count('auth_data');
    counts.reactivated += tasks.count('reactivate');
    counts.deactivated += tasks.count('deactivate');
}
