import {SyncError, type ErrorCode} from '../../errors';
import {company, directoryCalls, full, incremental, lines} from '../../testing/followed';
import {MemoryPorts} from '../../testing/memory_ports';
import {account, directoryUser, objectId} from '../../testing/people';
import type {DeltaPage} from '../../types';

import {run} from '../run';

describe('reads all users', () => {
    const fullRun = {state: 'succeeded', reading: 'full'} as const;

    test('without a mark, and has one from then on', async () => {
        const ports = new MemoryPorts();
        ports.users = [directoryUser(1)];
        expect(await run({...incremental(), follows_changes: false}, ports)).toMatchObject({...fullRun, counts: {created: 1}});
        expect(await run(incremental(), ports)).toMatchObject({reading: 'incremental'});
    });

    test('under another policy', async () => {
        const ports = await company(3);
        expect(await run(incremental({lifecycle: {update: false}}), ports)).toMatchObject({...fullRun, counts: {directory: 3}});
        expect(directoryCalls(ports)).toEqual(['directory.read_delta', 'directory.read_page']);
        expect(await run(incremental({lifecycle: {update: false}}), ports)).toMatchObject({reading: 'incremental'});
        expect(await run(incremental(), ports)).toMatchObject(fullRun);
    });

    test('with other attributes under the same name of a policy', async () => {
        const ports = await company(1);
        const request = {...incremental({mapping: {nickname: {sources: ['department']}}}), policy_digest: full().policy_digest!};
        expect(await run(request, ports)).toMatchObject(fullRun);
    });

    test('when what was kept cannot be read', async () => {
        const ports = await company(1);
        ports.kept.set('delta', '{"delta":7}');
        expect(await run(incremental(), ports)).toMatchObject(fullRun);
        ports.kept.set('delta', '{');
        expect(await run(incremental(), ports)).toMatchObject(fullRun);
    });

    test.each<ErrorCode>(['resync_required', 'directory_refused', 'foreign_link', 'consent_missing'])('after %s, and deactivates no account for it', async (code) => {
        const ports = await company(3);
        ports.users.splice(0, 1);
        let asked = 0;
        ports.intercept = (port) => {
            if (port === 'directory.read_delta' && ++asked === 1) {
                throw new SyncError({code});
            }
        };
        expect(await run(incremental(), ports)).toMatchObject({...fullRun, counts: {directory: 2, deactivated: 0}});
        expect(lines(ports)).toEqual(['skip planned missing_waits']);
    });

    test.each<[string, () => unknown]>([
        ['links that lead back', () => ({users: [], next: 'page-0-0', delta: ''})],
        ['no link', () => ({users: [], next: '', delta: ''})],
        ['two links', () => ({users: [], next: 'page-0-0', delta: 'mark-0'})],
        ['a user without an id', () => ({users: [{}], next: '', delta: 'mark-0'})],
        ['null', () => ({users: [null], next: '', delta: 'mark-0'})],
        ['no list', () => ({next: '', delta: 'mark-0'})],
    ])('when the changes are %s', async (_, page) => {
        const ports = await company(2);
        const {read_delta} = ports.directory;
        ports.directory.read_delta = (query) => (query.latest ? read_delta(query) : page() as DeltaPage);
        expect(await run(incremental(), ports)).toMatchObject(fullRun);
    });

    test('when the changes never end', async () => {
        const ports = await company(2);
        const {read_delta} = ports.directory;
        let pages = 0;
        ports.directory.read_delta = (query) => (query.latest ? read_delta(query) : {users: [{id: objectId(1)}], next: `next-${++pages}`, delta: ''});
        expect(await run(incremental(), ports)).toMatchObject(fullRun);
        expect(pages).toBeLessThan(200);
    });

    test('when too many have changed, before it has read them one by one', async () => {
        const ports = await company(2);
        ports.users.push(...Array.from({length: 2001}, (_, at) => directoryUser(at + 3, {displayName: 'Lee'})));
        expect(await run(incremental(), ports)).toMatchObject({...fullRun, counts: {directory: 2003}});
        expect(ports.calls).not.toContain('directory.get');
    });

    test('when too many are left unsettled', async () => {
        const ports = new MemoryPorts();
        ports.pageSize = 999;
        ports.users = Array.from({length: 2001}, (_, at) => directoryUser(at));
        ports.maxAccounts = 0;
        expect(await run(full(), ports)).toMatchObject({state: 'partial', counts: {failed: 0, skipped: 2001}});
        expect(ports.kept.get('delta')).toBe('');
        ports.maxAccounts = Infinity;
        expect(await run(incremental(), ports)).toMatchObject({...fullRun, counts: {created: 2001}});
    });
});

test('where changes cannot be followed, full runs go on', async () => {
    const ports = new MemoryPorts();
    const logged: string[] = [];
    ports.log.write = ({level, fields}) => void logged.push(`${level} ${fields.code}`);
    ports.users = [directoryUser(1)];
    ports.intercept = (port) => {
        if (port === 'directory.read_delta') {
            throw new SyncError({code: 'consent_missing'});
        }
    };
    expect(await run(full(), ports)).toMatchObject({state: 'succeeded', counts: {created: 1}});
    expect(logged).toEqual(['warn consent_missing']);
    expect(ports.kept.get('delta') ?? '').toBe('');
});

test.each<ErrorCode>(['network', 'throttled', 'directory_unavailable', 'secret_expired', 'database_failed'])('%s fails the run: a full read would fare no better', async (code) => {
    const ports = await company(1);
    const before = ports.kept.get('delta');
    ports.intercept = (port) => {
        if (port === 'directory.read_delta') {
            throw new SyncError({code});
        }
    };
    expect(await run(incremental(), ports)).toMatchObject({state: 'failed', error: {code}});
    expect(ports.calls).not.toContain('directory.read_page');
    expect(ports.kept.get('delta')).toBe(before);
});

test('a cancellation while the delta link is requested stops the run', async () => {
    const ports = await company(1);
    ports.intercept = (port) => {
        if (port === 'directory.read_delta') {
            throw new SyncError({code: 'cancelled'});
        }
    };
    expect(await run(full(), ports)).toMatchObject({state: 'cancelled'});
    expect(ports.calls).not.toContain('directory.read_page');
});

test('a directory that is not believed leaves the mark of the run before', async () => {
    const ports = await company(10);
    const before = ports.kept.get('delta');
    ports.users = ports.users.slice(0, 1);
    expect(await run(full(), ports)).toMatchObject({state: 'held'});
    expect(ports.kept.get('delta')).toBe(before);
});

test('nothing is requested and stored if changes are not read, or for one user', async () => {
    const ports = await company(2);
    await run({...full(), follows_changes: false}, ports);
    await run({...incremental(), user: objectId(1)}, ports);
    await run({...full(), mode: 'preview'}, ports);
    expect(ports.calls.filter((port) => port === 'state.write' || port === 'directory.read_delta')).toEqual([]);
});

test('another user\'s account that a newcomer\'s address points at stays with its owner', async () => {
    const ports = await company(2);
    ports.stored.push(account('taken', {email: 'taken@example.com', linked_object_id: objectId(77)}));
    ports.users.push(directoryUser(9, {mail: 'taken@example.com'}));
    expect(await run(incremental(), ports)).toMatchObject({counts: {created: 0, conflicts: 1}});
});
