import fc from 'fast-check';

import {anyMapping} from '../testing/mappings';
import {smallScene} from '../testing/guards';
import {MemoryPorts} from '../testing/memory_ports';
import {account, directoryUser, objectId} from '../testing/people';
import type {Account, DirectoryUser, RunOutcome, RunRequest} from '../types';

import {run} from './run';

/** Nothing waits, so that one run does all that there is to do. */
const apply: RunRequest = {mode: 'apply', user: '', policy: JSON.stringify({
    scope: {allow: {display_name_contains: ['Kim', '김']}},
    lifecycle: {leavers: {missing_reads: 1}},
    guard: {...smallScene, min_directory_percent: 0},
})};

/** Few keys, so that they collide often. */
const email = fc.constantFrom('a@example.com', 'B@example.com', 'c@example.com', '김@example.com', '7@example.com', 'broken', '', null);
const text = fc.oneof(fc.constantFrom('Kim', '김민수', 'Lee', '', null), fc.string({unit: 'grapheme', maxLength: 80}));

const user: fc.Arbitrary<DirectoryUser> = fc.record({
    number: fc.integer({min: 1, max: 8}),
    attributes: fc.record({
        displayName: text,
        givenName: text,
        jobTitle: text,
        mail: email,
        userPrincipalName: email,
        accountEnabled: fc.constantFrom(true, true, true, false, null),
        userType: fc.constantFrom('Member', 'Member', 'Guest', null),
    }, {requiredKeys: []}),
}).map(({number, attributes}) => directoryUser(number, attributes));

const accounts: fc.Arbitrary<Account[]> = fc.array(fc.record({
    email: fc.constantFrom('a@example.com', 'b@example.com', 'c@example.com', 'x@example.com', 'y@example.com'),
    linked_object_id: fc.constantFrom('', '', objectId(1), objectId(2), objectId(99)),
    auth_service: fc.constantFrom('', '', 'ldap'),
    delete_at: fc.constantFrom(0, 0, 1),
    is_bot: fc.constantFrom(false, false, true),
}), {maxLength: 5}).map((list) => uniqueAccounts(list.map((fields, at) => account(`old${at}`, fields))));

/** Mattermost keeps emails unique, the plugin's table keeps object ids unique. */
function uniqueAccounts(list: Account[]): Account[] {
    const emails = new Set<string>();
    const links = new Set<string>();
    return list.filter(({email: key, linked_object_id}) => {
        const isNew = !emails.has(key) && (linked_object_id === '' || !links.has(linked_object_id));
        emails.add(key);
        links.add(linked_object_id);
        return isNew;
    });
}

function stage(users: DirectoryUser[], stored: Account[]): MemoryPorts {
    const ports = new MemoryPorts();
    ports.pageSize = 3;
    ports.users = users;
    ports.stored = structuredClone(stored);
    return ports;
}

/** What went wrong besides that some users have nothing that says whether sign-in is blocked. */
function faultsOf({state, error, counts}: RunOutcome): unknown[] {
    return [state, error?.code, counts.failed].filter((each) => !['succeeded', 'partial', 'attributes_unknown', undefined, 0].includes(each));
}

const world = fc.tuple(fc.array(user, {maxLength: 10}), accounts);

/** An address that an account loses can be given to a new one in the next run, so only the second leaves nothing to do. */
test('after a run, and a second where addresses have moved, there is nothing left to do', async () => {
    await fc.assert(fc.asyncProperty(world, async ([users, stored]) => {
        const ports = stage(users, stored);
        const first = await run(apply, ports);
        expect(faultsOf(first)).toEqual([]);
        const hasMoved = ports.history.some(({reason}) => reason === 'email_changed');
        const second = hasMoved ? await run(apply, ports) : first;
        expect(faultsOf(second)).toEqual([]);
        ports.calls = [];
        const last = await run(apply, ports);
        expect(last.counts).toMatchObject({created: 0, updated: 0, reactivated: 0, deactivated: 0, failed: 0});
        expect(last.counts.unchanged).toBeGreaterThanOrEqual(first.counts.created + first.counts.unchanged);
        expect(ports.writes).toEqual([]);
    }));
});

