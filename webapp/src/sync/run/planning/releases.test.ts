import {smallScene} from '../../testing/guards';
import {MemoryPorts} from '../../testing/memory_ports';
import {account, directoryUser, objectId} from '../../testing/people';
import type {DirectoryUser, RunRequest} from '../../types';

import {run} from '../run';

const ADDRESS = 'anna@example.com';
const PARKED = 'entrasync-old@example.com';

function request(parts: {lifecycle?: object} & Record<string, unknown> = {}): RunRequest {
    const {lifecycle, ...others} = parts;
    const policy = {scope: {everyone: true}, guard: smallScene, lifecycle: {release_addresses: true, leavers: {missing_reads: 1}, ...lifecycle}, ...others};
    return {mode: 'apply', user: '', policy: JSON.stringify(policy)};
}

/** The account of a user who left, and a successor who has the address. */
function recycled(owner: Partial<DirectoryUser> | null = null): MemoryPorts {
    const ports = new MemoryPorts();
    ports.pageSize = 999;
    ports.now = 1_000_000;
    ports.users = [directoryUser(2, {mail: ADDRESS})];
    if (owner) {
        ports.users.push(directoryUser(1, {mail: ADDRESS, ...owner}));
    }
    ports.stored = [account('old', {
        email: ADDRESS, linked_object_id: objectId(1), nickname: 'Anna', delete_at: 5, departure: {since: 1, absent_reads: 2, counted_at: 0, deactivated_at: 5},
    })];
    return ports;
}

const emails = ({stored}: MemoryPorts) => stored.map(({email}) => email);
const lines = ({history}: MemoryPorts) => history.map(({action, status, reason, account_id}) => [action, status, reason, account_id]);

test.each<[string, Partial<DirectoryUser> | null]>([
    ['is gone', null],
    ['is disabled', {accountEnabled: false}],
    ['has another address', {mail: 'anna.new@example.com', accountEnabled: true, displayName: 'Anna'}],
])('a successor gets the address of an account that the sync deactivated when its user %s', async (_, owner) => {
    const ports = recycled(owner);
    const denied = request({scope: {everyone: true, deny: {object_id: [objectId(1)]}}});
    expect(await run(denied, ports)).toMatchObject({state: 'succeeded', counts: {created: 1, updated: 1, failed: 0, conflicts: 0}});
    expect(emails(ports)).toEqual([PARKED, ADDRESS]);
    expect(ports.history.find(({reason}) => reason === 'address_released')).toMatchObject({
        action: 'update', status: 'done', object_id: objectId(1), account_id: 'old', display_name: 'Anna', reason_params: {other_object_id: objectId(2)},
        fields: [{field: 'email', from: ADDRESS, to: PARKED}],
    });
    ports.history = [];
    expect((await run(denied, ports)).counts).toMatchObject({created: 0, updated: 0, unchanged: 1});
});

test.each<[string, Partial<DirectoryUser>]>([
    ['still has the address', {accountEnabled: true}],
    ['has an unknown state', {accountEnabled: null}],
])('the account keeps its address when its user %s', async (_, owner) => {
    const ports = recycled(owner);
    await run(request({scope: {everyone: true, deny: {object_id: [objectId(1)]}}}), ports);
    expect(emails(ports)).toEqual([ADDRESS]);
    expect(lines(ports)).toContainEqual(['conflict', 'planned', 'account_linked_to_other', 'old']);
});

test('by default the account keeps its address', async () => {
    const ports = recycled();
    expect((await run(request({lifecycle: {release_addresses: false}}), ports)).counts).toMatchObject({created: 0, conflicts: 1});
    expect(emails(ports)).toEqual([ADDRESS]);
});

test('an account that an administrator deactivated keeps its address', async () => {
    const ports = recycled();
    ports.stored[0]!.departure = null;
    expect((await run(request(), ports)).counts).toMatchObject({created: 0, conflicts: 1});
    expect(emails(ports)).toEqual([ADDRESS]);
});

test('an account that is deactivated in the same run loses its address in this run', async () => {
    const ports = recycled({accountEnabled: false});
    Object.assign(ports.stored[0]!, {delete_at: 0, departure: null});
    expect(await run(request(), ports)).toMatchObject({state: 'succeeded', counts: {created: 1, updated: 1, deactivated: 1, failed: 0}});
    expect(emails(ports)).toEqual([PARKED, ADDRESS]);
    expect(ports.stored[0]!.delete_at).not.toBe(0);
});

test('a linked account that gets the address gets it in the same run, along a chain', async () => {
    const ports = recycled();
    ports.users.push(directoryUser(3, {mail: 'second@example.com'}));
    ports.stored.push(account('second', {email: 'second@example.com', linked_object_id: objectId(2)}), account('third', {email: 'third@example.com', linked_object_id: objectId(3)}));
    expect(await run(request(), ports)).toMatchObject({state: 'succeeded', counts: {failed: 0, conflicts: 0}});
    expect(emails(ports)).toEqual([PARKED, ADDRESS, 'second@example.com']);
});

