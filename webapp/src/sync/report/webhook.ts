import {describeFault} from '../messages/describe';
import type {Run, RunState} from '../types';

/**
 * The states in which a run is complete. `held` is one: the run did all that it may do without approval. `partial` is not: some
 * users have no account yet, and a job that checks only `status` must see that.
 */
const successful: readonly RunState[] = ['succeeded', 'held'];

/** How many accounts were changed; 0 for a preview. */
function synced({mode, counts}: Run): number {
    if (mode === 'preview') {
        return 0;
    }
    const {created = 0, updated = 0, reactivated = 0, deactivated = 0} = counts ?? {};
    return created + updated + reactivated + deactivated;
}

/** The text that the result webhook posts: `{"status", "synced", "run"}`. The texts of an error are English. */
export function webhookBody({run}: {run: Run}): {body: string} {
    const body = {
        status: successful.includes(run.state) ? 'success' : 'fail',
        synced: synced(run),
        run: {...run, error: run.error && describeFault(run.error, 'en')},
    };
    return {body: JSON.stringify(body)};
}
