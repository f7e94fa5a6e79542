import {smallScene} from '../../testing/guards';
import {MemoryPorts} from '../../testing/memory_ports';
import {account, directoryUser, objectId} from '../../testing/people';
import type {RunRequest} from '../../types';

import {run} from '../run';

const everyone: RunRequest = {mode: 'apply', user: '', policy: JSON.stringify({scope: {everyone: true}, guard: smallScene})};

async function company(people: number): Promise<MemoryPorts> {
    const ports = new MemoryPorts();
    ports.users = Array.from({length: people}, (_, at) => directoryUser(at + 1));
    await run(everyone, ports);
    ports.history = [];
    return ports;
}

function emails(ports: MemoryPorts): string[] {
    return ports.stored.map(({email}) => email.replace('@example.com', ''));
}

function move(ports: MemoryPorts, ...to: number[]): void {
    to.forEach((number, at) => Object.assign(ports.users[at]!, {mail: `person${number}@example.com`}));
}

test('an email address follows the link', async () => {
    const ports = await company(1);
    move(ports, 5);
    expect((await run(everyone, ports)).counts).toMatchObject({updated: 1, failed: 0});
    expect(ports.history).toMatchObject([{
        action: 'update', status: 'done', reason: 'email_changed', account_id: 'account1',
        fields: [{field: 'email', from: 'person1@example.com', to: 'person5@example.com'}],
    }]);
    expect((await run(everyone, ports)).counts).toMatchObject({updated: 0, unchanged: 1});
});

test.each([
    ['to a free address through others', [2, 3, 4]],
    ['between two people', [2, 1, 3]],
    ['in a circle of three', [2, 3, 1]],
    ['in a circle of three the other way', [3, 1, 2]],
])('addresses move %s', async (_, to) => {
    const ports = await company(3);
    move(ports, ...to);
    expect(await run(everyone, ports)).toMatchObject({state: 'succeeded', counts: {failed: 0, conflicts: 0}});
    expect(emails(ports)).toEqual(to.map((number) => `person${number}`));
});

test('an address that stays with another account is a conflict that names it', async () => {
    const ports = await company(2);
    ports.stored.push(account('other', {email: 'person9@example.com'}));
    move(ports, 9, 1);
    expect((await run(everyone, ports)).counts).toMatchObject({conflicts: 2, updated: 0, failed: 0});
    expect(ports.history).toMatchObject([
        {action: 'conflict', reason: 'address_taken', account_id: 'account1', reason_params: {other_account_id: 'other', other_username: 'other'}},
        {action: 'conflict', reason: 'address_taken', account_id: 'account2', reason_params: {other_account_id: 'account1'}},
    ]);
    expect(emails(ports)).toEqual(['person1', 'person2', 'person9']);
});

test('an address that two users need is given to neither', async () => {
    const ports = await company(2);
    move(ports, 7, 7);
    await run(everyone, ports);
    expect(emails(ports)).toEqual(['person1', 'person2']);
});

test('the policy can leave addresses alone', async () => {
    const ports = await company(1);
    move(ports, 5);
    const request = {...everyone, policy: JSON.stringify({scope: {everyone: true}, guard: smallScene, mapping: {email: {when: 'on_create'}}})};
    expect((await run(request, ports)).counts).toMatchObject({updated: 0, unchanged: 1});
    expect(objectId(1)).toBe(ports.stored[0]!.linked_object_id);
});
