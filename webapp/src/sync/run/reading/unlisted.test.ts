import {smallScene} from '../../testing/guards';
import {MemoryPorts} from '../../testing/memory_ports';
import {directoryUser, objectId} from '../../testing/people';
import type {DirectoryUser, RunRequest} from '../../types';

import {run} from '../run';

const GROUP = '99999999-0000-4000-8000-000000000001';
const policy = JSON.stringify({scope: {allow: {groups: [GROUP]}}, guard: smallScene});
const request = (mode: RunRequest['mode'] = 'apply'): RunRequest => ({mode, user: '', policy, policy_digest: policy});

/** Three users, of whom the list lacks the third. */
function scene(): {ports: MemoryPorts; asked: string[][]; third: DirectoryUser; logged: object[]} {
    const ports = new MemoryPorts();
    ports.pageSize = 999;
    const third = directoryUser(3);
    ports.users = [1, 2].map((number) => directoryUser(number));
    ports.groups = {[GROUP]: [1, 2, 3].map(objectId)};
    const asked: string[][] = [];
    const logged: object[] = [];
    ports.directory.get = ({ids}) => {
        asked.push(ids);
        return {users: ids.includes(objectId(3)) ? [third] : []};
    };
    ports.log.write = ({fields}) => void logged.push(fields);
    return {ports, asked, third, logged};
}

test('a member of a group whom the list of users lacks is read by id', async () => {
    const {ports, asked, logged} = scene();
    expect(await run(request('preview'), ports)).toMatchObject({counts: {directory: 3, in_scope: 3, created: 3}});
    expect((await run(request(), ports)).counts).toMatchObject({directory: 3, in_scope: 3, created: 3});
    expect(asked).toEqual([[objectId(3)], [objectId(3)]]);
    expect(logged.at(-1)).toEqual({users: 1, found: 1, again: 0});
    expect((await run(request(), ports)).counts).toMatchObject({created: 0, unchanged: 3, skipped: 0});
});

test('one whom no answer knows by id is asked for in each run until the answers agree', async () => {
    const {ports, asked, logged, third} = scene();
    const {get} = ports.directory;
    ports.directory.get = (query) => {
        void get(query);
        return {users: []};
    };
    for (let round = 1; round <= 2; round++) {
        expect((await run(request(), ports)).counts).toMatchObject({directory: 2});
        expect(asked).toHaveLength(round);
        expect(logged.at(-1)).toEqual({users: 1, found: 0, again: 1});
    }
    ports.users.push(third);
    expect((await run(request(), ports)).counts).toMatchObject({created: 1});
    expect(asked).toHaveLength(2);
});

test('a linked user whom the list lacks for a moment is not missing', async () => {
    const {ports, third} = scene();
    ports.users.push(third);
    await run(request(), ports);
    ports.users.pop();
    ports.now += 3_600_000;
    ports.history = [];
    expect((await run(request(), ports)).counts).toMatchObject({deactivated: 0, skipped: 0, unchanged: 3});
    expect(ports.history).toEqual([]);
});

test('nothing is asked when the answers agree, however ids are written', async () => {
    const {ports, asked, third} = scene();
    ports.users.push(third);
    ports.users.forEach((user) => (user.id = user.id.toUpperCase()));
    await run(request(), ports);
    expect(asked).toEqual([]);
});
