/** @jest-environment jsdom */
import {approveRun, cancelRun, changesCsvUrl, getStatus, getUsernames, listChanges, startRun} from './client';
import type {RequestError} from './faults';
import {closedPorts} from './live/closed_ports';
import {FakeServer} from './testing/fake_server';
import {heldRun, sampleChange, samplePage, sampleRun, sampleStatus} from './testing/samples';

const server = new FakeServer();
const unfiltered = {action: '', status: '', q: '', page: 0};

beforeEach(() => server.install());
afterEach(() => {
    server.uninstall();
    delete window.basename;
});

async function faultOf(request: Promise<unknown>) {
    return request.then(() => Promise.reject(new Error('not refused')), (error: RequestError) => error.fault);
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

test('the server\'s clock counts for a preview in the page, not this machine\'s', async () => {
    const threeDays = 3 * 86_400_000;
    server.on('GET /status', sampleStatus());
    server.date = new Date(Date.now() + threeDays).toUTCString();
    await getStatus();
    const {ms} = await closedPorts().clock.now();
    expect(Math.abs(ms - Date.now() - threeDays)).toBeLessThan(10_000);
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

test('all held changes of a run are approved, or some', async () => {
    server.on('POST /runs/run1/approve', sampleRun({id: 'run2', approves: 'run1'}), 202);

    expect(await approveRun('run1')).toMatchObject({id: 'run2', approves: 'run1'});
    expect(server.requests.at(-1)?.body).toBeUndefined();
    await approveRun('run1', [3, 4]);
    expect(server.requests.at(-1)?.body).toEqual({changes: [3, 4]});
});

test('usernames come from Mattermost itself, and an empty list makes no request', async () => {
    window.basename = '/chat';
    server.on('POST /api/v4/users/ids', [{id: 'a', username: 'mina', email: 'mina@example.com'}]);
    const asked = server.requests.length;

    expect(await getUsernames([])).toEqual({});
    expect(server.requests).toHaveLength(asked);
    expect(await getUsernames(['a', 'b'])).toEqual({a: 'mina'});
    expect(server.requests.at(-1)).toMatchObject({url: 'http://localhost/chat/api/v4/users/ids', body: ['a', 'b']});
});

test('what a run holds is read, whatever an older or newer server says of it', async () => {
    server.on('GET /status', {...sampleStatus(), held_run: {...heldRun(), hold: {kinds: [{kind: 'from_the_future', count: 1}], expires_at: 5, more: 1}}});
    expect((await getStatus()).held_run?.hold).toEqual({kinds: [{kind: 'from_the_future', count: 1, total: 0}], expires_at: 5, more: 1});

    const added = ['hold', 'approves', 'approved_at', 'approved_by', 'discarded_at', 'discarded_by', 'reading'];
    const old = Object.fromEntries(Object.entries(heldRun()).filter(([name]) => !added.includes(name)));
    server.on('GET /status', {...sampleStatus(), last_run: old, held_run: undefined});
    expect(await getStatus()).toMatchObject({held_run: null, last_run: {hold: null, approves: '', approved_at: 0, approved_by: '', discarded_at: 0, discarded_by: '', reading: 'full'}});
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
