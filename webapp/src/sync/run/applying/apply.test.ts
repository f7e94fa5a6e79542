import {SyncError} from '../../errors';
import {MemoryPorts} from '../../testing/memory_ports';
import {directoryUser} from '../../testing/people';
import {run} from '../run';

/** More new users than two batches hold. */
const USERS = 230;

const apply = {mode: 'apply', user: '', by_admin: true, policy: '{"version":1,"scope":{"everyone":true}}'} as const;

function world(): MemoryPorts {
    const ports = new MemoryPorts();
    ports.users = Array.from({length: USERS}, (_, at) => directoryUser(at + 1));
    return ports;
}

test('the next batch of new accounts begins before the one before it is saved', async () => {
    const ports = world();
    await run(apply, ports);
    const calls = ports.calls.filter((port) => port === 'accounts.create' || port === 'links.save');
    expect(calls.slice(0, 5)).toEqual(['accounts.create', 'accounts.create', 'links.save', 'accounts.create', 'links.save']);
    expect(ports.stored).toHaveLength(USERS);
});

test('a crash leaves at most a hundred new accounts without their links', async () => {
    const ports = world();
    const unlinked: number[] = [];
    ports.intercept = () => {
        unlinked.push(ports.stored.filter(({linked_object_id}) => linked_object_id === '').length);
    };
    await run(apply, ports);
    expect(Math.max(...unlinked)).toBe(100);
});

test('a run that stops saves the batch that has begun', async () => {
    const ports = world();
    ports.intercept = (port: string) => {
        if (port === 'progress.report' && ports.stored.length > 0) {
            throw new SyncError({code: 'cancelled'});
        }
    };
    const outcome = await run(apply, ports);
    expect(outcome).toMatchObject({state: 'cancelled', counts: {created: 100}});
    expect(ports.stored.filter(({linked_object_id}) => linked_object_id === '')).toEqual([]);
    expect(ports.history.filter(({status}) => status === 'done')).toHaveLength(100);
});

test('an error is reported as it was, though the batch that has begun cannot be saved either', async () => {
    const ports = world();
    ports.intercept = (port: string) => {
        if (port === 'links.save') {
            throw new SyncError({code: 'lock_lost'});
        }
    };
    expect(await run(apply, ports)).toMatchObject({state: 'failed', error: {code: 'lock_lost'}});
});
