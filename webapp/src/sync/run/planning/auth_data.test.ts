import {smallScene} from '../../testing/guards';
import {MemoryPorts} from '../../testing/memory_ports';
import {account, directoryUser, objectId} from '../../testing/people';
import type {RunRequest} from '../../types';

import {run} from '../run';

/** SAML accounts that are recognized by the address, and follow it unless `when` says otherwise. */
function saml(when = 'always', parts: object = {}): RunRequest {
    const policy = {
        scope: {everyone: true},
        accounts: {sign_in: {method: 'single_sign_on', service: 'saml'}},
        mapping: {auth_data: {sources: ['mail'], when}},
        guard: smallScene,
        ...parts,
    };
    return {mode: 'apply', user: '', policy: JSON.stringify(policy)};
}

async function company(people: number): Promise<MemoryPorts> {
    const ports = new MemoryPorts();
    ports.pageSize = 999;
    ports.users = Array.from({length: people}, (_, at) => directoryUser(at + 1));
    await run(saml(), ports);
    ports.history = [];
    return ports;
}

function move(ports: MemoryPorts, ...to: number[]): void {
    to.forEach((number, at) => Object.assign(ports.users[at]!, {mail: `person${number}@example.com`}));
}

const data = ({stored}: MemoryPorts) => stored.map(({auth_data}) => Number(auth_data.replace(/\D/g, '')));

test('sign-in data that is made of the address follows it, as a change of its own', async () => {
    const ports = await company(1);
    move(ports, 5);
    expect((await run(saml(), ports)).counts).toMatchObject({updated: 2, failed: 0});
    expect(ports.history.find(({reason}) => reason === 'auth_data_changed')).toMatchObject({
        action: 'update', status: 'done', account_id: 'account1', fields: [{field: 'auth_data', from: 'person1@example.com', to: 'person5@example.com'}],
    });
    expect(data(ports)).toEqual([5]);
    expect((await run(saml(), ports)).counts).toMatchObject({updated: 0, unchanged: 1});
});

test('by default sign-in data stays as it is', async () => {
    const ports = await company(1);
    move(ports, 5);
    await run(saml('on_create'), ports);
    expect(data(ports)).toEqual([1]);

    // The user is told, once.
    ports.history = [];
    expect((await run(saml('on_create'), ports)).counts).toMatchObject({skipped: 1, unlisted: 0});
    expect(ports.history).toMatchObject([{action: 'skip', reason: 'auth_data_differs', reason_params: {auth_data: 'person1@example.com', wanted: 'person5@example.com'}}]);
    ports.history = [];
    expect((await run(saml('on_create'), ports)).counts).toMatchObject({skipped: 1, unlisted: 1});
    expect(ports.history).toEqual([]);
});

test.each([
    ['along a chain', [2, 3, 4]],
    ['between two users', [2, 1, 3]],
    ['in a circle', [2, 3, 1]],
])('sign-in data moves %s', async (_, to) => {
    const ports = await company(3);
    move(ports, ...to);
    expect(await run(saml(), ports)).toMatchObject({state: 'succeeded', counts: {failed: 0, conflicts: 0}});
    expect(data(ports)).toEqual(to);
});

test('sign-in data that another account has is a conflict that names it', async () => {
    const ports = await company(1);
    ports.stored.push(account('other', {auth_service: 'saml', auth_data: 'person9@example.com', email: 'x@example.com'}));
    move(ports, 9);
    await run(saml('always', {accounts: {sign_in: {method: 'single_sign_on', service: 'saml'}, matching: ['link', 'email']}}), ports);
    expect(ports.history.find(({reason}) => reason === 'auth_data_taken')).toMatchObject({
        action: 'conflict', account_id: 'account1', reason_params: {other_account_id: 'other', other_username: 'other'},
    });
    expect(data(ports)).toEqual([1, 9]);
});

test('sign-in data that two users would have is given to neither, and none is taken away', async () => {
    const ports = await company(3);
    Object.assign(ports.users[2]!, {mail: null, userPrincipalName: 'person3@example.com'});
    move(ports, 7, 7);
    await run(saml(), ports);
    expect(data(ports)).toEqual([1, 2, 3]);
    expect(ports.history.map(({action, reason, reason_params}) => [action, reason, reason_params])).toEqual([2, 1].flatMap((other) => [
        ['conflict', 'duplicate_email', {other_object_id: objectId(other)}],
        ['conflict', 'duplicate_auth_data', {other_object_id: objectId(other)}],
    ]));
});

test('an account with a password gets no sign-in data', async () => {
    const ports = new MemoryPorts();
    ports.users = [directoryUser(1)];
    ports.stored = [account('a', {email: 'person1@example.com', linked_object_id: objectId(1)})];
    await run(saml(), ports);
    expect(ports.stored[0]!.auth_data).toBe('');
});

test('many changes of sign-in data are held, whatever happens to the addresses', async () => {
    const ports = await company(3);
    move(ports, 4, 5, 6);
    const outcome = await run(saml('always', {guard: {...smallScene, auth_data_changes: {never_more_than: 2, max_percent: 100}}}), ports);
    expect(outcome).toMatchObject({state: 'held', hold: {kinds: [{kind: 'auth_data_changes', count: 3}]}});
    expect(data(ports)).toEqual([1, 2, 3]);
});