test('after two runs there is nothing left to do, whatever the mapping is', async () => {
    await fc.assert(fc.asyncProperty(world, anyMapping, async ([users, stored], mapping) => {
        const mapped: RunRequest = {...apply, policy: JSON.stringify({...JSON.parse(apply.policy), mapping})};
        const ports = stage(users, stored);
        const {error, counts} = await run(mapped, ports);
        expect(error === null || error.code === 'attributes_unusable' || error.code === 'attributes_unknown').toBe(true);
        expect(counts.failed).toBe(0);
        await run(mapped, ports);
        ports.calls = [];
        expect((await run(mapped, ports)).counts).toMatchObject({created: 0, updated: 0, failed: 0});
        expect(ports.writes).toEqual([]);
    }));
});

test('each user in scope is unchanged or has a line, and each line is counted once', async () => {
    await fc.assert(fc.asyncProperty(world, async ([users, stored]) => {
        const ports = stage(users, stored);
        const {counts} = await run(apply, ports);
        const others = ports.history.filter(({object_id}) => !users.some(({id, displayName}) => id === object_id && /kim|김/i.test(displayName ?? '')));
        const named = new Set(ports.history.filter((change) => !others.includes(change)).map(({object_id}) => object_id));
        expect(counts.in_scope).toBeLessThanOrEqual(counts.unchanged + named.size + ports.history.length);
        expect(ports.history).toHaveLength(counts.created + counts.updated + counts.reactivated + counts.deactivated + counts.skipped + counts.conflicts + counts.failed + counts.held);
    }));
});

test('no object id has two accounts, no account changes hands, no username comes twice', async () => {
    await fc.assert(fc.asyncProperty(world, async ([users, stored]) => {
        const ports = stage(users, stored);
        await run(apply, ports);
        const links = ports.stored.map(({linked_object_id}) => linked_object_id).filter((id) => id !== '');
        expect(new Set(links).size).toBe(links.length);
        for (const before of stored.filter(({linked_object_id}) => linked_object_id !== '')) {
            expect(ports.stored.find(({id}) => id === before.id)!.linked_object_id).toBe(before.linked_object_id);
        }
        const names = ports.stored.map(({username}) => username);
        expect(new Set(names).size).toBe(names.length);
    }));
});

test('accounts that must not be touched stay as they are', async () => {
    await fc.assert(fc.asyncProperty(world, async ([users, stored]) => {
        const ports = stage(users, stored);
        await run(apply, ports);
        const isOthers = ({auth_service, linked_object_id}: Account) => auth_service !== '' && linked_object_id === '';
        for (const before of stored.filter((account) => account.is_bot || account.delete_at !== 0 || isOthers(account))) {
            const after = ports.stored.find(({id}) => id === before.id)!;
            expect({...after, scope_values: ''}).toEqual(before); // the link's, not the account's
        }
    }));
});

test('the counts do not depend on the order of the directory', async () => {
    const shuffled = world.chain(([users, stored]) => fc.tuple(
        fc.constant(users), fc.shuffledSubarray(users, {minLength: users.length, maxLength: users.length}), fc.constant(stored)));
    await fc.assert(fc.asyncProperty(shuffled, async ([users, others, stored]) => {
        const one = await run(apply, stage(users, stored));
        const other = await run(apply, stage(others, stored));
        expect(other.counts).toEqual(one.counts);
    }));
});

test('a preview counts what the run then does', async () => {
    await fc.assert(fc.asyncProperty(world, async ([users, stored]) => {
        const ports = stage(users, stored);
        const planned = await run({...apply, mode: 'preview'}, ports);
        expect(ports.writes).toEqual([]);
        ports.history = [];
        expect((await run(apply, ports)).counts).toEqual(planned.counts);
    }));
});
