import {full, incremental} from '../../testing/followed';
import {MemoryPorts} from '../../testing/memory_ports';
import {account, directoryUser, objectId} from '../../testing/people';
import type {RunRequest} from '../../types';

import {run} from '../run';

const following = {mapping: {username: {when: 'always'}, email: {when: 'on_create'}}};
const sync = full(following);

/** Accounts that are linked to users who would have these names, and have others. */
function companyOf(...names: Array<[has: string, wants: string]>): MemoryPorts {
    const ports = new MemoryPorts();
    ports.pageSize = 999;
    ports.users = names.map(([, wants], at) => directoryUser(at + 1, {mail: `${wants}@example.com`}));
    ports.stored = names.map(([has], at) => account(`a${at + 1}`, {
        username: has, email: `a${at + 1}@example.com`, linked_object_id: objectId(at + 1),
        nickname: `Kim Person ${at + 1}`, first_name: `Person ${at + 1}`, last_name: 'Kim', position: 'Engineer',
    }));
    return ports;
}

const names = ({stored}: MemoryPorts) => stored.map(({username}) => username);

async function again(ports: MemoryPorts, request: RunRequest = sync): Promise<string[]> {
    expect(await run(request, ports)).toMatchObject({state: 'succeeded', counts: {failed: 0}});
    return names(ports);
}

test.each<[string, Array<[string, string]>, string[]]>([
    ['two users swap theirs', [['anna', 'bea'], ['bea', 'anna']], ['bea', 'anna']],
    ['three users pass theirs around', [['anna', 'bea'], ['bea', 'cleo'], ['cleo', 'anna']], ['bea', 'cleo', 'anna']],
    ['they move along a chain', [['anna', 'bea'], ['bea', 'cleo'], ['cleo', 'dora']], ['bea', 'cleo', 'dora']],
    ['the end of the chain stays', [['anna', 'bea'], ['bea', 'cleo'], ['cleo', 'cleo']], ['bea', 'cleo1', 'cleo']],
    ['the plain name is free', [['anna1', 'anna']], ['anna']],
    ['the plain name becomes free', [['anna1', 'anna'], ['anna', 'dora']], ['anna', 'dora']],
    ['the plain name becomes free for one of two', [['anna1', 'anna'], ['anna2', 'anna'], ['anna', 'dora']], ['anna', 'anna2', 'dora']],
    ['the plain name becomes free in a circle', [['anna1', 'anna'], ['anna', 'anna1']], ['anna', 'anna1']],
    ['two users want the same name', [['dora', 'anna'], ['cleo', 'anna']], ['anna', 'anna1']],
    ['another name would be one that a third user wants', [['dora', 'anna'], ['cleo', 'anna'], ['bea', 'anna1']], ['anna', 'anna2', 'anna1']],
])('usernames follow the directory when %s', async (_, has, right) => {
    const ports = companyOf(...has);
    expect(await again(ports)).toEqual(right);
    ports.history = [];
    expect(await again(ports)).toEqual(right);
    expect(ports.history).toEqual([]);
});

test('a variant of a name that stays taken is no change and no line, and is looked at again in each full run', async () => {
    const ports = companyOf(['anna1', 'anna'], ['bea1', 'bea'], ['all1', 'all']);
    ports.stored.push(account('bot', {username: 'anna', is_bot: true}), account('old', {username: 'bea', delete_at: 1}));
    for (let time = 0; time < 2; time++) {
        expect(await run(sync, ports)).toMatchObject({counts: {unchanged: 3, updated: 0}});
        expect(ports.history).toEqual([]);
    }
    expect(await run({...sync, user: objectId(1)}, ports)).toMatchObject({counts: {unchanged: 1}});
    expect(ports.history).toMatchObject([{action: 'skip', reason: 'up_to_date', username: 'anna1'}]);

    ports.stored = ports.stored.filter(({id}) => id !== 'bot');
    expect(await again(ports)).toEqual(['anna', 'bea1', 'all1', 'bea']);
});

test.each([['on_create', false], ['always', true]])('a new account with a variant of its name is compared again where the username is set %s: %s', async (when, isCompared) => {
    const ports = companyOf();
    ports.users.push(directoryUser(1, {mail: 'anna@example.com'}), directoryUser(2, {mail: 'anna@example.org'}));
    const request = full({mapping: {username: {when}}});
    expect(await again(ports, request)).toEqual(['anna', 'anna1']);
    ports.calls = [];
    expect(await again(ports, request)).toEqual(['anna', 'anna1']);
    expect(ports.calls.includes('accounts.find')).toBe(isCompared);
    expect(ports.calls).not.toContain('links.confirm');
});

