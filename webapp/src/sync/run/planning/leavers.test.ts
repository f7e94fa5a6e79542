import {SyncError} from '../../errors';
import {smallScene} from '../../testing/guards';
import {MemoryPorts} from '../../testing/memory_ports';
import {account, directoryUser, objectId} from '../../testing/people';
import type {RunRequest} from '../../types';

import {run} from '../run';

const DAY = 86_400_000;
const HALF_AN_HOUR = 1_800_000;

function policy(parts: object = {}): RunRequest {
    return {mode: 'apply', user: '', policy: JSON.stringify({scope: {allow: {display_name_contains: ['Kim']}}, guard: smallScene, ...parts})};
}

/** A company of `people`, each with an account. */
async function company(people: number, request = policy()): Promise<MemoryPorts> {
    const ports = new MemoryPorts();
    ports.now = 10 * DAY;
    ports.pageSize = 999;
    ports.users = Array.from({length: people}, (_, at) => directoryUser(at + 1));
    expect(await run(request, ports)).toMatchObject({state: 'succeeded', counts: {created: people}});
    clear(ports);
    return ports;
}

function clear(ports: MemoryPorts): void {
    ports.history = [];
    ports.calls = [];
}

function lines(ports: MemoryPorts): string[] {
    return ports.history.map(({action, status, reason}) => `${action} ${status} ${reason}`);
}

function activeIds(ports: MemoryPorts): string[] {
    return ports.stored.filter(({delete_at}) => delete_at === 0).map(({linked_object_id}) => linked_object_id);
}

test('disabled users and users out of scope lose their accounts at once', async () => {
    const ports = await company(4);
    ports.users[0]!.accountEnabled = false;
    ports.users[1]!.displayName = 'Lee Person 2';
    expect(await run(policy(), ports)).toMatchObject({state: 'succeeded', counts: {deactivated: 2, unchanged: 2}});
    expect(lines(ports).sort()).toEqual(['deactivate done disabled', 'deactivate done out_of_scope']);
    expect(activeIds(ports)).toEqual([objectId(3), objectId(4)]);
    expect(ports.calls).not.toContain('directory.get');
    clear(ports);
    expect((await run(policy(), ports)).counts).toMatchObject({deactivated: 0, unchanged: 2});
    expect(ports.writes).toEqual([]);
});

test('missing users lose theirs after two full directory reads and one more lookup', async () => {
    const ports = await company(4);
    ports.users.pop();
    expect((await run(policy(), ports)).counts).toMatchObject({deactivated: 0, skipped: 1});
    expect(ports.history).toMatchObject([{action: 'skip', reason: 'missing_waits', reason_params: {reads: 1, needed: 2, apart: 30}, username: 'person4'}]);
    clear(ports);
    ports.now += HALF_AN_HOUR;
    expect((await run({...policy(), mode: 'preview'}, ports)).counts).toMatchObject({deactivated: 1});
    expect(ports.writes).toEqual([]);
    clear(ports);
    expect((await run(policy(), ports)).counts).toMatchObject({deactivated: 1});
    expect(ports.calls.filter((port) => port === 'directory.get')).toHaveLength(1);
});

