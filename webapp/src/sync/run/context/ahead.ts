import type {Awaitable} from '../../ports';

/**
 * Asks for something before it is needed, so that the host gets it while the sync logic is busy. An error shows when the promise is
 * awaited. After a run has ended no code awaits it, and the error does not matter.
 */
export function ahead<T>(ask: () => Awaitable<T>): Awaitable<T> {
    try {
        const pending = ask();
        if (pending instanceof Promise) {
            pending.catch(() => undefined);
        }
        return pending;
    } catch (error) {
        const failed = Promise.reject(error);
        failed.catch(() => undefined);
        return failed;
    }
}
