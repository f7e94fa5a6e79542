/** Replaces live/start_worker.ts in Jest, which has no web workers: the same answers, in the same thread. */
import {answer} from '../live/answer';
import type {LiveThread} from '../live/start_worker';

export function startWorker(): LiveThread {
    const thread: LiveThread = {
        onmessage: null,
        onerror: null,
        postMessage: (question) => void answer(copied(question)).then((reply) => thread.onmessage?.({data: copied(reply)})),
        terminate: () => {
            thread.onmessage = null;
        },
    };
    return thread;
}

/** jsdom has no structuredClone; questions and answers are plain JSON. */
function copied<T>(value: T): T {
    return JSON.parse(JSON.stringify(value)) as T;
}
