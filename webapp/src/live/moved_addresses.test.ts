/** @jest-environment jsdom */
import {MemoryPorts} from '../sync/testing/memory_ports';
import {account, directoryUser, objectId} from '../sync/testing/people';
import {FakeServer} from '../testing/fake_server';
import {serveLive} from '../testing/live_server';

import {movedAddresses} from './moved_addresses';

const server = new FakeServer();
const memory = new MemoryPorts();
let revision = 0;

beforeEach(() => {
    server.install();
    revision++;
    memory.users = [
        directoryUser(1, {displayName: 'Hana Lee', mail: 'Hana.Lee@corp.example'}),
        directoryUser(2, {mail: null, userPrincipalName: 'jun@corp.example'}),
        directoryUser(3),
    ];
    memory.stored = [
        account('hana', {email: 'hana.kim@corp.example', linked_object_id: objectId(1)}),
        account('jun', {email: 'jun.old@corp.example', linked_object_id: objectId(2)}),
        account('gone', {email: 'gone@corp.example', linked_object_id: objectId(9)}),
        account('local', {email: 'local@corp.example'}),
    ];
    serveLive(server, memory, 7);
});
afterEach(() => server.uninstall());

const moved = (...entries: string[]) => movedAddresses({entries, revision: `moved ${revision}`});

test('an address that a linked user no longer has comes with the new one', async () => {
    expect(await moved('Hana.Kim@corp.example', 'person3@example.com', 'jun.old@corp.example')).toEqual([
        {entry: 'Hana.Kim@corp.example', object_id: objectId(1), display_name: 'Hana Lee', email: 'Hana.Lee@corp.example'},
        {entry: 'jun.old@corp.example', object_id: objectId(2), display_name: 'Kim Person 2', email: 'jun@corp.example'},
    ]);
});

test('addresses that someone has, that no one had, and other keys do not', async () => {
    expect(await moved('hana.lee@CORP.example', 'person1@example.onmicrosoft.com', 'no.one@corp.example', 'gone@corp.example', 'local@corp.example', objectId(1))).toEqual([]);
});

test('an address that belongs to someone else by now is not one of them', async () => {
    memory.users.push(directoryUser(4, {mail: 'hana.kim@corp.example'}));
    expect(await moved('hana.kim@corp.example')).toEqual([]);
});

test('nothing is said, or asked of the server, before the first read', async () => {
    memory.users = [];
    memory.calls = [];
    expect(await moved('hana.kim@corp.example')).toEqual([]);
    expect(memory.calls).not.toContain('accounts.find');
});
