import {surroundings} from '../client';
import {RequestError} from '../faults';

import type {LiveInput, LiveName, LiveOutput} from './functions';
import type {Reply} from './messages';
import {startWorker, type LiveThread} from './start_worker';

interface Waiting {
    name: string;
    settle(output: unknown): void;
    fail(error: Error): void;
}

let thread: LiveThread | null = null;
let lastId = 0;
const waiting = new Map<number, Waiting>();

/**
 * Asks the sync logic in the worker. A newer question of the same name takes the place of an older one, whose promise
 * ends with an AbortError. Rejects with a RequestError for what can be shown.
 */
export function askLive<N extends LiveName>(name: N, input: LiveInput<N>): Promise<LiveOutput<N>> {
    giveUp(name);
    thread ??= start();
    const id = ++lastId;
    return new Promise((settle, fail) => {
        waiting.set(id, {name, settle: settle as (output: unknown) => void, fail});
        thread?.postMessage({id, name, input, surroundings: surroundings()});
    });
}

function giveUp(name: string): void {
    for (const [id, question] of waiting) {
        if (question.name === name) {
            waiting.delete(id);
            question.fail(new DOMException('a newer question was asked', 'AbortError'));
        }
    }
}

function start(): LiveThread {
    const started = startWorker();
    started.onmessage = ({data}) => take(data);

    // A worker that cannot be loaded answers nothing: the next question starts another.
    started.onerror = ({message}) => {
        thread = null;
        const asked = [...waiting.values()];
        waiting.clear();
        asked.forEach(({fail}) => fail(new RequestError({code: 'plugin_unavailable', raw: {message}})));
    };
    return started;
}

function take(reply: Reply): void {
    const question = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (!question) {
        return;
    }
    if ('output' in reply) {
        question.settle(reply.output);
    } else {
        question.fail('fault' in reply ? new RequestError(reply.fault) : new Error(reply.error));
    }
}
