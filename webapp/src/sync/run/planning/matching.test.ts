import fc from 'fast-check';

import {reasonAlone} from '../../report/reason';
import {smallScene} from '../../testing/guards';
import {MemoryPorts} from '../../testing/memory_ports';
import {anyAccounts, anyAccountsPolicy, anyPeople} from '../../testing/matchings';
import {account, directoryUser, objectId} from '../../testing/people';
import {MINUTE_MS} from '../../time';
import type {Account, Change, DirectoryUser, RunRequest} from '../../types';

import {run} from '../run';

/** Leavers and the guard are not tested here: accounts are kept, and a directory without most of the linked users is accepted. */
const believing = {lifecycle: {deactivate: false}, guard: {...smallScene, min_directory_percent: 0}};

function applying(accounts: object, user = '', mapping: object = {}): RunRequest {
    return {mode: 'apply', user, policy: JSON.stringify({scope: {everyone: true}, accounts, mapping, ...believing})};
}

function stage(users: DirectoryUser[], stored: Account[]): MemoryPorts {
    const ports = new MemoryPorts();
    ports.users = users;
    ports.stored = structuredClone(stored);
    return ports;
}

/** The first change of a run for the account of the first user. A change of address can follow. */
async function changeIn(ports: MemoryPorts, request: RunRequest): Promise<Change> {
    ports.history = [];
    await run(request, ports);
    return ports.history.find(({object_id}) => object_id === objectId(1))!;
}

const person = directoryUser(1, {otherMails: ['Old@Example.com'], jobTitle: 'Engineer'});

test('other addresses are asked of the directory, and adopt', async () => {
    const ports = stage([person], [account('old', {email: 'old@example.com'})]);
    const change = await changeIn(ports, applying({matching: ['link', 'other_mails']}));
    expect(change).toMatchObject({action: 'update', status: 'done', reason: 'adopted_by_other_mails', account_id: 'old', reason_params: null});
    expect(ports.stored).toMatchObject([{id: 'old', linked_object_id: objectId(1), position: 'Engineer'}]);
});

test('a username adopts, with an approval of its own unless the policy trusts it', async () => {
    const ports = stage([person], [account('old', {username: 'person1'})]);
    const matching = ['link', 'username'];
    expect(await changeIn(ports, applying({matching}))).toMatchObject({
        reason: 'adopted_by_username', account_id: 'old', status: 'held', reason_params: {approval_kinds: 'unverified_email'},
    });
    expect(ports.writes).toEqual([]);
    expect(await changeIn(ports, applying({matching, adopt: {unverified: 'link'}}))).toMatchObject({reason: 'adopted_by_username', account_id: 'old', status: 'done'});
    expect(ports.takenOver).toEqual([]);
});

test('an account that must not be adopted stays as it is, and the user gets no other', async () => {
    const before = [account('old', {email: 'person1@example.com', email_verified: false})];
    for (const [adopt, reason] of [[{enabled: false}, 'adoption_off'], [{verified_email_only: true}, 'email_not_verified']] as const) {
        const ports = stage([person], before);
        expect(await changeIn(ports, applying({adopt}))).toMatchObject({action: 'skip', reason, account_id: 'old'});
        expect(ports.stored).toEqual(before);
        expect(ports.writes).toEqual([]);
    }
});

test('both sides of a conflict are in the history', async () => {
    const two = [account('one', {email: 'person1@example.com'}), account('two', {username: 'person1'})];
    expect(await changeIn(stage([person], two), applying({matching: ['link', 'email', 'username']}))).toMatchObject({
        action: 'conflict', reason: 'several_accounts', object_id: objectId(1), account_id: 'one', username: 'one',
        reason_params: {other_account_id: 'two', other_username: 'person1'},
    });
});

describe('a guest account of a member of the directory', () => {
    const guest = account('old', {email: 'person1@example.com', roles: 'system_guest'});

    test('is linked, and the line says that it stays a guest account', async () => {
        const ports = stage([person], [guest]);
        const change = await changeIn(ports, applying({}));
        expect(change).toMatchObject({action: 'update', status: 'done', reason: 'adopted_by_email', reason_params: {account_kind: 'guest'}});
        expect(reasonAlone('en', change)).toContain('stays a guest account; to give the user the access of a member, promote it');
        expect(ports.stored).toMatchObject([{roles: 'system_guest', linked_object_id: objectId(1)}]);
    });

    test('is told once when nothing else is to be done, and is kept up to date', async () => {
        const ports = stage([person], [guest]);
        await changeIn(ports, applying({}));
        expect(await changeIn(ports, applying({}))).toMatchObject({action: 'skip', reason: 'guest_account', account_id: 'old'});
        expect(await changeIn(ports, applying({}))).toBeUndefined();
        ports.users = [directoryUser(1, {jobTitle: 'Lead'})];
        expect(await changeIn(ports, applying({}))).toMatchObject({action: 'update', status: 'done', reason: 'attributes_changed'});
    });

    test('is as it should be for a guest of the directory', async () => {
        const ports = stage([{...person, userType: 'Guest'}], [guest]);
        const request = applying({});
        request.policy = JSON.stringify({...JSON.parse(request.policy) as object, scope: {everyone: true, guests: true}});
        expect(await changeIn(ports, request)).toMatchObject({reason: 'adopted_by_email', reason_params: null});
        expect(await changeIn(ports, request)).toBeUndefined();
    });
});

