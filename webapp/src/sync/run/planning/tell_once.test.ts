import {MemoryPorts} from '../../testing/memory_ports';
import {account, directoryUser, objectId} from '../../testing/people';
import type {RunRequest} from '../../types';

import {run} from '../run';

const apply: RunRequest = {mode: 'apply', user: '', policy: JSON.stringify({scope: {everyone: true}})};

/** Disabled users without accounts, and one more whose address another account has that may not be adopted. */
function company(disabled: number): MemoryPorts {
    const ports = new MemoryPorts();
    ports.pageSize = 999;
    ports.users = Array.from({length: disabled + 1}, (_, at) => directoryUser(at + 1, at < disabled ? {accountEnabled: false} : {}));
    ports.stored.push(account('other', {email: `person${disabled + 1}@example.com`, auth_service: 'ldap'}));
    return ports;
}

async function linesOf(ports: MemoryPorts, request = apply): Promise<string[]> {
    ports.history = [];
    await run(request, ports);
    return ports.history.map(({object_id, reason}) => `${reason} ${object_id.slice(-3)}`);
}

test('300 disabled users without an account are told once and counted in each run', async () => {
    const ports = company(300);
    expect(await linesOf(ports)).toHaveLength(301);
    ports.history = [];
    const {counts} = await run(apply, ports);
    expect(counts).toMatchObject({skipped: 300, unlisted: 300, conflicts: 1});
    expect(ports.history).toMatchObject([{action: 'conflict', reason: 'other_sign_in_method'}]);
});

test('a skip is told again when something about it changed, or when it ended meanwhile', async () => {
    const ports = company(2);
    await linesOf(ports);
    expect(await linesOf(ports)).toHaveLength(1);
    Object.assign(ports.users[0]!, {accountEnabled: true, mail: 'nonsense', userPrincipalName: 'nonsense'});
    expect(await linesOf(ports)).toContain('invalid_email 001');
    Object.assign(ports.users[0]!, {accountEnabled: false});
    expect(await linesOf(ports)).toContain('disabled 001');
    expect(await linesOf(ports)).not.toContain('disabled 001');
});

test('previews and runs for one user list everything, and change nothing of what was told', async () => {
    const ports = company(2);
    await linesOf(ports);
    for (const request of [{...apply, mode: 'preview'} as const, {...apply, user: objectId(1)}]) {
        expect(await linesOf(ports, request)).toContain('disabled 001');
    }
    expect(await linesOf(ports)).not.toContain('disabled 001');
});

test('an acknowledged conflict counts as a skip and is not listed until it changes', async () => {
    const ports = company(0);
    await run(apply, ports);
    ports.told.acknowledge(ports.history[0]!);
    ports.history = [];
    expect((await run(apply, ports)).counts).toMatchObject({conflicts: 0, skipped: 1, unlisted: 1});
    expect(ports.history).toEqual([]);
    ports.stored.push(account('second', {email: 'person1@example.com'}));
    expect(await linesOf(ports)).toEqual(['several_accounts 001']);
});

test('a user whose change waits has a line in each run', async () => {
    const ports = company(0);
    ports.stored = [];
    ports.remembered = [{object_id: objectId(1), failures: 4, retry_at: 5}];
    for (let repeat = 0; repeat < 2; repeat++) {
        expect(await linesOf(ports)).toEqual(['retry_waits 001']);
    }
});
