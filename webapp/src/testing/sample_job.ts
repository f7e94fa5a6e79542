import type {SyncJob} from '../components/system_console/frame/use_sync_job';

import {sampleStatus} from './samples';

/** A sync at rest, on a page that can start runs; nothing happens when it is told to. */
export function sampleJob(change: Partial<SyncJob> = {}): SyncJob {
    return {
        status: sampleStatus(),
        run: null,
        isRunning: false,
        isBusy: false,
        hasUnsavedSettings: false,
        fault: null,
        start: () => undefined,
        cancel: () => undefined,
        approve: () => undefined,
        discard: () => undefined,
        ...change,
    };
}
