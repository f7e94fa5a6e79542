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

    /** The status of the response; 0 without one. */
    readonly status: number;

    constructor(readonly fault: ShownFault, {status = 0, cause}: {status?: number; cause?: unknown} = {}) {
        super(fault.message ?? fault.code, {cause});
        this.status = status;
    }
}

/** True if the same request can succeed a moment later. A 502 in the plugin's words is Microsoft's answer, and the server has retried it. */
export function mayPass({fault, status}: RequestError): boolean {
    return fault.code === 'server_unreachable' || (status >= 500 && (status !== 502 || fault.code === 'plugin_unavailable'));
}

/** False for an aborted request and for a programming error. */
export function isRequestError(error: Error): error is RequestError {
    return error.name === 'RequestError';
}
