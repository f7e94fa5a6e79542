import {SyncError, type ErrorCode} from '../../errors';
import {clear, directoryCalls, full, incremental, lines} from '../../testing/followed';
import {followed, fullRun, groupedCompany, groupState, HOUR, INNER, OTHER, OUTER} from '../../testing/grouped_company';
import {MemoryPorts} from '../../testing/memory_ports';
import {directoryUser, objectId} from '../../testing/people';

import {run} from '../run';

const isActive = (ports: MemoryPorts, number: number) => ports.stored.some(({linked_object_id, delete_at}) => linked_object_id === objectId(number) && delete_at === 0);

describe('an incremental run with groups in the scope', () => {
    test('without changes asks for changes of users and of groups, and for nothing else', async () => {
        const ports = await groupedCompany();
        expect(await run(followed, ports)).toMatchObject({reading: 'incremental', counts: {directory: 0}});
        expect(directoryCalls(ports)).toEqual(['directory.read_group_delta', 'directory.read_delta']);
        expect(ports.writes).toEqual([]);
    });

    test('reads only the tree that changed and the user who joined a nested group', async () => {
        const ports = await groupedCompany();
        ports.groups[INNER]!.push(objectId(3));
        ports.groups[OTHER]!.push(objectId(3));
        expect(await run(followed, ports)).toMatchObject({reading: 'incremental', counts: {directory: 1, created: 1}});
        expect(directoryCalls(ports)).toEqual([
            'directory.read_group_delta', 'directory.read_group_members', 'directory.read_delta', 'directory.read_user_groups', 'directory.get']);
        clear(ports);
        expect(await run(fullRun, ports)).toMatchObject({counts: {created: 0, unchanged: 3}});
    });

    test('deactivates a user who left after two reads that are far enough apart', async () => {
        const ports = await groupedCompany();
        ports.groups[INNER] = [];
        expect(await run(followed, ports)).toMatchObject({reading: 'incremental', counts: {directory: 1, deactivated: 0}});
        expect(lines(ports)).toEqual(['skip planned out_of_scope_waits']);
        ports.now += HOUR / 4;
        expect((await run(followed, ports)).counts).toMatchObject({directory: 1, deactivated: 0});
        ports.now += HOUR;
        clear(ports);
        expect((await run(followed, ports)).counts).toMatchObject({directory: 1, deactivated: 1});
        expect(directoryCalls(ports)).not.toContain('directory.read_page');
        expect([1, 2].map((number) => isActive(ports, number))).toEqual([true, false]);
        clear(ports);
        expect((await run(followed, ports)).counts).toMatchObject({directory: 0});
    });

    test('a whole group that joins or leaves brings or takes its members', async () => {
        const ports = await groupedCompany();
        ports.groups[INNER]!.push(OTHER);
        expect((await run(followed, ports)).counts).toMatchObject({created: 1});
        ports.groups[OUTER] = [objectId(1)];
        expect((await run(followed, ports)).counts).toMatchObject({skipped: 2});
        ports.now += HOUR;
        expect((await run(followed, ports)).counts).toMatchObject({deactivated: 2});
    });

    test('a group of the scope that is deleted fails the run and takes nothing; created again it is another one', async () => {
        const ports = await groupedCompany();
        const members = ports.groups[OUTER]!;
        delete ports.groups[OUTER];
        ports.groups['bbbbbbbb-0000-4000-8000-000000000009'] = members;
        for (let round = 0; round < 2; round++) {
            ports.now += HOUR;
            expect(await run(followed, ports)).toMatchObject({state: 'failed', error: {code: 'group_not_found', params: {group: OUTER}, path: 'Policy.scope.allow.groups[0]'}});
        }
        ports.groups[OUTER] = members;
        expect(await run(followed, ports)).toMatchObject({state: 'succeeded', reading: 'incremental', counts: {deactivated: 0, skipped: 0}});
    });

    test.each(['accounts.create', 'group_trees.keep'])('a run that breaks off at %s leaves the changes of groups to the next one', async (broken) => {
        const ports = await groupedCompany();
        ports.groups[INNER]!.push(objectId(3));
        ports.intercept = (port) => {
            if (port === broken) {
                throw new SyncError({code: 'lock_lost'});
            }
        };
        expect(await run(followed, ports)).toMatchObject({state: 'failed'});
        ports.intercept = () => undefined;
        expect(await run(followed, ports)).toMatchObject({reading: 'incremental', counts: {directory: 1, in_scope: 1}});
        expect(isActive(ports, 3)).toBe(true);
        expect((await run(followed, ports)).counts).toMatchObject({directory: 0});
    });

    test('a preview says what a run would do, and keeps nothing', async () => {
        const ports = await groupedCompany();
        ports.groups[INNER]!.push(objectId(3));
        const before = [ports.kept.get('groups'), ports.kept.get('delta')];
        const preview = await run({...followed, mode: 'preview'}, ports);
        expect(preview).toMatchObject({reading: 'incremental', counts: {created: 1}});
        expect([ports.kept.get('groups'), ports.kept.get('delta')]).toEqual(before);
        expect((await run(followed, ports)).counts).toEqual(preview.counts);
    });

    test.each<ErrorCode>(['resync_required', 'group_consent_missing', 'foreign_link', 'directory_answer_invalid'])('%s has the run read all users', async (code) => {
        const ports = await groupedCompany();
        ports.groups[INNER]!.push(objectId(3));
        let asked = 0;
        ports.intercept = (port) => {
            if (port === 'directory.read_group_delta' && ++asked === 1) {
                throw new SyncError({code});
            }
        };
        expect(await run(followed, ports)).toMatchObject({state: 'succeeded', reading: 'full', counts: {created: 1}});
        clear(ports);
        expect(await run(followed, ports)).toMatchObject({reading: 'incremental', counts: {directory: 0}});
    });

    test('a state of another policy, or one that cannot be read, has the run read all users', async () => {
        const ports = await groupedCompany();
        for (const kept of ['', '{', '{"delta":1}', JSON.stringify({...groupState(ports), policy_digest: 'another'})]) {
            ports.kept.set('groups', kept);
            expect(await run(followed, ports)).toMatchObject({reading: 'full'});
            expect(await run(followed, ports)).toMatchObject({reading: 'incremental'});
        }
    });

    test('too many who joined have the run read all users', async () => {
        const ports = await groupedCompany();
        ports.users.push(...Array.from({length: 2001}, (_, at) => directoryUser(at + 10, {displayName: 'Lee'})));
        await run(fullRun, ports);
        ports.groups[OUTER]!.push(...Array.from({length: 2001}, (_, at) => objectId(at + 10)));
        clear(ports);
        expect(await run(followed, ports)).toMatchObject({reading: 'full'});
        expect(ports.calls).not.toContain('directory.get');
    });
});

