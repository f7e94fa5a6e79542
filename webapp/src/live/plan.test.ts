/** @jest-environment jsdom */
import type {PolicyInput} from '../sync/policy/policy';
import {run} from '../sync/run/run';
import {smallScene} from '../sync/testing/guards';
import {MemoryPorts} from '../sync/testing/memory_ports';
import {account, directoryUser, objectId} from '../sync/testing/people';
import type {FakeServer} from '../testing/fake_server';
import {liveServer} from '../testing/live_server';

import {askLive} from './ask';
import {plan} from './plan';

const readAt = Date.UTC(2025, 2, 1);
const group = '0b7a51d4-6c1e-4d0a-9a3e-52f7c1e8d960';
let ports: MemoryPorts;
let server: FakeServer;
let revision = 0;

/** Every kind of decision: new users, a linked one, one to adopt, taken names, a disabled one, leavers and missing ones, user attributes. */
function invented(): MemoryPorts {
    const memory = new MemoryPorts();
    memory.users = Array.from({length: 40}, (_, at) => directoryUser(at + 1));
    memory.users[3] = directoryUser(4, {accountEnabled: false});
    memory.users[4] = directoryUser(5, {mail: 'person1@example.com'});
    memory.users[5] = directoryUser(6, {displayName: 'Lee Out'});
    memory.stored = [
        account('a1', {email: 'person10@example.com', linked_object_id: objectId(10), nickname: 'Old'}),
        account('a2', {email: 'person11@example.com', username: 'somebody'}),
        account('a3', {email: 'lee@example.com', linked_object_id: objectId(6)}),
        account('a4', {email: 'gone@example.com', linked_object_id: objectId(99), departure: {since: 1, absent_reads: 4, counted_at: 1, deactivated_at: 0}}),
        account('person12', {email: 'other@example.com'}),
    ];
    memory.groups = {[group]: [objectId(1), objectId(6)]};
    memory.attributeFields = [{id: 'f1', group_id: 'g', name: 'Title', type: 'text', value_type: '', is_synced: false}];
    memory.attributeValues = [{account_id: 'a1', field_id: 'f1', value: 'Boss'}];
    memory.remembered = [{object_id: objectId(20), failures: 2, retry_at: readAt + 1}, {object_id: objectId(21), failures: 2, retry_at: readAt - 1}];
    memory.maxAccounts = 20;
    memory.now = readAt;
    memory.pageSize = 999;
    return memory;
}

beforeEach(() => {
    jest.spyOn(Date, 'now').mockReturnValue(readAt);
    ports = invented();
    server = liveServer(ports, readAt);
    server.install();
    revision++;
});

afterEach(() => {
    server.uninstall();
    jest.restoreAllMocks();
});

const policies: Array<[string, PolicyInput]> = [
    ['names', {scope: {allow: {display_name_contains: ['Kim']}}}],
    ['all users but one', {scope: {everyone: true, deny: {email: ['person2@example.com']}}}],
    ['a group', {scope: {allow: {groups: [group]}}}],
    ['user attributes', {scope: {everyone: true}, mapping: {attributes: {Title: {sources: ['jobTitle']}}}}],
    ['matching by username', {scope: {everyone: true}, accounts: {matching: ['link', 'email', 'username']}}],
    ['no users', {}],
];

test.each(policies)('plans what a preview on the server plans: %s', async (_, policy) => {
    const preview = new MemoryPorts();
    Object.assign(preview, {...invented(), directory: preview.directory, accounts: preview.accounts, links: preview.links, retries: preview.retries,
        changes: preview.changes, state: preview.state, progress: preview.progress, clock: preview.clock, random: preview.random, log: preview.log});
    const outcome = await run({mode: 'preview', user: '', policy: JSON.stringify(policy)}, preview);

    const live = await askLive('plan', {policy, revision: String(revision)});

    expect(live!.counts).toEqual(outcome.counts);
    expect(live!.hold).toEqual(outcome.hold);
    expect(live!.does_not_fit).toBe(outcome.does_not_fit);
    expect(live!.warning).toEqual(outcome.error);
    expect(live!.changes).toEqual(preview.history);
    expect(Object.values(live!.actions).reduce((sum, count) => sum + count)).toBe(preview.history.length);
    expect(ports.writes).toEqual([]);

    // The server refuses a null in a request.
    expect(server.requests.flatMap(({body}) => Object.values(body ?? {}))).not.toContain(null);
});

test('the users and accounts of the samples make every action but reactivation', async () => {
    const {actions} = (await askLive('plan', {policy: {scope: {allow: {display_name_contains: ['Kim']}}, guard: smallScene}, revision: String(revision)}))!;
    expect(actions).toMatchObject({create: 17, update: 2, deactivate: 2});
    expect(actions.conflict + actions.skip).toBeGreaterThan(0);
});

test('a second evaluation asks the server nothing twice, and a wider scope only for who is new', async () => {
    const ask = (policy: PolicyInput) => askLive('plan', {policy, revision: String(revision)});
    await ask({scope: {allow: {display_name_contains: ['Kim Person 1']}}});
    const asked = server.requests.length;
    await ask({scope: {allow: {display_name_contains: ['Kim Person 1']}}});
    expect(server.requests).toHaveLength(asked);

    await ask({scope: {everyone: true}});
    const emails = server.sent('POST /lookups/accounts.find').flatMap(({body}) => (body as {emails: string[]}).emails);
    expect(new Set(emails).size).toBe(emails.length);
    expect(emails).toHaveLength(39);

    await askLive('plan', {policy: {}, revision: 'later'});
    expect(server.sent('GET /directory')).toHaveLength(2);
});

test('only the first 200 changes are named, and all are counted', async () => {
    ports.users = Array.from({length: 450}, (_, at) => directoryUser(at + 1));
    ports.stored = [];
    ports.remembered = [];
    const live = await askLive('plan', {policy: {scope: {everyone: true}}, revision: String(revision)});
    expect(live!.changes).toHaveLength(200);
    expect(live!.actions).toMatchObject({create: 20, skip: 430});
    expect(live!.does_not_fit).toBe(430);
});

test('before the first read there is no plan', async () => {
    server = liveServer(new MemoryPorts(), 0);
    server.install();
    expect(await askLive('plan', {policy: {}, revision: String(revision)})).toBeNull();
    expect(server.requests).toHaveLength(1);
});

test('a newer question ends the older one', async () => {
    const older = plan({policy: {scope: {everyone: true}}, revision: String(revision)});
    const newer = plan({policy: {}, revision: String(revision)});
    await expect(older).rejects.toMatchObject({fault: {code: 'cancelled'}});
    expect((await newer)!.actions.create).toBe(0);
});

test('the error that a run would have is shown, and the plan is tried again the next time', async () => {
    const gone = {scope: {allow: {groups: ['0b7a51d4-6c1e-4d0a-9a3e-000000000000']}}};
    for (let time = 0; time < 2; time++) {
        await expect(askLive('plan', {policy: gone, revision: String(revision)})).rejects.toMatchObject({
            fault: {code: 'group_not_found', path: 'Policy.scope.allow.groups[0]'}});
    }
    expect(server.sent('POST /lookups/directory.read_group_members')).toHaveLength(2);
});

test('attributes that the read does not have are named', async () => {
    const live = await askLive('plan', {
        policy: {scope: {rules: [{name: 'Seoul', effect: 'allow', when: {attribute: 'city', operator: 'equals', value: 'Seoul'}}]}},
        revision: String(revision),
    });
    expect(live!.unread).toEqual(['city']);
});
