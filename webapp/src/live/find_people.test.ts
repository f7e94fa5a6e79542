/** @jest-environment jsdom */
import {MemoryPorts} from '../sync/testing/memory_ports';
import {directoryUser, objectId} from '../sync/testing/people';
import {FakeServer} from '../testing/fake_server';
import {serveLive} from '../testing/live_server';

import {findPeople} from './find_people';

const server = new FakeServer();
const memory = new MemoryPorts();
let revision = 0;

beforeEach(() => {
    server.install();
    revision++;
    memory.users = [
        directoryUser(1, {displayName: '김민수 (Platform)', mail: 'Minsu.Kim@corp.example'}),
        directoryUser(2, {displayName: 'Lee Jiwoo', mail: null, userPrincipalName: 'jiwoo@corp.example'}),
        directoryUser(3, {displayName: 'José Núñez'.normalize('NFD'), mail: 'jose@corp.example'}),
        directoryUser(4, {displayName: 'Ｐａｒｋ', mail: 'p4@corp.example'}),
    ];
    serveLive(server, memory, 7);
});
afterEach(() => server.uninstall());

const find = (q: string) => findPeople({q, revision: `find ${revision}`});

test.each([
    ['민수', [1]],
    ['minsu.kim@', [1]],
    ['JIWOO@corp', [2]],
    ['José', [3]],
    ['park', [4]],
    ['ＫＩＭ', [1]],
    ['  lee ', [2]],
    ['corp.example', [1, 2, 3, 4]],
    ['nobody', []],
])('%s finds the users who have it in name or address', async (q, numbers) => {
    const {people, has_more, read_at} = await find(q);

    expect(people.map(({object_id}) => object_id)).toEqual(numbers.map(objectId));
    expect({has_more, read_at}).toEqual({has_more: false, read_at: 7});
});

test('a user is shown by name and addresses, empty where the directory has none', async () => {
    const {people: [lee]} = await find('lee');

    expect(lee).toEqual({object_id: objectId(2), display_name: 'Lee Jiwoo', email: '', user_principal_name: 'jiwoo@corp.example'});
});

test('two keys of a user are not one', async () => {
    memory.users = [directoryUser(1, {displayName: 'Ann', mail: 'bob@corp.example'})];

    expect((await find('annbob')).people).toEqual([]);
});

test('of many only the first twenty come, and it is said that there are more', async () => {
    memory.users = Array.from({length: 21}, (_, at) => directoryUser(at));

    const {people, has_more} = await find('');
    expect(people).toHaveLength(20);
    expect(has_more).toBe(true);
});

test('whatever the directory sends in place of texts is passed over', async () => {
    memory.users = [{id: objectId(1), displayName: {} as never, mail: 7 as never, userPrincipalName: ['kim'] as never}];

    expect((await find('kim')).people).toEqual([]);
    expect((await find('')).people).toEqual([{object_id: objectId(1), display_name: '', email: '', user_principal_name: ''}]);
});
