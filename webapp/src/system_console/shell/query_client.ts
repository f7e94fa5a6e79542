import {MutationCache, QueryCache, QueryClient} from '@tanstack/react-query';

import {isRequestError, mayPass, type RequestError} from '../../faults';

declare module '@tanstack/react-query' {
    interface Register {
        defaultError: RequestError;
    }
}

/** How often a request that failed is sent again. */
const retries = 2;

/**
 * Asks the server for one page and its tabs. What no component shows any more is forgotten at once: a tab that is opened again
 * must not show what was true before. The browser's own view of the network does not count, because Mattermost may be on this machine.
 */
export function newQueryClient(): QueryClient {
    return new QueryClient({
        queryCache: new QueryCache({onError: reportBug}),
        mutationCache: new MutationCache({onError: reportBug}),
        defaultOptions: {
            queries: {
                gcTime: 0,
                networkMode: 'always',
                refetchOnWindowFocus: false,
                retry: (failures, error) => failures < retries && isRequestError(error) && mayPass(error),
            },
            mutations: {networkMode: 'always'},
        },
    });
}

/** The library keeps every error to itself. A programming error belongs in the browser's console. */
function reportBug(error: Error): void {
    if (!isRequestError(error) && error.name !== 'AbortError') {
        reportError(error);
    }
}
