import {lines} from '../../testing/followed';
import {followed, groupedCompany, groupState, HOUR, INNER, OUTER} from '../../testing/grouped_company';
import {objectId} from '../../testing/people';

import {run} from '../run';


describe('answers that contradict each other', () => {
    test('a group whose members lack who joined is read again until they agree', async () => {
        const ports = await groupedCompany();
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
        expect(groupState(ports)?.again).toEqual([{group_id: OUTER, until: ports.now + HOUR}]);
        Object.assign(ports.directory, {read_group_members, read_user_groups});
        ports.now += HOUR / 2;
        expect((await run(followed, ports)).counts).toMatchObject({created: 1});
        ports.now += HOUR;
        await run(followed, ports);
        expect(groupState(ports)?.again).toEqual([]);
    });

    test('a user of whom the group and the answer about the user say different things is asked about again', async () => {
        const ports = await groupedCompany();
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
        const ports = await groupedCompany();
        const {read_group_members} = ports.directory;
        ports.groups[OUTER]!.push(objectId(3));
        ports.directory.read_group_members = async (request) => {
            const page = await read_group_members(request);
            return {...page, ids: page.ids.filter((id) => id !== objectId(2))};
        };
        for (let round = 0; round < 3; round++) {
            expect((await run(followed, ports)).counts).toMatchObject({skipped: 0, deactivated: 0});
            expect(groupState(ports)?.again).toMatchObject([{group_id: OUTER}]);
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
        const ports = await groupedCompany();
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
        expect(groupState(ports)?.again).toMatchObject([{group_id: OUTER}]);
        ports.directory.read_user_groups = read_user_groups;
        expect((await run(followed, ports)).counts).toMatchObject({updated: 1});
    });

    test('a user whose groups the directory does not tell is left alone', async () => {
        const ports = await groupedCompany();
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
