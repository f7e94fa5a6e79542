/** @jest-environment jsdom */
import {MemoryPorts} from '../sync/testing/memory_ports';
import {directoryUser} from '../sync/testing/people';
import {FakeServer} from '../testing/fake_server';
import {serveLive} from '../testing/live_server';

import {directorySize} from './directory_size';
import {findPeople} from './find_people';

const server = new FakeServer();
const memory = new MemoryPorts();
let round = 0;

beforeEach(() => {
    round++;
    server.install();
    server.requests.length = 0;
    memory.users = [directoryUser(1), directoryUser(2)];
    serveLive(server, memory, 7);
});
afterEach(() => server.uninstall());

const size = (revision = `size ${round}`) => directorySize({revision});

/** The number of users that each request for the directory asked for. */
const asked = () => server.requests.filter(({path}) => path === '/directory').map(({query}) => Number(query.per_page));

test('all users are loaded once; later requests only check for a newer read', async () => {
    expect(await size()).toEqual({people: 2, read_at: 7});
    expect(await size()).toEqual({people: 2, read_at: 7});

    const [first, ...later] = asked();
    expect(first).toBeGreaterThan(1);
    expect(later).toEqual([1]);
});

test('a newer read is loaded', async () => {
    await size();
    memory.users = [directoryUser(1)];
    serveLive(server, memory, 8);

    expect(await size()).toEqual({people: 1, read_at: 8});
    expect(asked()).toHaveLength(3);
});

test('after a run all users are loaded again without a check', async () => {
    await size();
    memory.users = [directoryUser(3, {displayName: 'Kim New'})];
    serveLive(server, memory, 8);

    expect((await findPeople({q: 'kim new', revision: `after ${round}`})).people).toHaveLength(1);
    expect(asked()).not.toContain(1);
});

test('when the server does not answer, what is loaded stays', async () => {
    await size();
    server.on('GET /directory', {code: 'database_failed', message: 'No.', hint: ''}, 500);
    await expect(size()).rejects.toThrow();
    serveLive(server, memory, 7);

    expect(await size()).toEqual({people: 2, read_at: 7});
    expect(asked().filter((count) => count > 1)).toHaveLength(1);
});
