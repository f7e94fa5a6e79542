import {MemoryPorts} from '../testing/memory_ports';
import {directoryUser, objectId} from '../testing/people';
import type {RunRequest} from '../types';

import {run} from './run';

const DAY = 86_400_000;
const guarded: RunRequest = {
    mode: 'apply', user: '', policy: JSON.stringify({scope: {everyone: true}, guard: {deactivations: {more_than: 1}, email_changes: {more_than: 1}}}),
};

/** Twenty users with accounts. The first `leavers` of them are then disabled. */
async function company(leavers: number): Promise<MemoryPorts> {
    const ports = new MemoryPorts();
    ports.now = 10 * DAY;
    ports.pageSize = 999;
    ports.users = Array.from({length: 20}, (_, at) => directoryUser(at + 1));
    await run(guarded, ports);
    ports.history = [];
    ports.users.slice(0, leavers).forEach((user) => Object.assign(user, {accountEnabled: false}));
    return ports;
}

/** Runs, and makes what it held the changes that an approval finds. */
async function hold(ports: MemoryPorts) {
    const outcome = await run(guarded, ports);
    ports.held = ports.history;
    ports.history = [];
    return outcome;
}

function approve(ports: MemoryPorts, ...approved_changes: number[]) {
    return run({...guarded, approves: 'held', approved_changes}, ports);
}

function deactivated(ports: MemoryPorts): number {
    return ports.stored.filter(({delete_at}) => delete_at !== 0).length;
}

test('too many deactivations wait, nothing else does', async () => {
    const ports = await company(3);
    ports.users.push(directoryUser(21));
    Object.assign(ports.users[10]!, {jobTitle: 'Lead'});
    expect(await hold(ports)).toMatchObject({
        state: 'held', error: null, counts: {created: 1, updated: 1, deactivated: 0, held: 3},
        hold: {kinds: [{kind: 'deactivations', count: 3, total: 20}], expires_at: 17 * DAY},
    });
    expect(deactivated(ports)).toBe(0);
    expect(ports.held.filter(({status}) => status === 'held').map(({action, reason}) => `${action} ${reason}`)).toEqual(Array(3).fill('deactivate disabled'));
});

test('few do not wait', async () => {
    const ports = await company(1);
    expect(await hold(ports)).toMatchObject({state: 'succeeded', hold: null, counts: {deactivated: 1, held: 0}});
});

test('a preview says what would wait and holds nothing', async () => {
    const ports = await company(3);
    expect(await run({...guarded, mode: 'preview'}, ports)).toMatchObject({state: 'succeeded', counts: {held: 3, deactivated: 0}, hold: {kinds: [{kind: 'deactivations'}]}});
    expect(ports.history.map(({status}) => status)).toEqual(['planned', 'planned', 'planned']);
});

test('an approval applies exactly what was held', async () => {
    const ports = await company(3);
    await hold(ports);
    ports.users.push(directoryUser(21));
    ports.users[5]!.accountEnabled = false;
    ports.calls = [];
    expect(await approve(ports)).toMatchObject({state: 'succeeded', hold: null, counts: {deactivated: 3, created: 0, skipped: 0, failed: 0}});
    expect(deactivated(ports)).toBe(3);
    expect(ports.held.map(({status, account_id}) => `${status} ${account_id}`)).toEqual(['done account1', 'done account2', 'done account3']);
    expect(ports.history).toHaveLength(3);
    expect(ports.calls).not.toContain('links.list_active');
});

test('an approval of some leaves the others to wait', async () => {
    const ports = await company(3);
    await hold(ports);
    expect((await approve(ports, ports.held[1]!.seq)).counts).toMatchObject({deactivated: 1});
    expect(ports.held.map(({status}) => status)).toEqual(['held', 'done', 'held']);
    expect((await approve(ports)).counts).toMatchObject({deactivated: 2});
});

test('what does not hold any more is left out, and the history says so', async () => {
    const ports = await company(4);
    await hold(ports);
    ports.users[0]!.accountEnabled = true;
    ports.stored[1]!.roles = 'system_user system_admin';
    ports.stored[2]!.delete_at = 5;
    expect(await approve(ports)).toMatchObject({counts: {deactivated: 1, skipped: 3}});
    expect(ports.stored.slice(0, 4).map(({delete_at}) => delete_at)).toEqual([0, 0, 5, 10 * DAY + 1]);
    expect(ports.history.map(({action, reason}) => `${action} ${reason}`).sort()).toEqual(
        ['deactivate disabled', 'skip no_longer_holds', 'skip no_longer_holds', 'skip no_longer_holds']);
    expect(ports.held.map(({status, error}) => `${status} ${error?.code}`)).toEqual(
        ['failed change_outdated', 'failed change_outdated', 'failed change_outdated', 'done undefined']);
});

test('many email changes are held, and one that has changed again is not made', async () => {
    const ports = await company(0);
    ports.users.slice(0, 3).forEach((user, at) => Object.assign(user, {mail: `new${at}@example.com`}));
    expect(await hold(ports)).toMatchObject({state: 'held', hold: {kinds: [{kind: 'email_changes', count: 3}]}});
    Object.assign(ports.users[2]!, {mail: 'newer@example.com', jobTitle: 'Lead'});
    expect((await approve(ports)).counts).toMatchObject({updated: 2, skipped: 1});
    expect(ports.stored.slice(0, 3).map(({email}) => email)).toEqual(['new0@example.com', 'new1@example.com', 'person3@example.com']);
    expect(ports.stored[2]!.position).toBe('Engineer');
});

test.each([0, 9])('a directory with %d of 20 linked users is held whole', async (left) => {
    const ports = await company(0);
    ports.users = ports.users.slice(0, left);
    Object.assign(ports.users[0] ?? {}, {jobTitle: 'Lead'});
    ports.users.push(...(left === 0 ? [] : [directoryUser(30)]));
    ports.calls = [];
    expect(await hold(ports)).toMatchObject({
        state: 'held', counts: {created: 0, updated: 0, held: left === 0 ? 20 : 13}, hold: {kinds: [{kind: 'directory_shrunk', count: left, total: 20}]},
    });
    expect(ports.writes).toEqual([]);
});

test('what was held whole can be approved', async () => {
    const ports = await company(0);
    const allUsers = ports.users;
    ports.users = [...allUsers.slice(0, 3), directoryUser(30)];
    Object.assign(ports.users[0]!, {jobTitle: 'Lead'});
    await hold(ports);
    ports.users = allUsers.slice(0, 18).concat(ports.users[3]!);
    expect((await approve(ports)).counts).toMatchObject({created: 1, updated: 1, deactivated: 2, skipped: 15, failed: 0});
    expect(ports.stored.at(-1)).toMatchObject({linked_object_id: objectId(30)});
    expect(deactivated(ports)).toBe(2);
});

test('never more than a number is held, whatever the share', async () => {
    const ports = await company(1);
    const request = {...guarded, policy: JSON.stringify({scope: {everyone: true}, guard: {deactivations: {never_more_than: 0}}})};
    expect(await run(request, ports)).toMatchObject({state: 'held', hold: {kinds: [{kind: 'deactivations', count: 1}]}});
});
