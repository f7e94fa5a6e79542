import type {Awaitable} from '../../ports';

/**
 * Asks for something before it is needed, so that the host gets it while the sync logic is busy. An error shows when the promise is
 * awaited. After a run has ended no code awaits it, and the error does not matter.
 */
export function ahead<T>(ask: () => Awaitable<T>): Promise<T> {
    const pending = (async () => ask())();
    pending.catch(() => undefined);
    return pending;
}