describe('full directory reads prove an absence only when they are apart', () => {
    const group = '99999999-0000-4000-8000-000000000001';
    const members = policy({scope: {allow: {groups: [group]}}});
    const inGroup = async () => {
        const ports = new MemoryPorts();
        ports.now = 10 * DAY;
        ports.pageSize = 999;
        ports.users = [1, 2, 3].map((number) => directoryUser(number));
        ports.groups = {[group]: ports.users.map(({id}) => id)};
        await run(members, ports);
        clear(ports);
        return ports;
    };
    const missing = async () => ({request: policy(), ports: await company(3), leave: (ports: MemoryPorts) => void ports.users.pop()});
    const outOfGroup = async () => ({request: members, ports: await inGroup(), leave: (ports: MemoryPorts) => void ports.groups[group]!.pop()});

    test.each([['missing users', missing], ['users who left a group', outOfGroup]])('%s', async (_, scene) => {
        const {request, ports, leave} = await scene();
        leave(ports);
        for (const minutes of [0, 1, 28]) {
            ports.now += minutes * 60_000;
            expect((await run(request, ports)).counts).toMatchObject({deactivated: 0, skipped: 1});
            expect(ports.history.at(-1)).toMatchObject({reason_params: {reads: 1, needed: 2, apart: 30}});
        }
        for (const other of [{...request, mode: 'preview'} as const, {...request, user: objectId(1)}]) {
            await run(other, ports);
        }
        expect(ports.stored[2]!.departure).toMatchObject({absent_reads: 1, counted_at: 10 * DAY});
        ports.now += 60_000;
        expect((await run(request, ports)).counts).toMatchObject({deactivated: 1});
    });

    test('at once if the policy says so', async () => {
        const ports = await company(3);
        const eager = policy({lifecycle: {leavers: {min_minutes_between_reads: 0}}});
        ports.users.pop();
        await run(eager, ports);
        expect((await run(eager, ports)).counts).toMatchObject({deactivated: 1});
    });

    test('after a clock that was set back, from that time on', async () => {
        const ports = await company(3);
        ports.users.pop();
        await run(policy(), ports);
        ports.now -= DAY;
        expect((await run(policy(), ports)).counts).toMatchObject({deactivated: 0});
        ports.now += HALF_AN_HOUR - 1;
        expect((await run(policy(), ports)).counts).toMatchObject({deactivated: 0});
        ports.now += 1;
        expect((await run(policy(), ports)).counts).toMatchObject({deactivated: 1});
    });
});

test('an absence from one read no longer counts when the user is back', async () => {
    const ports = await company(3);
    const [kim] = ports.users.splice(0, 1);
    await run(policy(), ports);
    ports.users.push(kim!);
    expect((await run(policy(), ports)).counts).toMatchObject({unchanged: 3});
    expect(ports.stored[0]!.departure).toBeNull();
    ports.users.pop();
    expect((await run(policy(), ports)).counts).toMatchObject({deactivated: 0, skipped: 1});
});

test('a user that two reads lacked but the directory has keeps the account', async () => {
    const ports = await company(3);
    const allUsers = ports.users;
    ports.directory.get = ({ids}) => ({users: allUsers.filter(({id}) => ids.includes(id))});
    ports.users = allUsers.slice(1);
    await run(policy(), ports);
    clear(ports);
    ports.now += HALF_AN_HOUR;
    expect(await run(policy(), ports)).toMatchObject({state: 'partial', counts: {deactivated: 0, failed: 1}});
    expect(ports.history).toMatchObject([{action: 'deactivate', status: 'failed', error: {code: 'directory_incomplete'}}]);
    expect(activeIds(ports)).toHaveLength(3);
});

test('a read that ends early deactivates no account', async () => {
    const ports = await company(5);
    ports.pageSize = 2;
    ports.users = ports.users.slice(0, 4);
    let pages = 0;
    ports.intercept = (port) => {
        if (port === 'directory.read_page' && ++pages === 2) {
            throw new SyncError({code: 'directory_incomplete'});
        }
    };
    expect(await run(policy({lifecycle: {leavers: {missing_reads: 1}}}), ports)).toMatchObject({state: 'failed'});
    expect(ports.writes).toEqual([]);
});

test('leavers keep their accounts for the grace period', async () => {
    const graceful = policy({lifecycle: {leavers: {grace_days: 2}}});
    const ports = await company(3, graceful);
    ports.users[0]!.accountEnabled = false;
    expect((await run(graceful, ports)).counts).toMatchObject({deactivated: 0, skipped: 1});
    ports.now += 2 * DAY - 1;
    expect((await run(graceful, ports)).counts).toMatchObject({deactivated: 0, skipped: 1});
    ports.now += 1;
    expect((await run(graceful, ports)).counts).toMatchObject({deactivated: 1});
});

test('returners get back the account that the sync took, with what has changed since', async () => {
    const ports = await company(2);
    ports.users[0]!.accountEnabled = false;
    await run(policy(), ports);
    Object.assign(ports.users[0]!, {accountEnabled: true, jobTitle: 'Lead'});
    clear(ports);
    expect((await run(policy(), ports)).counts).toMatchObject({reactivated: 1, unchanged: 1});
    expect(ports.stored[0]).toMatchObject({delete_at: 0, position: 'Lead', departure: null});
    expect(lines(ports)).toEqual(['reactivate done returned']);
});

