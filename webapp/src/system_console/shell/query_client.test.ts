/** @jest-environment jsdom */
import {RequestError} from '../../faults';

import {newQueryClient} from './query_client';

beforeEach(() => {
    jest.useFakeTimers();
    globalThis.reportError = jest.fn();
});
afterEach(() => jest.useRealTimers());

/** How often a client asks when every answer is this error. */
async function asked(error: Error): Promise<number> {
    const queryFn = jest.fn(() => Promise.reject(error));
    const refused = expect(newQueryClient().fetchQuery({queryKey: ['any'], queryFn})).rejects.toBe(error);
    await jest.advanceTimersByTimeAsync(10_000);
    await refused;
    return queryFn.mock.calls.length;
}

test.each([
    ['a server that cannot be reached', new RequestError({code: 'server_unreachable'}), 3],
    ['a plugin that restarts', new RequestError({code: 'plugin_unavailable'}, {status: 503}), 3],
    ['a proxy without a server', new RequestError({code: 'plugin_unavailable'}, {status: 502}), 3],
    ['a database that fails', new RequestError({code: 'database_failed'}, {status: 500}), 3],
    ['what Microsoft answered to the server', new RequestError({code: 'internal'}, {status: 502}), 1],
    ['a missing permission', new RequestError({code: 'forbidden'}, {status: 403}), 1],
    ['a plugin that is not enabled', new RequestError({code: 'plugin_unavailable'}, {status: 404}), 1],
    ['an answer that cannot be read', new RequestError({code: 'answer_invalid'}), 1],
])('only a failure that can pass is retried: %s', async (_, error, times) => {
    expect(await asked(error)).toBe(times);
    expect(reportError).not.toHaveBeenCalled();
});

test('a programming error is reported, not retried', async () => {
    expect(await asked(new RangeError('bug'))).toBe(1);
    expect(reportError).toHaveBeenCalledWith(new RangeError('bug'));
});
