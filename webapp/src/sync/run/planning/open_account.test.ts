import {smallScene} from '../../testing/guards';
import {MemoryPorts} from '../../testing/memory_ports';
import {account, directoryUser, objectId} from '../../testing/people';
import type {Account, Change, DirectoryUser} from '../../types';

import {run} from '../run';

const policy = {scope: {everyone: true}, guard: smallScene, lifecycle: {leavers: {disabled_unlinked: 'deactivate'}}};

function stage(attributes: Partial<DirectoryUser>, stored: Account[]): MemoryPorts {
    const ports = new MemoryPorts();
    ports.pageSize = 999;
    ports.users = [directoryUser(1, {accountEnabled: false, ...attributes}), directoryUser(2)];
    ports.stored = [account('other', {email: 'person2@example.com', linked_object_id: objectId(2)}), ...stored];
    return ports;
}

async function lineOf(ports: MemoryPorts, parts: object = {}): Promise<Partial<Change> | undefined> {
    ports.history = [];
    await run({mode: 'apply', user: '', policy: JSON.stringify({...policy, ...parts})}, ports);
    return ports.history.find(({object_id}) => object_id === objectId(1));
}

const isOpen = (ports: MemoryPorts, wanted: string) => ports.stored.some(({id, delete_at, linked_object_id}) => id === wanted && delete_at === 0 && linked_object_id === '');

test('a disabled user who may be out of scope, because userType was not sent, gets no account to lose', async () => {
    const ports = stage({userType: undefined}, [account('open', {email: 'person1@example.com'})]);
    expect(await lineOf(ports)).toMatchObject({action: 'skip', reason: 'disabled_account_open', account_id: 'open'});
    expect(isOpen(ports, 'open')).toBe(true);
});

test('a second open account of a disabled user is named once the linked one is deactivated, and never linked', async () => {
    const ports = stage({}, [account('linked', {email: 'old@example.com', linked_object_id: objectId(1)}), account('second', {email: 'person1@example.com'})]);
    expect(await lineOf(ports)).toMatchObject({action: 'deactivate', reason: 'disabled', account_id: 'linked'});
    expect(await lineOf(ports)).toMatchObject({action: 'skip', reason: 'disabled_account_open', account_id: 'second', reason_params: {found_by: 'email'}});
    expect(isOpen(ports, 'second')).toBe(true);
    expect(ports.stored.find(({id}) => id === 'linked')!.linked_object_id).toBe(objectId(1));
});

test('of several accounts the line names an open one and the key that finds it', async () => {
    const ports = stage({}, [account('gone', {email: 'person1@example.com', delete_at: 5}), account('name', {username: 'person1'})]);
    expect(await lineOf(ports, {accounts: {matching: ['link', 'email', 'username']}})).toMatchObject(
        {action: 'skip', reason: 'disabled_account_open', account_id: 'name', reason_params: {found_by: 'username'}});
    expect(isOpen(ports, 'name')).toBe(true);
});
