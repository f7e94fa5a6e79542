import {clear, company, full, incremental, kept, lines} from '../testing/followed';
import {smallScene} from '../testing/guards';
import {MemoryPorts} from '../testing/memory_ports';
import {account, directoryUser, objectId} from '../testing/people';
import type {RunRequest} from '../types';

import {run} from './run';

const DAY = 86_400_000;
const everyone: RunRequest = {mode: 'apply', user: '', policy: JSON.stringify({scope: {everyone: true}, guard: smallScene})};

/** What a directory, a proxy, or an attacker may send in place of an object id. */
const NOT_IDS: readonly unknown[] = [
    'constructor', '__proto__', 'toString', 'hasOwnProperty', '', ' ', 'a'.repeat(5000), 'user-1', `{${objectId(9)}}`, `${objectId(9)}\n`, 7, null, {}, ['x'], true,
];

/** Two users with accounts, one of whom an earlier version linked by something that is no object id. */
async function linkedBy(id: string): Promise<MemoryPorts> {
    const ports = new MemoryPorts();
    ports.now = 10 * DAY;
    ports.users = [directoryUser(1), directoryUser(2)];
    ports.stored = [account('odd', {linked_object_id: id})];
    await run(everyone, ports);
    ports.history = [];
    return ports;
}

test('a user without a valid object id is one skipped line, and all others are synced', async () => {
    const ports = new MemoryPorts();
    ports.pageSize = 4;
    ports.users = [directoryUser(1), ...NOT_IDS.map((id, at) => directoryUser(at + 10, {id: id as string})), directoryUser(2)];
    const outcome = await run(everyone, ports);
    expect(outcome).toMatchObject({state: 'succeeded', error: null, counts: {created: 2, skipped: NOT_IDS.length, failed: 0}});
    expect(new Set(lines(ports))).toEqual(new Set(['create done new_person', 'skip planned no_object_id']));
    expect(ports.stored.map(({linked_object_id}) => linked_object_id)).toEqual([objectId(1), objectId(2)]);
    expect(await run(everyone, ports)).toMatchObject({state: 'succeeded', counts: {unchanged: 2, created: 0}});
});

test.each(['out of scope', 'in scope'])('a user without a valid object id, %s, is told in a run for that user', async (scope) => {
    const ports = new MemoryPorts();
    ports.users = [directoryUser(1, {id: 'constructor'})];
    const policy = scope === 'in scope' ? everyone.policy : '{}';
    expect(await run({...everyone, policy, user: 'person1@example.com'}, ports)).toMatchObject({state: 'succeeded', counts: {skipped: 1}});
});

test.each(['constructor', '__proto__', 'toString', 'a'.repeat(64)])('an account linked by %s is told in every run, ends no run, and stays open', async (id) => {
    const ports = await linkedBy(id);
    for (let runs = 1; runs <= 4; runs++) {
        ports.users.push(directoryUser(2 + runs));
        ports.now += DAY;
        expect(await run(everyone, ports)).toMatchObject({state: 'succeeded', error: null, counts: {created: 1, conflicts: 1, failed: 0, deactivated: 0}});
    }
    expect(ports.history.filter(({object_id}) => object_id === id).map(({action, reason, account_id}) => `${action} ${reason} ${account_id}`)).
        toEqual(Array(4).fill('conflict no_object_id odd'));
    expect(ports.stored[0]).toMatchObject({id: 'odd', delete_at: 0});
});

test('a deactivated account linked by something else than an object id is left alone', async () => {
    const ports = await linkedBy('constructor');
    ports.stored[0]!.delete_at = DAY;
    expect(await run(everyone, ports)).toMatchObject({state: 'succeeded', counts: {conflicts: 0}});
});

test('to approve the deactivation of such an account does nothing to it, and the other approved changes are made', async () => {
    const ports = await linkedBy('constructor');
    ports.users.splice(0, 1);
    const held = (seq: number, object_id: string, account_id: string) => ({
        seq, object_id, account_id, email: '', username: '', display_name: '', action: 'deactivate' as const, status: 'held' as const,
        reason: 'missing' as const, reason_params: null, fields: [], error: null,
    });
    const gone = ports.stored.find(({linked_object_id}) => linked_object_id === objectId(1))!;
    ports.held = [held(1, 'constructor', 'odd'), held(2, objectId(1), gone.id)];
    expect(await run({...everyone, approves: 'held', approved_changes: []}, ports)).toMatchObject({state: 'succeeded', counts: {deactivated: 1, failed: 0}});
    expect(ports.stored[0]!.delete_at).toBe(0);
});

test('an incremental run reads all users after a change without a valid object id', async () => {
    const ports = await company(2);
    ports.users.push(directoryUser(3));
    ports.delta.paginate = (changes) => [[...changes, {id: 'constructor'}]];
    expect(await run(incremental(), ports)).toMatchObject({state: 'succeeded', reading: 'full', counts: {created: 1}});
});

test('an incremental run does not ask again for what an earlier version remembered and is no object id', async () => {
    const ports = await company(2);
    const [[key, value]] = [...ports.kept] as [[string, string]];
    ports.kept.set(key, JSON.stringify({...JSON.parse(value) as object, again: [{object_id: 'constructor', cause: ''}, {object_id: '__proto__', cause: 'hard_deleted'}]}));
    clear(ports);
    ports.users.push(directoryUser(3));
    expect(await run(incremental(), ports)).toMatchObject({state: 'succeeded', reading: 'incremental', counts: {created: 1}});
    expect(kept(ports)!.again).toEqual([]);
    expect(await run(full(), ports)).toMatchObject({state: 'succeeded'});
});

/** The first user of the directory in other letters, in lists, changes, and answers by id. */
function inCapitals(ports: MemoryPorts): void {
    ports.users[0] = {...ports.users[0]!, id: ports.users[0]!.id.toUpperCase()};
}

test('a user whose id comes in capitals keeps the account in full and incremental runs', async () => {
    const ports = await company(3);
    const {id} = ports.users[0]!;
    inCapitals(ports);
    for (let runs = 0; runs < 4; runs++) {
        expect(await run(runs % 2 === 0 ? full() : incremental(), ports)).toMatchObject({state: 'succeeded', counts: {created: 0, conflicts: 0, deactivated: 0, skipped: 0}});
        ports.now += DAY;
    }
    expect(ports.stored.find(({linked_object_id}) => linked_object_id === id)).toMatchObject({delete_at: 0});
});

test('a user whom a list lacks, and who answers by id in capitals, is not missing', async () => {
    const ports = await company(3);
    const [user] = ports.users.splice(0, 1);
    const {get} = ports.directory;
    ports.directory.get = async (request) => {
        const {users} = await get(request);
        return {users: request.ids.includes(user!.id) ? [...users, {...user!, id: user!.id.toUpperCase()}] : users};
    };
    for (let runs = 0; runs < 3; runs++) {
        expect((await run(full(), ports)).counts).toMatchObject({deactivated: 0});
        ports.now += DAY;
    }
});
