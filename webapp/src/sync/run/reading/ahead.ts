import type {Awaitable} from '../../ports';

/**
 * Asks for something before it is needed, so that the host gets it while the sync logic is busy. A failure shows when
 * the promise is awaited; one that nobody awaits any more, because the run has ended, is of no interest.
 */
export function ahead<T>(ask: () => Awaitable<T>): Promise<T> {
    const pending = (async () => ask())();
    pending.catch(() => undefined);
    return pending;
}