describe('a user who was deleted and created again', () => {
    const orphan = account('old', {email: 'person1@example.com', linked_object_id: objectId(99)});
    const relinking: RunRequest = {
        mode: 'apply', user: '',
        policy: JSON.stringify({scope: {everyone: true}, accounts: {recreated: 'relink'}, lifecycle: {leavers: {missing_reads: 1}}, guard: smallScene}),
    };

    /** The move is held, and the account is deactivated. */
    async function waitingForMove(): Promise<MemoryPorts> {
        const ports = stage([person, directoryUser(2), directoryUser(3)], [orphan, ...[2, 3].map((number) => (
            account(`a${number}`, {email: `person${number}@example.com`, linked_object_id: objectId(number)})))]);
        ports.now = 1_000_000;
        expect((await run(relinking, ports)).counts).toMatchObject({deactivated: 1, held: 1});
        return ports;
    }

    /** Approves this line. */
    function approve(ports: MemoryPorts, held: Change): ReturnType<typeof run> {
        ports.held = ports.history.filter(({status}) => status === 'held');
        ports.history = [];
        return run({...relinking, approves: 'earlier', approved_changes: [held.seq]}, ports);
    }

    test('is a conflict with both object ids by default', async () => {
        const ports = stage([person], [orphan]);
        expect(await changeIn(ports, applying({}))).toMatchObject({
            action: 'conflict', reason: 'recreated', object_id: objectId(1), account_id: 'old', reason_params: {other_object_id: objectId(99)},
        });
        expect(ports.writes).toEqual(['links.set_departures']);
    });

    test('gets the account by an approval when the policy says so', async () => {
        const ports = stage([person], [{...orphan, departure: {since: 1, absent_reads: 2, counted_at: 1, deactivated_at: 0}}]);
        const change = await changeIn(ports, applying({recreated: 'relink'}));
        expect(change).toMatchObject({action: 'update', status: 'held', reason: 'relinked', account_id: 'old', reason_params: {other_object_id: objectId(99), approval_kinds: 'relink'}});
        expect(ports.stored).toMatchObject([{id: 'old', linked_object_id: objectId(99)}]);
    });

    test('leaves the account to the lifecycle while the move waits: its former user left', async () => {
        const ports = await waitingForMove();
        expect(ports.stored[0]!.delete_at).not.toBe(0);
        expect(ports.history.filter(({account_id}) => account_id === 'old').map(({action, status, reason}) => [action, status, reason])).toEqual([
            ['update', 'held', 'relinked'], ['deactivate', 'done', 'missing'],
        ]);

        // A later run still offers the move.
        ports.history = [];
        expect((await run(relinking, ports)).counts).toMatchObject({held: 1, deactivated: 0});
        const held = ports.history.find(({status}) => status === 'held')!;
        expect(reasonAlone('en', held)).toContain('deactivated until then');
        expect((await approve(ports, held)).counts).toMatchObject({updated: 1, failed: 0});
        expect(ports.stored[0]).toMatchObject({linked_object_id: objectId(1), delete_at: 0});
        expect(ports.takenOver).toEqual(['old']);
        expect((await run(relinking, ports)).counts).toMatchObject({unchanged: 3, deactivated: 0, held: 0});
    });

    test('does not get the account when the old object id is back at the moment of the write', async () => {
        const ports = await waitingForMove();
        const held = ports.history.find(({status}) => status === 'held')!;
        ports.intercept = (port) => {
            // The plan is made.
            if (port === 'changes.record') {
                ports.users.push(directoryUser(99));
            }
        };
        expect((await approve(ports, held)).counts).toMatchObject({updated: 0, failed: 1});
        expect(ports.stored[0]).toMatchObject({linked_object_id: objectId(99)});
        expect(ports.takenOver).toEqual([]);
    });

    test('does not get an account that an administrator deactivated, or that may not become active again', async () => {
        const ports = await waitingForMove();
        ports.history = [];
        const off = JSON.stringify({...JSON.parse(relinking.policy) as object, lifecycle: {reactivate: false, leavers: {missing_reads: 1}}});
        await run({...relinking, policy: off}, ports);
        expect(ports.history).toMatchObject([{action: 'skip', reason: 'reactivation_off', account_id: 'old'}]);
        ports.stored[0]!.departure = null;
        ports.history = [];
        await run(relinking, ports);
        expect(ports.history).toMatchObject([{action: 'skip', reason: 'account_deactivated', account_id: 'old'}]);
    });

    test.each<[string, Partial<Account>]>([
        ['was deactivated when its user was disabled', {delete_at: 5, departure: {since: 1, absent_reads: 0, counted_at: 0, deactivated_at: 5}}],
        ['belongs to a system admin', {roles: 'system_user system_admin'}],
    ])('gets an account that %s once enough reads lack the old object id', async (_, state) => {
        const policy = JSON.stringify({scope: {everyone: true}, accounts: {recreated: 'relink'}, guard: smallScene});
        const ports = stage([person, directoryUser(2)], [{...orphan, ...state}, account('a2', {email: 'person2@example.com', linked_object_id: objectId(2)})]);
        ports.now = 1_000_000;
        expect(await changeIn(ports, {...relinking, policy})).toMatchObject({reason: 'relink_waits', reason_params: {reads: 1, needed: 2}});
        expect(await changeIn(ports, {...relinking, policy})).toMatchObject({reason: 'relink_waits', reason_params: {reads: 1, needed: 2}});

        ports.now += 60 * MINUTE_MS;
        expect(await changeIn(ports, {...relinking, policy})).toMatchObject({reason: 'relinked', status: 'held'});
        expect(ports.stored[0]).toMatchObject({departure: {deactivated_at: state.departure?.deactivated_at ?? 0}});

        // The old user is back, so the reads are not in a row.
        ports.users.push(directoryUser(99, {accountEnabled: false, mail: 'person99@example.com'}));
        expect(await changeIn(ports, {...relinking, policy})).toMatchObject({reason: 'account_linked_to_other'});
        ports.users.pop();
        expect(await changeIn(ports, {...relinking, policy})).toMatchObject({reason: 'relink_waits', reason_params: {reads: 1, needed: 2}});
    });

    test('cannot be distinguished from another user by a run for one user', async () => {
        const ports = stage([person], [orphan]);
        const change = await changeIn(ports, applying({recreated: 'relink'}, objectId(1)));
        expect(change).toMatchObject({action: 'conflict', reason: 'account_linked_to_other', reason_params: {other_object_id: objectId(99)}});
        expect(ports.writes).toEqual([]);
    });

    test('does not get the account while the old object id is in the directory, in scope or not', async () => {
        const ports = stage([person, directoryUser(99, {userType: 'Guest'})], [orphan]);
        expect(await changeIn(ports, applying({recreated: 'relink'}))).toMatchObject({reason: 'account_linked_to_other'});
    });
});

