import {smallScene} from '../testing/guards';
import {MemoryPorts} from '../testing/memory_ports';
import {directoryUser, objectId} from '../testing/people';
import {DAY_MS, MINUTE_MS} from '../time';
import type {RunRequest} from '../types';

import {run} from './run';

const everyone: RunRequest = {
    mode: 'preview', user: '', policy: JSON.stringify({scope: {everyone: true}, guard: {...smallScene, deactivations: {more_than: 1}, email_changes: {more_than: 1}}}),
};

function staff(count: number): MemoryPorts {
    const ports = new MemoryPorts();
    ports.pageSize = 999;
    ports.users = Array.from({length: count}, (_, at) => directoryUser(at + 1));
    return ports;
}

/** Users with accounts that need no change. */
async function company(count: number): Promise<MemoryPorts> {
    const ports = staff(count);
    await run({...everyone, mode: 'apply'}, ports);
    return ports;
}

/** Makes a plan, and makes it what an approval finds. */
async function plan(ports: MemoryPorts, request = everyone) {
    ports.history = [];
    const outcome = await run(request, ports);
    ports.held = ports.history;
    ports.heldBy = 'preview';
    ports.history = [];
    ports.calls = [];
    return outcome;
}

function applyPlan(ports: MemoryPorts, ...approved_changes: number[]) {
    return run({...everyone, mode: 'apply', approves: 'preview', approved_changes}, ports);
}

/** A policy that leaves leavers their accounts for `grace_days`. */
function graceful(grace_days: number): RunRequest {
    return {...everyone, policy: JSON.stringify({scope: {everyone: true}, guard: smallScene, lifecycle: {leavers: {grace_days}}})};
}

function lines(ports: MemoryPorts): string[] {
    return ports.held.map(({action, status, error}) => [action, status, error?.code].filter(Boolean).join(' '));
}

function move(ports: MemoryPorts, person: number, to: string): void {
    Object.assign(ports.users[person - 1]!, {mail: `${to}@example.com`});
}

test('a plan is applied as it was shown, and the preview shows the result of each change', async () => {
    const ports = await company(6);
    ports.users[0]!.accountEnabled = false;
    ports.users[1]!.accountEnabled = false;
    Object.assign(ports.users[2]!, {jobTitle: 'Lead'});
    move(ports, 4, 'four');
    ports.users.push(directoryUser(7), {...directoryUser(8), accountEnabled: false});
    expect(await plan(ports)).toMatchObject({counts: {held: 2, created: 1, updated: 2}});
    ports.users.push(directoryUser(9));

    expect(await applyPlan(ports)).toMatchObject({state: 'succeeded', hold: null, counts: {deactivated: 2, updated: 2, created: 1, skipped: 0, failed: 0, held: 0}});
    expect(lines(ports).sort()).toEqual(['create done', 'deactivate done', 'deactivate done', 'skip planned', 'update done', 'update done']);
    expect(ports.held.find(({action}) => action === 'create')).toMatchObject({account_id: 'account7', username: 'person7'});
    expect(ports.stored).toHaveLength(7);

    ports.calls = [];
    expect(await applyPlan(ports)).toMatchObject({counts: {deactivated: 0, updated: 0, created: 0}});
    expect(ports.writes).toEqual([]);
});

test('the new address of a user who returns can be applied without the return', async () => {
    const ports = await company(6);
    ports.users[0]!.accountEnabled = false;
    await run({...everyone, mode: 'apply'}, ports);
    ports.users[0]!.accountEnabled = true;
    move(ports, 1, 'again');
    await plan(ports);
    const {seq} = ports.held.find(({reason}) => reason === 'email_changed')!;
    expect(await applyPlan(ports, seq)).toMatchObject({counts: {updated: 1, reactivated: 0, skipped: 0}});
    expect(lines(ports).sort()).toEqual(['reactivate planned', 'update done']);
});