describe('groups by prefix', () => {
    const rules = [{id: 'each', name: 'Each', for_each: {groups_starting_with: 'MM-'}, join: [{team: {create: {name: '{value}', display_name: '{value}'}}}]}];
    const parts = {memberships: {rules}};

    /** Three users, of whom the first is in a group of the prefix. Returns whom an incremental run reads by id. */
    async function withPrefix() {
        const ports = new MemoryPorts();
        ports.now = 10 * HOUR;
        ports.pageSize = 999;
        ports.users = [1, 2, 3].map((number) => directoryUser(number));
        ports.groups = {[OUTER]: [objectId(1)], [OTHER]: [objectId(2), objectId(3)]};
        ports.groupsOfDirectory.names = {[OUTER]: 'MM-One', [OTHER]: 'Other'};
        await run(full(parts), ports);
        const follow = async () => {
            const asked: string[] = [];
            const {get} = ports.directory;
            ports.directory.get = (request) => {
                asked.push(...request.ids);
                return get(request);
            };
            expect(await run(incremental(parts), ports)).toMatchObject({reading: 'incremental'});
            ports.directory.get = get;
            return asked.sort();
        };
        return {ports, follow};
    }

    test('the members of a group that gets or loses the prefix are read, whatever the case of its letters', async () => {
        const {ports, follow} = await withPrefix();
        expect(await follow()).toEqual([]);
        ports.groupsOfDirectory.names[OTHER] = 'mm-Two';
        expect(await follow()).toEqual([objectId(2), objectId(3)]);
        ports.groupsOfDirectory.names[OTHER] = 'Two';
        expect(await follow()).toEqual([objectId(2), objectId(3)]);
        expect([...ports.group_trees.kept.keys()]).toEqual([OUTER]);
    });

    test('while they cannot be listed, no one has left them', async () => {
        const {ports, follow} = await withPrefix();
        const {list_groups} = ports.directory;
        ports.directory.list_groups = () => {
            throw new SyncError({code: 'directory_unavailable'});
        };
        ports.groups[OUTER] = [];
        for (let round = 0; round < 2; round++) {
            expect(await follow()).toEqual([]);
            expect([...ports.group_trees.kept.keys()]).toEqual([OUTER]);
        }
        ports.directory.list_groups = list_groups;
        expect(await follow()).toEqual([objectId(1)]);
        expect(await follow()).toEqual([]);
    });

    test('a full run that cannot list them leaves their trees to the next run', async () => {
        const {ports, follow} = await withPrefix();
        const {list_groups} = ports.directory;
        ports.directory.list_groups = () => {
            throw new SyncError({code: 'directory_unavailable'});
        };
        ports.groups[OUTER] = [];
        await run(full(parts), ports);
        ports.directory.list_groups = list_groups;
        expect(await follow()).toEqual([objectId(1)]);
    });

    test('a group that cannot be read keeps its tree, and is compared once it can', async () => {
        const {ports, follow} = await withPrefix();
        const {read_group_members} = ports.directory;
        ports.groups[OUTER] = [objectId(2)];
        ports.directory.read_group_members = () => {
            throw new SyncError({code: 'directory_unavailable'});
        };
        expect(await follow()).toEqual([]);
        ports.directory.read_group_members = read_group_members;
        expect(await follow()).toEqual([objectId(1), objectId(2)]);
        expect(await follow()).toEqual([]);
    });
});
