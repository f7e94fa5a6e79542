import type {SyncJob} from '../system_console/frame/use_sync_job';

import {sampleStatus} from './samples';

/** A sync at rest, on a page that can start runs; what is asked of it is noted by the mocks. */
export function sampleJob(change: Partial<SyncJob> = {}): SyncJob {
    return {
        status: sampleStatus(),
        run: null,
        isRunning: false,
        startedId: '',
        isBusy: false,
        hasUnsavedSettings: false,
        fault: null,
        reload: jest.fn(),
        start: jest.fn(),
        cancel: jest.fn(),
        approve: jest.fn(),
        discard: jest.fn(),
        ...change,
    };
}