test('an account that is found by its username is linked and gets the address', async () => {
    const ports = recycled();
    ports.stored.push(account('anna', {email: 'other@example.com'}));
    const byName = request({accounts: {matching: ['link', 'email', 'username'], adopt: {unverified: 'link'}}});
    expect(await run(byName, ports)).toMatchObject({state: 'succeeded', counts: {failed: 0, conflicts: 0, created: 0}});
    expect(emails(ports)).toEqual([PARKED, ADDRESS]);
    expect(ports.stored[1]!.linked_object_id).toBe(objectId(2));
});

test('a user who returns gets an address again, and the successor keeps it', async () => {
    const ports = recycled();
    await run(request(), ports);
    ports.users.push(directoryUser(1, {mail: 'anna.back@example.com'}));
    await run(request(), ports);
    expect(emails(ports)).toEqual(['anna.back@example.com', ADDRESS]);
    expect(ports.stored[0]!.delete_at).toBe(0);
});

test.each<[string, Record<string, unknown>]>([
    ['addresses do not follow the directory', {mapping: {email: {when: 'on_create'}}}],
    ['updates are off', {lifecycle: {update: false}}],
])('a user who returns does not keep the placeholder when %s', async (_, parts) => {
    const ports = recycled();
    await run(request(parts), ports);
    ports.users.push(directoryUser(1, {mail: 'anna.back@example.com'}));
    await run(request(parts), ports);
    expect(emails(ports)).toEqual(['anna.back@example.com', ADDRESS]);
    Object.assign(ports.users[1]!, {mail: 'anna.later@example.com'});
    await run(request(parts), ports);
    expect(emails(ports)).toEqual(['anna.back@example.com', ADDRESS]);
});

test.each<[string, Record<string, unknown>]>([
    ['new accounts are off', {lifecycle: {create: false}}],
    ['the user has no sign-in data', {accounts: {sign_in: {method: 'single_sign_on', service: 'saml'}}, mapping: {auth_data: {sources: ['employeeId']}}}],
])('the account keeps its address when %s', async (_, parts) => {
    const ports = recycled();
    expect((await run(request(parts), ports)).counts).toMatchObject({created: 0, updated: 0, failed: 0});
    expect(emails(ports)).toEqual([ADDRESS]);
});

describe('while something of it is held', () => {
    test('nothing else of it happens: email changes', async () => {
        const ports = recycled();
        const guard = {email_changes: {more_than: 0, percent: 0}};
        expect(await run(request({guard}), ports)).toMatchObject({state: 'held', counts: {created: 0, updated: 0, failed: 0, held: 2}});
        expect(emails(ports)).toEqual([ADDRESS]);
        expect(lines(ports).map(([, status]) => status)).toEqual(['held', 'held']);

        ports.held = ports.history;
        ports.history = [];
        expect(await run({...request({guard}), approves: 'r', approved_changes: []}, ports)).toMatchObject({state: 'succeeded', counts: {created: 1, updated: 1}});
        expect(emails(ports)).toEqual([PARKED, ADDRESS]);
    });

    test('nothing else of it happens: deactivations', async () => {
        const ports = recycled({accountEnabled: false});
        Object.assign(ports.stored[0]!, {delete_at: 0, departure: null});
        const guard = {deactivations: {never_more_than: 0}};
        expect(await run(request({guard}), ports)).toMatchObject({state: 'held', counts: {created: 0, updated: 0, deactivated: 0, failed: 0, held: 3}});
        expect(emails(ports)).toEqual([ADDRESS]);
    });

    test('an approval of the new account alone creates nothing', async () => {
        const ports = recycled();
        await run({...request(), mode: 'preview'}, ports);
        ports.held = ports.history;
        ports.heldBy = 'preview';
        ports.history = [];
        const {seq} = ports.held.find(({action}) => action === 'create')!;
        expect((await run({...request(), approves: 'p', approved_changes: [seq]}, ports)).counts).toMatchObject({created: 0, updated: 0, skipped: 1});
        expect(emails(ports)).toEqual([ADDRESS]);
    });
});

test('an account that is active again when it is written keeps its address', async () => {
    const ports = recycled();
    ports.intercept = (port) => {
        if (port === 'accounts.find' && ports.history.length > 0) {
            ports.stored[0]!.delete_at = 0;
        }
    };
    await run(request(), ports);
    expect(emails(ports)).toEqual([ADDRESS]);
    expect(ports.history.find(({reason}) => reason === 'address_released')).toMatchObject({status: 'failed', error: {code: 'change_outdated'}});
});