describe('for any users, accounts and policy', () => {
    const world = fc.tuple(anyPeople, anyAccounts, anyAccountsPolicy);

    test('no account is adopted twice and no object id has two', async () => {
        await fc.assert(fc.asyncProperty(world, async ([users, stored, accounts]) => {
            const ports = stage(users, stored);
            expect((await run(applying(accounts), ports)).state).toMatch(/^(succeeded|held)$/);
            const adopted = ports.history.filter(({reason}) => reason.startsWith('adopted') || reason === 'relinked').map(({account_id}) => account_id);
            expect(new Set(adopted).size).toBe(adopted.length);
            const links = ports.stored.map(({linked_object_id}) => linked_object_id).filter((id) => id !== '');
            expect(new Set(links).size).toBe(links.length);
        }));
    });

    // A conflict can be gone once the run itself has given the other user an account.
    test('at most the second run has something left to do', async () => {
        await fc.assert(fc.asyncProperty(world, async ([users, stored, accounts]) => {
            // An address that an account loses is free for another user only in the next run: here accounts keep theirs.
            const request = applying(accounts, '', {email: {when: 'on_create'}});
            const ports = stage(users, stored);
            await run(request, ports);
            await run(request, ports);
            ports.calls = [];
            expect((await run(request, ports)).counts).toMatchObject({created: 0, updated: 0, failed: 0});
            expect(ports.writes).toEqual([]);
        }));
    });

    test('the order of the directory decides nothing', async () => {
        const shuffled = world.chain(([users, ...rest]) => fc.tuple(
            fc.constant(users), fc.shuffledSubarray(users, {minLength: users.length, maxLength: users.length}), ...rest.map((each) => fc.constant(each))));
        await fc.assert(fc.asyncProperty(shuffled, async ([users, others, stored, accounts]) => {
            const [one, other] = [stage(users as DirectoryUser[], stored as Account[]), stage(others as DirectoryUser[], stored as Account[])];
            await run(applying(accounts!), one);
            await run(applying(accounts!), other);
            expect(toldOf(other)).toEqual(toldOf(one));
        }));
    });
});

/** The decision about each user. New accounts have other ids and names in another order. */
function toldOf({history}: MemoryPorts): string[] {
    return history.map(({object_id, action, reason, reason_params}) => JSON.stringify([object_id, action, reason, reason_params])).sort();
}
