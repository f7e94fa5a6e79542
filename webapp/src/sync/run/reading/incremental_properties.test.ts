import fc from 'fast-check';

import {smallScene} from '../../testing/guards';
import {MemoryPorts} from '../../testing/memory_ports';
import {account, directoryUser, objectId} from '../../testing/people';
import type {Account, ChangedUser, DirectoryUser, RunRequest} from '../../types';

import {run} from '../run';

/** Nothing waits and nothing is held, so that each run does all that there is to do. */
const full: RunRequest = {mode: 'apply', user: '', follows_changes: true, policy: JSON.stringify({
    scope: {allow: {display_name_contains: ['Kim']}},
    lifecycle: {leavers: {missing_reads: 1}},
    guard: {
        ...smallScene, deactivations: {more_than: 1000, max_percent: 100}, email_changes: {more_than: 1000, max_percent: 100}, min_directory_percent: 0,
    },
})};
const incremental: RunRequest = {...full, reading: 'incremental'};

const PEOPLE = 7;
const anyUser = fc.integer({min: 1, max: PEOPLE});

/** Few addresses, so that users swap them and have conflicts. */
const attributes = fc.record({
    displayName: fc.constantFrom('Kim A', 'Kim B', 'Lee', null),
    jobTitle: fc.constantFrom('Lead', 'Engineer', null),
    mail: fc.constantFrom('a@example.com', 'b@example.com', 'c@example.com', 'person1@example.com', 'person2@example.com', 'broken'),
    accountEnabled: fc.constantFrom(true, true, false),
    userType: fc.constantFrom('Member', 'Member', 'Guest'),
}, {requiredKeys: []});

type Event =
    | {kind: 'change'; who: number; to: Partial<DirectoryUser>}
    | {kind: 'delete' | 'erase' | 'restore' | 'recreate'; who: number};

const event: fc.Arbitrary<Event> = fc.oneof(
    {weight: 3, arbitrary: fc.record({kind: fc.constant('change'), who: anyUser, to: attributes})},
    fc.record({kind: fc.constantFrom('delete', 'erase', 'restore', 'recreate'), who: anyUser}),
);
const days = fc.array(fc.array(event, {minLength: 1, maxLength: 4}), {minLength: 1, maxLength: 6});

const accounts: fc.Arbitrary<Account[]> = fc.subarray([
    account('old1', {email: 'a@example.com'}),
    account('old2', {email: 'b@example.com', auth_service: 'ldap'}),
    account('old3', {email: 'person3@example.com', delete_at: 1}),
]);

/** A directory that things happen to, and the accounts that follow it. */
class World {
    readonly ports = new MemoryPorts();
    private readonly bin = new Map<number, DirectoryUser>();
    private recreated = 100;

    constructor(stored: Account[]) {
        this.ports.stored = structuredClone(stored);
        this.ports.pageSize = 3;
        this.ports.users = Array.from({length: PEOPLE - 2}, (_, at) => directoryUser(at + 1));
    }

    happen({kind, who, ...event}: Event): void {
        const {users} = this.ports;
        const at = users.findIndex(({id}) => id === objectId(who));
        if (kind === 'change' || kind === 'restore') {
            const person = users[at] ?? this.bin.get(who) ?? directoryUser(who);
            Object.assign(person, 'to' in event ? event.to : {});
            this.bin.delete(who);
            this.ports.delta.erased.delete(person.id);
            this.ports.users = [...users.filter((user) => user !== person), person];
        } else if (at >= 0) {
            const [person] = users.splice(at, 1);
            if (kind === 'delete') {
                this.bin.set(who, person!);
            } else {
                this.ports.delta.erased.add(person!.id);
            }
            if (kind === 'recreate') {
                users.push({...person!, id: objectId(this.recreated++)});
            }
        }
    }

    async run(request: RunRequest) {
        this.ports.history = [];
        this.ports.now += 1000;
        return run(request, this.ports);
    }

    /** Whose account is how; names depend on who came first. */
    get outcome() {
        return this.ports.stored.map(({linked_object_id, email, nickname, position, delete_at}) => (
            [linked_object_id, email, nickname, position, delete_at === 0].join())).sort();
    }
}

test('changes followed day by day lead where full reads lead', async () => {
    await fc.assert(fc.asyncProperty(accounts, days, async (stored, events) => {
        const [following, reading] = [new World(stored), new World(stored)] as const;
        await Promise.all([following.run(full), reading.run(full)]);
        for (const day of events) {
            day.forEach((one) => [following, reading].forEach((world) => world.happen(one)));
            expect((await following.run(incremental)).reading).toBe('incremental');
            await reading.run(full);
            expect(following.outcome).toEqual(reading.outcome);
        }
    }), {numRuns: 150});
});

/** Puts changes onto pages in any order, some of them more than once, with empty pages between. */
const pagination = fc.record({order: fc.array(fc.nat(), {maxLength: 12}), size: fc.integer({min: 1, max: 4}), empty: fc.nat(3)}).map(({order, size, empty}) => (
    (changes: ChangedUser[]): ChangedUser[][] => {
        const told = [...order.map((at) => changes[at % changes.length]!), ...changes];
        const pages: ChangedUser[][] = [];
        for (let start = 0; start < told.length; start += size) {
            pages.push(...Array.from({length: empty}, () => []), told.slice(start, start + size));
        }
        return pages;
    }));

test('order, repeats and pages of the changes do not matter', async () => {
    await fc.assert(fc.asyncProperty(accounts, days, pagination, async (stored, events, paginate) => {
        const [plain, odd] = [new World(stored), new World(stored)] as const;
        odd.ports.delta.paginate = paginate;
        await Promise.all([plain.run(full), odd.run(full)]);
        for (const day of events) {
            day.forEach((one) => [plain, odd].forEach((world) => world.happen(one)));
            expect(await odd.run(incremental)).toEqual(await plain.run(incremental));
            expect(odd.ports.stored).toEqual(plain.ports.stored);
            expect(odd.ports.history).toEqual(plain.ports.history);
        }
    }));
});

test('no account is deactivated because an answer lacks a user', async () => {
    const lacks = fc.func(fc.boolean());
    await fc.assert(fc.asyncProperty(accounts, days, lacks, async (stored, events, isLacking) => {
        const world = new World(stored);
        await world.run(full);
        const {directory, delta} = world.ports;
        const get = directory.get;
        directory.get = async (request) => ({users: (await get(request)).users.filter(({id}) => !isLacking('get', id))});
        delta.paginate = (changes) => [changes.filter(({id, '@removed': removed}) => removed || !isLacking('delta', id))];
        for (const day of events) {
            const active = new Set(world.ports.stored.filter(({delete_at}) => delete_at === 0).map(({id}) => id));
            day.forEach((one) => world.happen(one));
            await world.run(incremental);
            const taken = world.ports.stored.filter(({id, delete_at}) => active.has(id) && delete_at !== 0);
            const owners = taken.map(({linked_object_id}) => world.ports.users.find(({id}) => id === linked_object_id));
            expect(owners.filter((user) => user?.accountEnabled && user.displayName?.includes('Kim') && user.userType === 'Member')).toEqual([]);
        }
    }));
});