test('a part of a plan leaves the rest as it is', async () => {
    const ports = staff(3);
    await plan(ports);
    expect((await applyPlan(ports, ports.held[1]!.seq)).counts).toMatchObject({created: 1});
    expect(lines(ports)).toEqual(['create planned', 'create done', 'create planned']);
    expect((await applyPlan(ports)).counts).toMatchObject({created: 2});
});

test('what does not come out any more is not done', async () => {
    const ports = await company(3);
    ports.users.forEach((user) => Object.assign(user, {jobTitle: 'Lead'}));
    ports.users.push(directoryUser(4));
    await plan(ports);
    Object.assign(ports.users[0]!, {jobTitle: 'Chief'});
    ports.users[1]!.accountEnabled = false;
    move(ports, 4, 'other');
    expect((await applyPlan(ports)).counts).toMatchObject({updated: 1, created: 0, deactivated: 0, skipped: 3});
    expect(lines(ports)).toEqual(['update failed change_outdated', 'update failed change_outdated', 'update done', 'create failed change_outdated']);
    expect(ports.stored.map(({position}) => position)).toEqual(['Engineer', 'Engineer', 'Lead']);
});

test('a user with only one chosen change gets no other', async () => {
    const ports = await company(1);
    Object.assign(ports.users[0]!, {jobTitle: 'Lead'});
    move(ports, 1, 'one');
    await plan(ports);
    const email = ports.held.find(({reason}) => reason === 'email_changed')!;
    expect((await applyPlan(ports, email.seq)).counts).toMatchObject({updated: 1});
    expect(ports.stored[0]).toMatchObject({email: 'one@example.com', position: 'Engineer'});
});

test.each([2, 501])('an address of which only half a swap was chosen stays where it is, with %d changes', async (changes) => {
    const ports = await company(changes);
    ports.users.forEach((user) => Object.assign(user, {jobTitle: 'Lead'}));
    move(ports, 1, 'person2');
    move(ports, 2, 'person1');
    await plan(ports);
    const chosen = ports.held.filter(({reason, object_id}) => reason === 'attributes_changed' || object_id === objectId(1));
    expect((await applyPlan(ports, ...chosen.map(({seq}) => seq))).counts).toMatchObject({updated: changes, skipped: 1});
    expect(ports.stored.slice(0, 2).map(({email}) => email)).toEqual(['person1@example.com', 'person2@example.com']);

    await applyPlan(ports);
    expect(ports.stored.slice(0, 2).map(({email}) => email)).toEqual(['person1@example.com', 'person2@example.com']);
    await run({...everyone, mode: 'apply', policy: JSON.stringify({scope: {everyone: true}, guard: smallScene})}, ports);
    expect(ports.stored.slice(0, 2).map(({email}) => email)).toEqual(['person2@example.com', 'person1@example.com']);
});

test('a long plan reads the directory instead of asking for each user, and deactivates accounts before it creates new ones', async () => {
    const ports = await company(2);
    ports.maxAccounts = 602;
    ports.users[0]!.accountEnabled = false;
    ports.users.splice(1, 1);
    const newcomers = Array.from({length: 601}, (_, at) => directoryUser(at + 3));
    ports.users.push(...newcomers);
    await plan(ports);
    ports.users.push(directoryUser(1000));
    expect(await applyPlan(ports)).toMatchObject({state: 'succeeded', counts: {created: 601, deactivated: 1, failed: 0}});
    expect(ports.calls).toContain('directory.read_page');
    expect(ports.calls).not.toContain('directory.get');
    expect(ports.stored.some(({linked_object_id}) => linked_object_id === objectId(1000))).toBe(false);
});

test('a directory that fails while a plan is applied changes nothing', async () => {
    const ports = staff(600);
    await plan(ports);
    ports.pageSize = 100;
    ports.users.splice(150, 0, {id: 'no id'} as never);
    ports.intercept = (port) => {
        if (port === 'directory.read_page' && ports.calls.filter((call) => call === port).length === 3) {
            throw Object.assign(new Error(), {name: 'SyncError', fault: {code: 'network'}});
        }
    };
    expect(await applyPlan(ports)).toMatchObject({state: 'failed', error: {code: 'network'}});
    expect(ports.writes).toEqual([]);
    expect(new Set(lines(ports))).toEqual(new Set(['create planned']));
});

