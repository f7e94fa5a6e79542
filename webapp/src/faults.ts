import type {Fault, RawFault} from './sync/errors';

/** What can go wrong between this page and Mattermost, before the plugin has a say. */
export type PageFaultCode = 'server_unreachable' | 'answer_invalid' | 'plugin_unavailable' | 'session_ended';

/**
 * A fault that the page can show: one of the sync logic, in words or only as its code, or one of the page itself.
 * `message` and `hint` are in the reader's language when the server described the fault.
 */
export type ShownFault = (Fault | {code: PageFaultCode; raw?: RawFault; path?: string}) & {message?: string; hint?: string};

/** A request that did not succeed; recognize it by `name`. */
export class RequestError extends Error {
    override readonly name = 'RequestError';

    constructor(readonly fault: ShownFault, options?: {cause?: unknown}) {
        super(fault.message ?? fault.code, options);
    }
}

/** What to show for anything that was thrown; a programming error is thrown again. */
export function shownFaultOf(error: unknown): ShownFault {
    if (error instanceof Error && error.name === 'RequestError') {
        return (error as RequestError).fault;
    }
    throw error;
}

/** True when a request ended because the component that asked for it went away. */
export function isAbort(error: unknown): boolean {
    return error instanceof DOMException && error.name === 'AbortError';
}
