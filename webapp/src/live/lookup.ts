import {lookUp} from '../client';
import {RequestError} from '../faults';
import {SyncError, type Fault} from '../sync/errors';
import type {LookupName} from '../sync/ports';

/** What a read-only port answers in a run. Fails as the port does there, with a `SyncError`. */
export async function lookup<T>(port: LookupName, input: unknown): Promise<T> {
    try {
        return await lookUp(port, input) as T;
    } catch (error) {
        throw error instanceof RequestError ? new SyncError(error.fault as Fault) : error;
    }
}
