import {MemoryPorts} from '../testing/memory_ports';
import {account, directoryUser, objectId} from '../testing/people';

import {findUser} from './find_user';

function stage(): MemoryPorts {
    const ports = new MemoryPorts();
    ports.users = [directoryUser(1), directoryUser(2), directoryUser(3, {userPrincipalName: 'person2@example.com', mail: null})];
    ports.stored = [
        account('linked', {username: 'mina', email: 'old@example.com', linked_object_id: objectId(1)}),
        account('unlinked', {username: 'jun', email: 'person1@example.com'}),
        account('stale', {username: 'stale', email: 'person1@example.com', linked_object_id: 'constructor'}),
        account('local', {username: 'local', email: 'local@example.com'}),
    ];
    return ports;
}

test.each([
    ['person1@example.com', 'person1@example.com'],
    [' person1@example.com ', 'person1@example.com'],
    ['person1@example.onmicrosoft.com', 'person1@example.onmicrosoft.com'],
    [objectId(1), objectId(1)],
    ['mina', objectId(1)],
    ['@mina', objectId(1)],
    ['@Mina', objectId(1)],
    ['old@example.com', objectId(1)],
    ['@jun', objectId(1)],
    ['@stale', objectId(1)],
])('%s names a user', async (typed, user) => {
    expect(await findUser({user: typed}, stage())).toEqual({user, fault: null});
});

test.each(['mina@exampel.com', '@min', 'local', 'constructor', '__proto__', '@', '', objectId(9)])('%s names no user', async (typed) => {
    expect(await findUser({user: typed}, stage())).toEqual({user: typed, fault: {code: 'person_not_found', params: {user: typed}}});
});

test('a name that several users have is answered with all of them', async () => {
    const {fault} = await findUser({user: 'person2@example.com'}, stage());
    expect(fault).toMatchObject({code: 'person_ambiguous', params: {user: 'person2@example.com'}});
    expect(fault!.params!.candidates).toContain(objectId(2));
    expect(fault!.params!.candidates).toContain(objectId(3));
});
