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

/** Many boxes and lists ask these at the same time, each for itself, and the worker keeps the answers. */
const sideBySide: ReadonlySet<LiveName> = new Set<LiveName>(['common_values', 'moved_addresses']);

/**
 * Asks the sync logic in the worker. A newer question of the same name takes the place of an older one, whose promise
 * ends with an AbortError, unless such questions may run at the same time. Rejects with a RequestError for everything else.
 */
export function askLive<N extends LiveName>(name: N, input: LiveInput<N>): Promise<LiveOutput<N>> {
    if (!sideBySide.has(name)) {
        giveUp(name);
    }
    thread ??= start();
    const id = ++lastId;
    return new Promise((settle, fail) => {
        waiting.set(id, {name, settle: settle as (output: unknown) => void, fail});
        thread?.postMessage({id, name, input, surroundings: surroundings()});
    });
}

/** Ends the worker, and with it what it keeps in memory: the whole directory. The next question starts another. */
export function endLive(): void {
    thread?.terminate();
    thread = null;
    giveUp(null);
}

/** Ends the questions of a name; of all names with null. */
function giveUp(name: string | null): void {
    for (const [id, question] of waiting) {
        if (name === null || question.name === name) {
            waiting.delete(id);
            question.fail(new DOMException('the answer is no longer needed', 'AbortError'));
        }
    }
}

function start(): LiveThread {
    const started = startWorker();
    started.onmessage = ({data}) => take(data);

    // A worker that cannot be loaded answers nothing: the next question starts another.
    started.onerror = ({message}) => {
        started.terminate();
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
        question.fail(new RequestError('fault' in reply ? reply.fault : {code: 'internal', raw: {message: reply.error}}));
    }
}