test('the name of a group is not given, and a name that a new user gets in the same run is not given twice', async () => {
    const ports = companyOf(['dora', 'anna'], ['cleo', 'staff']);
    ports.takenNames.add('staff');
    ports.users.push(directoryUser(3, {mail: 'anna@example.org'}));
    expect(await again(ports)).toEqual(['anna1', 'staff1', 'anna']);
});

test('a new user whose name another account frees in the same run gets the plain name in the next', async () => {
    const ports = companyOf(['anna', 'bea']);
    ports.users.push(directoryUser(2, {mail: 'anna@example.com'}));
    expect(await again(ports)).toEqual(['bea', 'anna1']);
    expect(await again(ports)).toEqual(['bea', 'anna']);
});

describe('a run that ends between the two halves of a swap', () => {
    const PARKED = 'entrasync-a1';

    /** Fails the write after the one that parks an account, as when the server is killed. */
    async function interrupted(ports: MemoryPorts, request: RunRequest): Promise<void> {
        let updates = 0;
        ports.intercept = (port) => {
            if (port === 'accounts.update' && ++updates === 2) {
                throw new Error('killed');
            }
        };
        await expect(run(request, ports)).rejects.toThrow('killed');
        ports.intercept = () => undefined;
        expect(names(ports)).toContain(PARKED);
    }

    test('is completed by the next full run', async () => {
        const ports = companyOf(['anna', 'bea'], ['bea', 'anna']);
        await interrupted(ports, sync);
        expect(await again(ports)).toEqual(['bea', 'anna']);
    });

    test('is completed by the next incremental run, also when the directory has not changed since', async () => {
        const ports = companyOf(['anna', 'anna'], ['bea', 'bea']);
        await again(ports);
        ports.stored[0]!.username = 'bea';
        ports.stored[1]!.username = 'anna';
        ports.stored.forEach((each) => each.updated_at++);
        await interrupted(ports, sync);
        expect(await again(ports, incremental(following))).toEqual(['anna', 'bea']);
        expect(ports.kept.get('parked')).toBe('');
    });

    test('is not what a cancellation leaves', async () => {
        const ports = companyOf(['anna', 'bea'], ['bea', 'anna'], ['cleo', 'dora']);
        ports.intercept = (port) => {
            if (port === 'progress.report' && names(ports).includes(PARKED)) {
                throw Object.assign(new Error(), {name: 'SyncError', fault: {code: 'cancelled'}});
            }
        };
        expect(await run(sync, ports)).toMatchObject({state: 'succeeded'});
        expect(names(ports)).toEqual(['bea', 'anna', 'dora']);
    });
});

describe('with an approval', () => {
    async function planned(...has: Array<[string, string]>): Promise<MemoryPorts> {
        const ports = companyOf(...has);
        await run({...sync, mode: 'preview'}, ports);
        ports.held = ports.history;
        ports.heldBy = 'preview';
        ports.history = [];
        return ports;
    }

    const approve = (ports: MemoryPorts, ...seqs: number[]) => run({...sync, approves: 'preview', approved_changes: seqs}, ports);

    test('all of a circle moves', async () => {
        const ports = await planned(['anna', 'bea'], ['bea', 'cleo'], ['cleo', 'anna']);
        expect(await approve(ports)).toMatchObject({counts: {updated: 3, failed: 0}});
        expect(names(ports)).toEqual(['bea', 'cleo', 'anna']);
    });

    test.each([[[1]], [[2]], [[1, 2]], [[2, 3]]])('a part of a circle leaves all where they are: %j', async (seqs) => {
        const ports = await planned(['anna', 'bea'], ['bea', 'cleo'], ['cleo', 'anna']);
        expect(await approve(ports, ...seqs)).toMatchObject({counts: {updated: 0, failed: 0, skipped: seqs.length}});
        expect(names(ports)).toEqual(['anna', 'bea', 'cleo']);
        expect(await again(ports)).toEqual(['bea', 'cleo', 'anna']);
    });

    test('a name that was to be another one is not given under its approval', async () => {
        const ports = await planned(['dora', 'anna'], ['anna', 'anna']);
        expect(ports.held).toMatchObject([{fields: [{to: 'anna1'}]}]);
        ports.stored.pop();
        expect(await approve(ports)).toMatchObject({counts: {updated: 0, skipped: 1}});
        expect(names(ports)).toEqual(['dora']);
    });
});
