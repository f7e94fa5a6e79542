/** @jest-environment jsdom */
import {cancelRun, changesCsvUrl, getStatus, listChanges, startRun} from './client';
import {shownFaultOf} from './faults';
import {FakeServer} from './testing/fake_server';
import {sampleChange, samplePage, sampleRun, sampleStatus} from './testing/samples';

const server = new FakeServer();
const unfiltered = {action: '', status: '', q: '', page: 0};

beforeEach(() => server.install());
afterEach(() => {
    server.uninstall();
    delete window.basename;
});

async function faultOf(request: Promise<unknown>) {
    return shownFaultOf(await request.then(() => new Error('not refused'), (error: unknown) => error));
}

test('requests go below the path that Mattermost is served at', async () => {
    window.basename = '/chat';
    server.on('GET /status', sampleStatus());

    expect(await getStatus()).toEqual(sampleStatus());
    expect(server.requests.at(-1)?.url).toBe('http://localhost/chat/plugins/entrasync/api/v1/status');
    expect(changesCsvUrl('run1')).toBe('http://localhost/chat/plugins/entrasync/api/v1/runs/run1/changes.csv');
});

test('a request that changes something carries the CSRF token of the session', async () => {
    document.cookie = 'MMCSRF=csrf-token';
    server.on('POST /runs', sampleRun(), 202);

    await startRun('preview');

    const request = server.requests.at(-1);
    expect(request?.headers).toMatchObject({'X-CSRF-Token': 'csrf-token', 'X-Requested-With': 'XMLHttpRequest'});
    expect(request?.body).toEqual({mode: 'preview'});
});

test('an id cannot leave its place in the path', async () => {
    await faultOf(cancelRun('../status?'));

    expect(server.requests.at(-1)?.path).toBe('/runs/..%2Fstatus%3F/cancel');
});

test('empty filters are not sent', async () => {
    server.on('GET /runs/run1/changes', samplePage([sampleChange()]));

    await listChanges('run1', {...unfiltered, q: '김 & 이', page: 2});

    expect(server.requests.at(-1)?.query).toEqual({q: '김 & 이', page: '2', per_page: '60'});
});

test('a refusal keeps code, message, hint and what Microsoft said', async () => {
    const refusal = {code: 'run_in_progress', message: 'Another run is going on.', hint: 'Wait.', raw: {code: 'x', trace_id: 't'}};
    server.on('POST /runs', refusal, 409);

    expect(await faultOf(startRun('apply'))).toEqual(refusal);
});

test.each([
    [502, '<html>Bad gateway</html>', 'plugin_unavailable'],
    [404, {id: 'api.plugin.not_found', message: 'Not found', status_code: 404}, 'plugin_unavailable'],
    [401, {id: 'api.context.session_expired.app_error', status_code: 401}, 'session_ended'],
    [400, 'nonsense', 'answer_invalid'],
    [200, '<html>Sign in to the proxy</html>', 'answer_invalid'],
    [200, {version: 1}, 'answer_invalid'],
])('an answer %d that is not the plugin\'s becomes a fault of the page', async (status, body, code) => {
    server.on('GET /status', body, status);

    expect(await faultOf(getStatus())).toMatchObject({code, raw: {status}});
});

test('a server that cannot be reached is a fault of the page', async () => {
    server.onRequest('GET /status', () => new TypeError('Failed to fetch'));

    expect(await faultOf(getStatus())).toEqual({code: 'server_unreachable', raw: {message: 'Failed to fetch'}});
});

test('a programming error is not dressed up as a fault', () => {
    expect(() => shownFaultOf(new RangeError('bug'))).toThrow('bug');
});

test('counts and progress that a young run does not have yet read as zero and none', async () => {
    server.on('POST /runs', {...sampleRun(), counts: null, progress: {}}, 202);

    const run = await startRun('preview');

    expect(run.counts.created).toBe(0);
    expect(run.progress).toBeNull();
});

test('params that no sentence can name are dropped', async () => {
    server.on('POST /runs', {code: 'request_invalid', message: 'Not valid.', hint: '', params: {detail: 'mode', nested: {a: 1}}}, 400);

    expect(await faultOf(startRun('preview'))).toMatchObject({params: {detail: 'mode'}});
    expect(await faultOf(startRun('preview'))).not.toHaveProperty('params.nested');
});
