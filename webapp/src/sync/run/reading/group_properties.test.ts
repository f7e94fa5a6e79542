import fc from 'fast-check';

import {SyncError} from '../../errors';
import {smallScene} from '../../testing/guards';
import {MemoryPorts} from '../../testing/memory_ports';
import {directoryUser, objectId} from '../../testing/people';
import type {RunRequest} from '../../types';

import {run} from '../run';

const groupId = (number: number) => `bbbbbbbb-0000-4000-8000-${String(number).padStart(12, '0')}`;
const TEAM = 'teamteamteamteamteamteam26';
const [SCOPE, NAMED] = [1, 2].map(groupId) as [string, string];

/** Nothing waits and nothing is held. The scope, a rule and a prefix each have groups of their own. */
const full: RunRequest = {mode: 'apply', user: '', follows_changes: true, policy: JSON.stringify({
    scope: {allow: {groups: [SCOPE]}},
    memberships: {rules: [
        {id: 'named', name: 'Named', who: {groups: [NAMED]}, join: [{team: {id: TEAM}}]},
        {id: 'each', name: 'Each', for_each: {groups_starting_with: 'MM-'}, join: [{team: {create: {name: '{value}', display_name: '{value}'}}}]},
    ]},
    lifecycle: {leavers: {missing_reads: 1}},
    guard: {...smallScene, deactivations: {more_than: 1000, max_percent: 100}, min_directory_percent: 0},
})};
const incremental: RunRequest = {...full, reading: 'incremental'};

const PEOPLE = 6;
const GROUPS = 5;
const anyUser = fc.integer({min: 1, max: PEOPLE});
const anyGroup = fc.integer({min: 1, max: GROUPS});

type Event =
    | {kind: 'join' | 'leave'; who: number; group: number}
    | {kind: 'nest' | 'unnest'; inner: number; group: number}
    | {kind: 'delete' | 'recreate' | 'hide' | 'show'; group: number}
    | {kind: 'rename'; group: number; name: string}
    | {kind: 'list'; works: boolean}
    | {kind: 'remove' | 'restore' | 'change'; who: number};

const event: fc.Arbitrary<Event> = fc.oneof(
    {weight: 4, arbitrary: fc.record({kind: fc.constantFrom('join', 'leave'), who: anyUser, group: anyGroup})},
    {weight: 2, arbitrary: fc.record({kind: fc.constantFrom('nest', 'unnest'), inner: anyGroup, group: anyGroup})},
    fc.record({kind: fc.constantFrom('delete', 'recreate', 'hide', 'show'), group: fc.integer({min: 2, max: GROUPS})}),
    fc.record({kind: fc.constant('rename'), group: fc.integer({min: 3, max: GROUPS}), name: fc.constantFrom('MM-a', 'mm-b', 'Other')}),
    fc.record({kind: fc.constant('list'), works: fc.boolean()}),
    fc.record({kind: fc.constantFrom('remove', 'restore', 'change'), who: anyUser}),
);
const days = fc.array(fc.array(event, {minLength: 1, maxLength: 4}), {minLength: 1, maxLength: 7});

/** A directory whose groups change, and the accounts that follow it. */
class World {
    readonly ports = new MemoryPorts();

    /** Users who were read by id since the last run began. */
    readonly asked = new Set<string>();
    private readonly hidden = new Set<string>();
    private lists = true;

    constructor() {
        const {ports} = this;
        ports.pageSize = 3;
        ports.users = Array.from({length: PEOPLE}, (_, at) => directoryUser(at + 1));
        ports.groups = Object.fromEntries(Array.from({length: GROUPS}, (_, at) => [groupId(at + 1), [objectId(at + 1)]]));
        ports.groupsOfDirectory.names = {[groupId(3)]: 'MM-three', [groupId(4)]: 'Other', [groupId(5)]: 'MM-five'};
        const {read_group_members, list_groups, get} = ports.directory;
        ports.directory.list_groups = (request) => {
            if (!this.lists) {
                throw new SyncError({code: 'directory_unavailable'});
            }
            return list_groups(request);
        };
        ports.directory.read_group_members = (request) => {
            if (this.hidden.has(request.group_id)) {
                throw new SyncError({code: 'directory_unavailable'});
            }
            return read_group_members(request);
        };
        ports.directory.get = (request) => {
            request.ids.forEach((id) => this.asked.add(id));
            return get(request);
        };
    }

