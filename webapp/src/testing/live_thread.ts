/** Stands for live/start_worker.ts in Jest, which knows no web workers: the same answers, in the same thread. */
import {answer} from '../live/answer';
import type {LiveThread} from '../live/start_worker';

export function startWorker(): LiveThread {
    const thread: LiveThread = {
        onmessage: null,
        onerror: null,
        postMessage: (question) => void answer(copied(question)).then((reply) => thread.onmessage?.({data: copied(reply)})),
    };
    return thread;
}

/** What goes from thread to thread is plain JSON. */
function copied<T>(message: T): T {
    return JSON.parse(JSON.stringify(message)) as T;
}
