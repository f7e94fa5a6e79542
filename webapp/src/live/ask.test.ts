/** @jest-environment jsdom */
import {askLive, endLive} from './ask';
import type {Question} from './messages';
import {startWorker, type LiveThread} from './start_worker';

jest.mock('./start_worker');

interface Thread extends LiveThread {
    asked: Question[];
    isEnded: boolean;
}

const threads: Thread[] = [];
const last = () => threads.at(-1)!;

beforeEach(() => {
    threads.length = 0;
    jest.mocked(startWorker).mockImplementation(() => {
        const thread: Thread = {
            asked: [],
            isEnded: false,
            onmessage: null,
            onerror: null,
            postMessage: (question) => thread.asked.push(question),
            terminate: () => {
                thread.isEnded = true;
            },
        };
        threads.push(thread);
        return thread;
    });
});
afterEach(() => endLive());

const suggestions = (attribute: string) => askLive('common_values', {attribute, revision: ''});
const find = (q: string) => askLive('find_people', {q, revision: ''});
const answer = (at: number, reply: {output: unknown} | {error: string}) => last().onmessage?.({data: {id: last().asked[at]!.id, ...reply}});

test('a newer question of a name ends the older one', async () => {
    const older = find('k');
    const newer = find('ki');
    answer(1, {output: 'found'});

    await expect(older).rejects.toHaveProperty('name', 'AbortError');
    await expect(newer).resolves.toBe('found');
});

test('two boxes that ask for suggestions both get theirs', async () => {
    const both = Promise.all([suggestions('city'), suggestions('department')]);
    answer(1, {output: ['Design']});
    answer(0, {output: ['Seoul']});

    await expect(both).resolves.toEqual([['Seoul'], ['Design']]);
});

test('a programming error in the worker is reported, and no question stays open', async () => {
    const asked = find('k');
    answer(0, {error: 'TypeError: x is undefined'});

    await expect(asked).rejects.toMatchObject({name: 'RequestError', fault: {code: 'internal', raw: {message: 'TypeError: x is undefined'}}});
});

test('a worker that breaks is ended, and the next question starts another', async () => {
    const asked = find('k');
    last().onerror?.({message: 'out of memory'});
    await expect(asked).rejects.toMatchObject({fault: {code: 'plugin_unavailable', raw: {message: 'out of memory'}}});
    expect(last().isEnded).toBe(true);

    const again = find('k');
    answer(0, {output: 'found'});
    await expect(again).resolves.toBe('found');
    expect(threads).toHaveLength(2);
});

test('when the page is left, the worker and its memory go with it', async () => {
    const asked = find('k');
    endLive();

    await expect(asked).rejects.toHaveProperty('name', 'AbortError');
    expect(last().isEnded).toBe(true);
    endLive();
    expect(threads).toHaveLength(1);
});