test('a deactivation by hand stays, even after an earlier one by the sync', async () => {
    const ports = await company(2);
    ports.users[0]!.accountEnabled = false;
    await run(policy(), ports);
    ports.users[0]!.accountEnabled = true;
    await run(policy(), ports);
    ports.stored[0]!.delete_at = ports.now + 99;
    clear(ports);
    expect((await run(policy(), ports)).counts).toMatchObject({reactivated: 0, skipped: 1});
    expect(lines(ports)).toEqual(['skip planned account_deactivated']);
});

test('a deactivation that a killed run made is still the sync\'s own', async () => {
    const ports = await company(2);
    ports.users[0]!.accountEnabled = false;
    let marks = 0;
    ports.intercept = (port) => {
        if (port === 'links.set_departures' && ++marks === 2) {
            throw new SyncError({code: 'lock_lost'});
        }
    };
    await run(policy(), ports);
    expect(ports.stored[0]!.delete_at).not.toBe(0);
    ports.intercept = () => undefined;
    ports.users[0]!.accountEnabled = true;
    expect((await run(policy(), ports)).counts).toMatchObject({reactivated: 1});
});

test('a leaver who is reactivated by hand is deactivated again', async () => {
    const ports = await company(2);
    ports.users[0]!.accountEnabled = false;
    await run(policy(), ports);
    ports.stored[0]!.delete_at = 0;
    expect((await run(policy(), ports)).counts).toMatchObject({deactivated: 1});
});

test('an account without a link is never deactivated', async () => {
    const ports = await company(2);
    ports.stored.push(account('guest'), account('ldap', {auth_service: 'ldap'}));
    ports.users.push(directoryUser(9, {mail: 'guest@example.com', displayName: 'Lee Person 9', accountEnabled: false}));
    expect((await run(policy(), ports)).counts).toMatchObject({deactivated: 0});
});

test('a user who left is a leaver, even if a new user has the address: only who gets the address is the conflict', async () => {
    const eager = policy({lifecycle: {leavers: {missing_reads: 1}}});
    const ports = await company(3, eager);
    ports.users[0]!.id = objectId(77);
    await run(eager, ports);
    expect(lines(ports)).toEqual(['conflict planned recreated', 'deactivate done missing']);
    expect(activeIds(ports)).toHaveLength(2);
});

test('a user that the directory still has was not created again: out of scope, the account is deactivated even if another user has its address', async () => {
    const ports = await company(3);
    ports.users[0]!.displayName = 'Lee Person 1';
    ports.users.push(directoryUser(4, {mail: ports.users[0]!.mail}));
    await run(policy(), ports);
    expect(lines(ports)).toEqual(['conflict planned account_linked_to_other', 'deactivate done out_of_scope']);
});

test('leavers make room before joiners come', async () => {
    const ports = await company(3);
    ports.users[0]!.accountEnabled = false;
    ports.users.push(directoryUser(4));
    await run(policy(), ports);
    const writes = ports.writes;
    expect(writes.indexOf('accounts.set_active')).toBeLessThan(writes.indexOf('accounts.create'));
});

test('a directory that has shrunk asks an administrator about disabled users as about missing ones', async () => {
    const patient = policy({lifecycle: {leavers: {grace_days: 30}}});
    const ports = await company(10, patient);
    ports.users = ports.users.slice(0, 2);
    ports.users[0]!.accountEnabled = false;
    expect(await run(patient, ports)).toMatchObject({state: 'held', counts: {held: 9, deactivated: 0, skipped: 0}});
    expect(lines(ports).sort()).toEqual(['deactivate held disabled', ...Array<string>(8).fill('deactivate held missing')]);
    expect(ports.stored.every(({departure}) => departure === null)).toBe(true);
    clear(ports);
    expect(await run({...patient, user: objectId(1)}, ports)).toMatchObject({state: 'succeeded', counts: {held: 0, skipped: 1}});
    expect(lines(ports)).toEqual(['skip planned grace_period']);
});
