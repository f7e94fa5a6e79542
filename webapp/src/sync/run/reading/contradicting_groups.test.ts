import {clear, full, incremental, lines} from '../../testing/followed';
import {MemoryPorts} from '../../testing/memory_ports';
import {directoryUser, objectId} from '../../testing/people';

import {run} from '../run';

const [OUTER, INNER, OTHER] = [1, 2, 3].map((number) => `bbbbbbbb-0000-4000-8000-00000000000${number}`) as [string, string, string];
const HOUR = 3_600_000;

const grouped = {scope: {allow: {groups: [OUTER]}}, lifecycle: {leavers: {missing_reads: 2}}};
const fullRun = full(grouped);
const followed = incremental(grouped);

/** Four users, of whom the first is in a group and the second in a group within it. */
async function company(): Promise<MemoryPorts> {
    const ports = new MemoryPorts();
    ports.now = 10 * HOUR;
    ports.pageSize = 999;
    ports.users = [1, 2, 3, 4].map((number) => directoryUser(number));
    ports.groups = {[OUTER]: [objectId(1), INNER], [INNER]: [objectId(2)], [OTHER]: [objectId(4)]};
    expect(await run(fullRun, ports)).toMatchObject({state: 'succeeded', counts: {created: 2}});
    clear(ports);
    return ports;
}

const state = (ports: MemoryPorts) => JSON.parse(ports.kept.get('groups') || 'null') as {again: object[]} | null;

describe('answers that contradict each other', () => {
    test('a group whose members lack who joined is read again until they agree', async () => {
        const ports = await company();
        const {read_group_members, read_user_groups} = ports.directory;
        ports.groups[INNER]!.push(objectId(3));
        ports.directory.read_group_members = async (request) => {
            const page = await read_group_members(request);
            return {...page, ids: page.ids.filter((id) => id !== objectId(3))};
        };
        ports.directory.read_user_groups = async ({object_ids, among}) => {
            const {users} = await read_user_groups({object_ids, among});
            return {users: users.map((user) => (user.object_id === objectId(3) ? {...user, groups: []} : user))};
        };
        expect((await run(followed, ports)).counts).toMatchObject({created: 0});
        expect(state(ports)?.again).toEqual([{group_id: OUTER, until: ports.now + HOUR}]);
        Object.assign(ports.directory, {read_group_members, read_user_groups});
        ports.now += HOUR / 2;
        expect((await run(followed, ports)).counts).toMatchObject({created: 1});
        ports.now += HOUR;
        await run(followed, ports);
        expect(state(ports)?.again).toEqual([]);
    });

    test('a user of whom the group and the answer about the user say different things is asked about again', async () => {
        const ports = await company();
        const {read_user_groups} = ports.directory;
        ports.groups[INNER]!.push(objectId(3));
        ports.directory.read_user_groups = async ({object_ids, among}) => {
            const {users} = await read_user_groups({object_ids, among});
            return {users: users.map((user) => ({...user, groups: []}))};
        };
        expect((await run(followed, ports)).counts).toMatchObject({created: 0});
        ports.directory.read_user_groups = read_user_groups;
        expect((await run(followed, ports)).counts).toMatchObject({created: 1});
    });

    test('a group that lacks a member for a moment takes nothing from the user, and is read again', async () => {
        const ports = await company();
        const {read_group_members} = ports.directory;
        ports.groups[OUTER]!.push(objectId(3));
        ports.directory.read_group_members = async (request) => {
            const page = await read_group_members(request);
            return {...page, ids: page.ids.filter((id) => id !== objectId(2))};
        };
        for (let round = 0; round < 3; round++) {
            expect((await run(followed, ports)).counts).toMatchObject({skipped: 0, deactivated: 0});
            expect(state(ports)?.again).toMatchObject([{group_id: OUTER}]);
            ports.now += HOUR / 3;
        }
        ports.directory.read_group_members = read_group_members;
        await run(followed, ports);
        ports.now += HOUR;
        await run(followed, ports);
        ports.groups[OUTER] = [objectId(1), objectId(3)];
        ports.now += HOUR;
        expect((await run(followed, ports)).counts).toMatchObject({skipped: 1});
        expect(lines(ports)).toContain('skip planned out_of_scope_waits');
    });

    test('a user whose own answer lacks a group that has the user has not left it', async () => {
        const ports = await company();
        const {read_user_groups} = ports.directory;
        ports.users[1]!.jobTitle = 'Lead';
        ports.directory.read_user_groups = async ({object_ids, among}) => {
            const {users} = await read_user_groups({object_ids, among});
            return {users: users.map((user) => ({...user, groups: []}))};
        };
        for (let round = 0; round < 4; round++) {
            ports.now += HOUR;
            expect((await run(followed, ports)).counts).toMatchObject({directory: 0, updated: 0, deactivated: 0, skipped: 0});
        }
        expect(state(ports)?.again).toMatchObject([{group_id: OUTER}]);
        ports.directory.read_user_groups = read_user_groups;
        expect((await run(followed, ports)).counts).toMatchObject({updated: 1});
    });

    test('a user whose groups the directory does not tell is left alone', async () => {
        const ports = await company();
        const {read_user_groups} = ports.directory;
        ports.users[0]!.jobTitle = 'Lead';
        ports.directory.read_user_groups = () => ({users: []});
        for (let round = 0; round < 3; round++) {
            ports.now += HOUR;
            expect((await run(followed, ports)).counts).toMatchObject({directory: 0, updated: 0, deactivated: 0, skipped: 0});
        }
        ports.directory.read_user_groups = read_user_groups;
        expect((await run(followed, ports)).counts).toMatchObject({updated: 1});
    });
});
