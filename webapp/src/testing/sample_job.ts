import type {SyncJob} from '../components/system_console/frame/use_sync_job';

/** A sync that nobody has started; what is asked of it is noted by the mocks. */
export function sampleJob(change: Partial<SyncJob> = {}): SyncJob {
    return {
        status: null,
        run: null,
        isRunning: false,
        isBusy: false,
        hasUnsavedSettings: false,
        fault: null,
        start: jest.fn(),
        cancel: jest.fn(),
        approve: jest.fn(),
        discard: jest.fn(),
        ...change,
    };
}
