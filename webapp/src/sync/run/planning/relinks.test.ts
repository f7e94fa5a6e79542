import {smallScene} from '../../testing/guards';
import {MemoryPorts} from '../../testing/memory_ports';
import {directoryUser, objectId} from '../../testing/people';
import {HOUR_MS} from '../../time';
import type {DirectoryUser, RunOutcome, RunRequest} from '../../types';

import {run} from '../run';

const GROUP = '00000000-0000-4000-9000-000000000001';
const OLD = objectId(1);
const NEW = objectId(91);

function relinking(scope: object = {everyone: true}): RunRequest {
    const policy = JSON.stringify({scope, accounts: {recreated: 'relink'}, guard: smallScene});
    return {mode: 'apply', user: '', policy, policy_digest: policy, follows_changes: true};
}

/** Four users with accounts. */
async function company(request = relinking()): Promise<MemoryPorts> {
    const ports = new MemoryPorts();
    ports.now = 1_000 * HOUR_MS;
    ports.pageSize = 999;
    ports.users = [1, 2, 3, 4].map((number) => directoryUser(number));
    ports.groups = {[GROUP]: ports.users.map(({id}) => id)};
    await run(request, ports);
    return ports;
}

/** A run an hour after the one before; only its lines are in the history. */
function later(ports: MemoryPorts, request = relinking()): Promise<RunOutcome> {
    ports.now += HOUR_MS;
    ports.history = [];
    return run(request, ports);
}

function recreate(ports: MemoryPorts, attributes: Partial<DirectoryUser> = {}): void {
    ports.users = ports.users.filter(({id}) => id !== OLD).concat(directoryUser(1, {...attributes, id: NEW}));
}

const linesOf = (ports: MemoryPorts) => ports.history.map(({action, status, reason}) => `${action} ${status} ${reason}`);
const reads = (ports: MemoryPorts) => ports.history.map(({reason_params}) => reason_params?.reads);

describe('the account of a user who was deactivated before the user was deleted and created again', () => {
    const groups = {allow: {groups: [GROUP]}};
    const ways: Array<[string, object, (ports: MemoryPorts) => void, number]> = [
        ['disabled', {everyone: true}, (ports) => (ports.users[0]!.accountEnabled = false), 1],
        ['out of scope', {everyone: true}, (ports) => (ports.users[0]!.userType = 'Guest'), 1],
        ['out of the group', groups, (ports) => ports.groups[GROUP]!.shift(), 2],
    ];
    test.each(ways)('waits for as many reads as any other and moves by the approval: %s', async (_, scope, leave, runs) => {
        const request = {...relinking(scope), policy_digest: ''};
        const ports = await company(request);
        leave(ports);
        for (let at = 0; at < runs; at++) {
            await later(ports, request);
        }
        expect(ports.stored[0]!.delete_at).not.toBe(0);
        recreate(ports);
        ports.groups[GROUP]!.push(NEW);

        await later(ports, request);
        expect([linesOf(ports), reads(ports)]).toEqual([['conflict planned relink_waits'], [1]]);
        await later(ports, request);
        expect(linesOf(ports)).toEqual(['update held relinked']);
        ports.held = ports.history;
        await later(ports, {...request, approves: 'earlier', approved_changes: [1]});
        expect(ports.stored[0]).toMatchObject({linked_object_id: NEW, delete_at: 0, departure: null});
    });

    test('a second read within the same minutes proves nothing', async () => {
        const ports = await company();
        ports.users[0]!.accountEnabled = false;
        await later(ports);
        recreate(ports);
        await later(ports);
        ports.history = [];
        for (let at = 0; at < 3; at++) {
            await run(relinking(), ports);
        }
        expect(linesOf(ports)).toEqual(Array(3).fill('conflict planned relink_waits'));
    });

    test('a preview counts nothing', async () => {
        const ports = await company();
        ports.users[0]!.accountEnabled = false;
        await later(ports);
        recreate(ports);
        for (let at = 0; at < 3; at++) {
            await later(ports, {...relinking(), mode: 'preview'});
        }
        expect(linesOf(ports)).toEqual(['conflict planned relink_waits']);
    });

    test('also when incremental runs saw the old user go and the new one come', async () => {
        const ports = await company();
        const incremental = {...relinking(), reading: 'incremental'} as const;
        ports.delta.erased.add(OLD);
        ports.users.shift();
        await later(ports, incremental);
        expect(linesOf(ports)).toEqual(['deactivate done hard_deleted']);
        recreate(ports);
        await later(ports, incremental);
        expect(linesOf(ports)).toEqual(['conflict planned account_linked_to_other']);
        await later(ports);
        await later(ports);
        expect(linesOf(ports)).toEqual(['update held relinked']);
    });
});

test('absences of a user who was back since, disabled, do not prove that the user is gone', async () => {
    const ports = await company();
    const old = ports.users.shift()!;
    await later(ports);
    await later(ports);
    expect(ports.stored[0]!.departure).toMatchObject({absent_reads: 2});
    ports.users.push({...old, accountEnabled: false, mail: 'other@example.com'});
    await later(ports);
    recreate(ports);
    await later(ports);
    expect([linesOf(ports), reads(ports)]).toEqual([['conflict planned relink_waits'], [1]]);
});

describe('the move of a deactivated account takes a seat on the server', () => {
    const request = {...relinking(), policy: relinking().policy.replace('"guard"', '"mapping":{"username":{"when":"always"}},"guard"')};

    /** A held move, of an account that also gets another username. */
    async function waiting(): Promise<MemoryPorts> {
        const ports = await company(request);
        Object.assign(ports.stored[0]!, {username: 'nickname'});
        ports.users[0]!.accountEnabled = false;
        await later(ports, request);
        recreate(ports);
        await later(ports, request);
        await later(ports, request);
        expect(linesOf(ports)).toEqual(['update held relinked', 'update held username_changed']);
        ports.held = ports.history;
        return ports;
    }

    const approve = (ports: MemoryPorts) => later(ports, {...request, approves: 'earlier', approved_changes: [1, 2]});

    test('on a full server it stays held with all that belongs to it, and can be approved again', async () => {
        const ports = await waiting();
        ports.maxAccounts = 3;
        expect(await approve(ports)).toMatchObject({state: 'partial', does_not_fit: 1, error: {code: 'user_limit'}, counts: {updated: 0, failed: 0, skipped: 2}});
        expect(linesOf(ports)).toEqual(['skip planned user_limit', 'skip planned user_limit']);
        expect(ports.held.map(({status}) => status)).toEqual(['held', 'held']);
        expect(ports.stored[0]).toMatchObject({linked_object_id: OLD, username: 'nickname'});
        expect([ports.takenOver, ports.stored[0]!.delete_at === 0]).toEqual([[], false]);

        ports.maxAccounts = 4;
        expect(await approve(ports)).toMatchObject({state: 'succeeded', counts: {updated: 2}});
        expect(ports.stored[0]).toMatchObject({linked_object_id: NEW, username: 'person1', delete_at: 0});
    });

    test('before new accounts', async () => {
        const ports = await waiting();
        ports.maxAccounts = 4;
        ports.users.push(directoryUser(5));
        ports.held.push({...ports.held[0]!, seq: 3, object_id: objectId(5), account_id: '', action: 'create', reason: 'new_person', email: 'person5@example.com', reason_params: null, fields: []});
        await later(ports, {...request, approves: 'earlier', approved_changes: [1, 2, 3]});
        expect(ports.held.map(({status}) => status)).toEqual(['done', 'done', 'held']);
    });
});
