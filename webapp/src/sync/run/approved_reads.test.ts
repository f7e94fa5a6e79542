import {MemoryPorts} from '../testing/memory_ports';
import {account, directoryUser, objectId} from '../testing/people';
import type {RunRequest} from '../types';

import {run} from './run';

const parts = {scope: {everyone: true}, accounts: {recreated: 'relink'}, lifecycle: {leavers: {missing_reads: 1}}, guard: {deactivations: {more_than: 100}}};
const request: RunRequest = {mode: 'preview', user: '', policy: JSON.stringify(parts)};

/** Makes a plan, and makes it what an approval finds. */
async function plan(ports: MemoryPorts): Promise<void> {
    ports.history = [];
    await run(request, ports);
    ports.held = ports.history;
    ports.heldBy = 'preview';
    ports.history = [];
}

const applyPlan = (ports: MemoryPorts, seqs: number[]) => run({...request, mode: 'apply', approves: 'preview', approved_changes: seqs}, ports);
const planned = (ports: MemoryPorts) => ports.held.filter(({action}) => action !== 'skip' && action !== 'conflict').map(({seq}) => seq);

function stage(...numbers: number[]): MemoryPorts {
    const ports = new MemoryPorts();
    ports.pageSize = 999;
    ports.now = 1_000_000_000;
    ports.users = numbers.map((number) => directoryUser(number));
    return ports;
}

test('a plan that relinks the account of a user who was created again is applied as it was shown', async () => {
    const ports = stage(2);
    ports.stored = [account('a', {email: 'person2@example.com', linked_object_id: objectId(9),
        departure: {since: 1, absent_reads: 5, counted_at: 1, deactivated_at: 0}})];
    await plan(ports);
    const shown = ports.held.find(({reason}) => reason === 'relinked');
    expect(shown).toBeDefined();
    await applyPlan(ports, [shown!.seq]);
    expect(ports.history.map(({reason, status}) => [reason, status])).toEqual([['relinked', 'done']]);
    expect(ports.stored[0]!.linked_object_id).toBe(objectId(2));
});

test('a new account is not created when another user has the same address by now', async () => {
    const ports = stage(1, 2);
    await plan(ports);
    ports.users.push(directoryUser(3, {mail: 'person1@example.com'}));
    await applyPlan(ports, planned(ports));
    expect(ports.stored.map(({email}) => email)).toEqual(['person2@example.com']);
});

test('a user who left is a leaver, although a successor claims the account by now', async () => {
    const ports = stage(1, 2, 3);
    await run({...request, mode: 'apply'}, ports);
    ports.users.shift();
    await plan(ports);
    ports.users.push(directoryUser(8, {mail: 'person1@example.com'}));
    await applyPlan(ports, planned(ports));
    expect(ports.stored.find(({email}) => email === 'person1@example.com')).toMatchObject({linked_object_id: objectId(1)});
    expect(ports.history).toMatchObject([{action: 'deactivate', status: 'done', reason: 'missing'}]);
});