    happen(event: Event): void {
        switch (event.kind) {
        case 'join':
        case 'nest':
            this.membersOf(event.group)?.push('who' in event ? objectId(event.who) : groupId(event.inner));
            break;
        case 'leave':
        case 'unnest': {
            const gone = 'who' in event ? objectId(event.who) : groupId(event.inner);
            this.change(event.group, (members) => members.filter((id) => id !== gone));
            break;
        }
        case 'list':
            this.lists = event.works;
            break;
        case 'rename':
            this.ports.groupsOfDirectory.names[groupId(event.group)] = event.name;
            break;
        case 'remove':
            this.ports.users = this.ports.users.filter(({id}) => id !== objectId(event.who));
            break;
        case 'restore':
        case 'change':
            this.ports.users = [...this.ports.users.filter(({id}) => id !== objectId(event.who)), directoryUser(event.who, {jobTitle: event.kind})];
            break;
        default:
            this.happenToGroup(event.kind, groupId(event.group));
        }
    }

    /** Who is in the groups that decide something, of those that can be read; a group without the prefix has no members. */
    get visible(): Map<string, Set<string>> {
        const {groups, groupsOfDirectory: {names}} = this.ports;
        const starts = (id: string) => id in groups && /^mm-/i.test(names[id] ?? '');
        const named = [SCOPE, NAMED].filter((id) => id in groups && !this.hidden.has(id));
        const ofPrefix = this.lists ? [3, 4, 5].map(groupId).filter((id) => !starts(id) || !this.hidden.has(id)) : [];
        return new Map([...named.map((id) => [id, this.within(id, new Set())] as const), ...ofPrefix.map((id) => [id, starts(id) ? this.within(id, new Set()) : new Set<string>()] as const)]);
    }

    /** Makes everything readable. */
    show(): void {
        this.hidden.clear();
        this.lists = true;
        this.ports.groups[NAMED] ??= [];
    }

    async run(request: RunRequest) {
        this.asked.clear();
        this.ports.history = [];
        this.ports.now += 10 * 3_600_000;
        return run(request, this.ports);
    }

    get outcome() {
        return this.ports.stored.map(({linked_object_id, position, delete_at}) => [linked_object_id, position, delete_at === 0].join()).sort();
    }

    private within(group: string, seen: Set<string>): Set<string> {
        (this.ports.groups[group] ?? []).filter((id) => !seen.has(id)).forEach((id) => {
            seen.add(id);
            this.within(id, seen);
        });
        return seen;
    }

    private happenToGroup(kind: 'delete' | 'recreate' | 'hide' | 'show', id: string): void {
        const {groups} = this.ports;
        if (kind === 'hide') {
            this.hidden.add(id);
        } else if (kind === 'show') {
            this.hidden.delete(id);
        } else if (kind === 'delete') {
            delete groups[id];
        } else {
            groups[id] ??= [objectId(1)];
        }
    }

    private membersOf(group: number): string[] | undefined {
        return this.ports.groups[groupId(group)];
    }

    private change(group: number, to: (members: string[]) => string[]): void {
        const members = this.membersOf(group);
        if (members) {
            this.ports.groups[groupId(group)] = to(members);
        }
    }
}

/** Users who are in the group in one of the two moments and not in the other. */
function moved(before: ReadonlySet<string>, now: ReadonlySet<string>): string[] {
    return Array.from({length: PEOPLE}, (_, at) => objectId(at + 1)).filter((id) => before.has(id) !== now.has(id));
}

test('groups followed day by day lead where full reads lead', async () => {
    await fc.assert(fc.asyncProperty(days, async (events) => {
        const [following, reading] = [new World(), new World()] as const;
        await Promise.all([following.run(full), reading.run(full)]);
        for (const day of events) {
            day.forEach((one) => [following, reading].forEach((world) => world.happen(one)));
            expect((await following.run(incremental)).reading).toBe('incremental');
            await reading.run(full);
            expect(following.outcome).toEqual(reading.outcome);
        }
    }), {numRuns: 200});
});

test('each user who joined or left is read in the next run that can read the group, whatever happened in between', async () => {
    await fc.assert(fc.asyncProperty(days, async (events) => {
        const world = new World();
        await world.run(full);
        const seen = world.visible;
        for (const day of [...events, []]) {
            day.forEach((one) => world.happen(one));
            if (day.length === 0) {
                world.show();
            }
            expect((await world.run(incremental)).reading).toBe('incremental');
            world.visible.forEach((members, group) => {
                expect(moved(seen.get(group) ?? new Set(), members).filter((id) => !world.asked.has(id))).toEqual([]);
                seen.set(group, members);
            });
        }
    }), {numRuns: 300});
});