test('a user attribute that changed since is not written along', async () => {
    const ports = await company(1);
    const policy = JSON.stringify({scope: {everyone: true}, mapping: {attributes: {Team: {sources: ['department']}, Desk: {sources: ['officeLocation']}}}});
    ports.attributeFields = ['Team', 'Desk'].map((name) => ({id: name, group_id: 'g', name, type: 'text', value_type: '', is_synced: false}));
    Object.assign(ports.users[0]!, {department: 'Platform'});
    await plan(ports, {...everyone, policy});
    expect(ports.held).toMatchObject([{fields: [{field: 'attribute', name: 'Team', to: 'Platform'}]}]);
    Object.assign(ports.users[0]!, {officeLocation: 'Seoul'});
    expect((await run({...everyone, mode: 'apply', policy, approves: 'preview'}, ports)).counts).toMatchObject({updated: 0, skipped: 1});
    expect(ports.attributeValues).toEqual([]);
});

describe('a leaver of the plan', () => {
    test('keeps the account when the grace period has become longer since', async () => {
        const ports = await company(3);
        ports.users[0]!.accountEnabled = false;
        await plan(ports, graceful(0));
        expect((await run({...graceful(30), mode: 'apply', approves: 'preview'}, ports)).counts).toMatchObject({deactivated: 0, skipped: 1});
        expect(lines(ports)).toEqual(['deactivate failed change_outdated']);
    });

    test('keeps the account when the grace period has started again', async () => {
        const ports = await company(3);
        ports.now = 10 * DAY_MS;
        ports.users[0]!.accountEnabled = false;
        const sync = {...graceful(2), mode: 'apply' as const};
        await run(sync, ports);
        ports.now += 3 * DAY_MS;
        expect(await plan(ports, graceful(2))).toMatchObject({counts: {deactivated: 1}});
        ports.users[0]!.accountEnabled = true;
        await run(sync, ports);
        ports.users[0]!.accountEnabled = false;
        expect((await run({...sync, approves: 'preview'}, ports)).counts).toMatchObject({deactivated: 0, skipped: 1});
    });

    test.each([1, 501])('loses the account when it is still the second read that misses the user, with %d changes', async (changes) => {
        const ports = await company(changes + 1);
        const [left] = ports.users.splice(0, 1);
        await run({...everyone, mode: 'apply'}, ports);
        ports.users.slice(1).forEach((user) => Object.assign(user, {jobTitle: 'Lead'}));
        ports.now += 30 * MINUTE_MS;
        expect(await plan(ports)).toMatchObject({counts: {deactivated: 1}});
        expect((await applyPlan(ports)).counts).toMatchObject({deactivated: 1, skipped: 0});
        expect(ports.stored.find(({linked_object_id}) => linked_object_id === left!.id)?.delete_at).not.toBe(0);
    });

    test('keeps the account when the user was there in between', async () => {
        const ports = await company(3);
        const left = ports.users.splice(0, 1);
        await run({...everyone, mode: 'apply'}, ports);
        ports.now += 30 * MINUTE_MS;
        await plan(ports);
        ports.users.push(...left);
        await run({...everyone, mode: 'apply'}, ports);
        ports.users.pop();
        expect((await applyPlan(ports)).counts).toMatchObject({deactivated: 0, skipped: 1});
    });

    test('keeps the account when the directory has shrunk since, which would be held whole', async () => {
        const ports = await company(503);
        ports.users.splice(0, 1);
        ports.users.forEach((user) => Object.assign(user, {jobTitle: 'Lead'}));
        await plan(ports, graceful(0));
        expect(lines(ports)).not.toContain('deactivate planned');
        ports.users.splice(0, 400);
        await applyPlan(ports);
        expect(ports.stored.every(({delete_at}) => delete_at === 0)).toBe(true);
    });
});
