import {SyncError, type ErrorCode} from '../errors';
import {MemoryPorts} from '../testing/memory_ports';
import {account, directoryUser, objectId} from '../testing/people';
import type {DeltaPage, RunRequest} from '../types';

import {dependsOnGroups} from './incremental';
import {run} from './run';

const DAY = 86_400_000;

function full(parts: object = {}, scope: object = {allow: {display_name_contains: ['Kim']}}): RunRequest {
    const policy = JSON.stringify({scope, ...parts});
    return {mode: 'apply', user: '', reading: 'full', follows_changes: true, policy, policy_version: policy};
}

function incremental(parts: object = {}): RunRequest {
    return {...full(parts), reading: 'incremental'};
}

/** A company of `people` who all have their account, and whose changes are followed from here. */
async function company(people: number, request = full()): Promise<MemoryPorts> {
    const ports = new MemoryPorts();
    ports.now = 10 * DAY;
    ports.pageSize = 999;
    ports.users = Array.from({length: people}, (_, at) => directoryUser(at + 1));
    expect(await run(request, ports)).toMatchObject({state: 'succeeded', counts: {created: people}});
    clear(ports);
    return ports;
}

function clear(ports: MemoryPorts): void {
    ports.history = [];
    ports.calls = [];
}

function lines(ports: MemoryPorts): string[] {
    return ports.history.map(({action, status, reason}) => `${action} ${status} ${reason}`).sort();
}

const directoryCalls = (ports: MemoryPorts) => ports.calls.filter((port) => port.startsWith('directory.'));
const kept = (ports: MemoryPorts) => JSON.parse(ports.kept.get('delta')!) as {delta: string; again: object[]};

test('does what the changes ask for, and reads nobody else', async () => {
    const ports = await company(6);
    ports.users[0]!.jobTitle = 'Lead';
    ports.users[1]!.accountEnabled = false;
    ports.users[2]!.displayName = 'Lee Person 3';
    ports.delta.erased.add(objectId(5));
    ports.users.splice(3, 2);
    ports.users.push(directoryUser(7), directoryUser(8, {displayName: 'Lee Person 8'}));
    expect(await run(incremental(), ports)).toMatchObject({
        state: 'succeeded', reading: 'incremental', counts: {directory: 5, in_scope: 3, created: 1, updated: 1, deactivated: 4, unchanged: 0},
    });
    expect(lines(ports)).toEqual([
        'create done new_person', 'deactivate done disabled', 'deactivate done hard_deleted', 'deactivate done out_of_scope',
        'deactivate done soft_deleted', 'update done attributes_changed',
    ]);
    expect(directoryCalls(ports)).toEqual(['directory.read_delta', 'directory.get']);
});

test('without changes there is nothing to read and to do', async () => {
    const ports = await company(3);
    expect(await run(incremental(), ports)).toMatchObject({state: 'succeeded', counts: {directory: 0, unchanged: 0}});
    expect(directoryCalls(ports)).toEqual(['directory.read_delta']);
    expect(ports.writes).toEqual([]);
});

test('whoever is back gets the account back', async () => {
    const ports = await company(2);
    const [kim] = ports.users.splice(0, 1);
    await run(incremental(), ports);
    ports.users.push(kim!);
    clear(ports);
    expect(await run(incremental(), ports)).toMatchObject({reading: 'incremental', counts: {reactivated: 1}});
    expect(ports.stored.every(({delete_at}) => delete_at === 0)).toBe(true);
});

test('what is told to be removed but is there is judged anew', async () => {
    const ports = await company(2);
    ports.delta.paginate = (changes) => [changes.map(({id}) => ({id, '@removed': {reason: 'changed'}}))];
    ports.users[0]!.jobTitle = 'Lead';
    expect(await run(incremental(), ports)).toMatchObject({counts: {updated: 1, deactivated: 0}});
});

test('whoever is gone without a word of removal is left to the changes after these', async () => {
    const ports = await company(3);
    ports.users[0]!.jobTitle = 'Lead';
    const [kim] = ports.users;
    ports.delta.paginate = (changes) => {
        ports.users = ports.users.filter((user) => user !== kim);
        return [changes];
    };
    expect(await run(incremental(), ports)).toMatchObject({state: 'succeeded', counts: {deactivated: 0, skipped: 0}});
    expect(await run(incremental(), ports)).toMatchObject({counts: {deactivated: 1}});
    expect(lines(ports)).toEqual(['deactivate done soft_deleted']);
});

test('somebody who changes while everybody is read is read again', async () => {
    const ports = await company(3);
    let pages = 0;
    ports.intercept = (port) => {
        if (port === 'directory.read_page' && ++pages === 1) {
            ports.users[0]!.jobTitle = 'Lead';
        }
    };
    await run(full(), ports);
    expect(directoryCalls(ports).slice(0, 2)).toEqual(['directory.read_delta', 'directory.read_page']);
    clear(ports);
    expect(await run(incremental(), ports)).toMatchObject({counts: {directory: 1, unchanged: 1}});
});

test('changes that failed are tried again, also those of people who are gone', async () => {
    const ports = await company(4);
    const {set_active, create} = ports.accounts;
    ports.accounts.set_active = ({account_ids}) => ({results: account_ids.map(() => ({account_id: '', delete_at: 0, error: {code: 'mattermost_refused'}}))});
    ports.accounts.create = ({accounts}) => ({results: accounts.map(() => ({account_id: '', error: {code: 'mattermost_refused'}}))});
    ports.delta.erased.add(objectId(1));
    ports.users.splice(0, 1);
    ports.users.push(directoryUser(9));
    expect(await run(incremental(), ports)).toMatchObject({state: 'partial', counts: {failed: 2}});
    expect(kept(ports).again).toEqual([{object_id: objectId(1), cause: 'hard_deleted'}, {object_id: objectId(9), cause: ''}]);
    Object.assign(ports.accounts, {set_active, create});
    clear(ports);
    expect(await run(incremental(), ports)).toMatchObject({state: 'succeeded', counts: {created: 1, deactivated: 1}});
    expect(lines(ports)).toEqual(['create done new_person', 'deactivate done hard_deleted']);
    expect(kept(ports).again).toEqual([]);
});

test('a run that breaks off leaves its changes to the next one', async () => {
    const ports = await company(2);
    ports.users[0]!.jobTitle = 'Lead';
    ports.intercept = (port) => {
        if (port === 'accounts.update') {
            throw new SyncError({code: 'lock_lost'});
        }
    };
    expect(await run(incremental(), ports)).toMatchObject({state: 'failed', reading: 'incremental'});
    ports.intercept = () => undefined;
    expect(await run(incremental(), ports)).toMatchObject({counts: {updated: 1}});
});

test('a preview says what a run would do, and keeps nothing', async () => {
    const ports = await company(3);
    ports.users[0]!.jobTitle = 'Lead';
    ports.users.pop();
    const before = ports.kept.get('delta');
    const preview = await run({...incremental(), mode: 'preview'}, ports);
    expect(preview).toMatchObject({state: 'succeeded', reading: 'incremental', counts: {updated: 1, deactivated: 1}});
    expect([ports.writes, ports.kept.get('delta')]).toEqual([[], before]);
    expect((await run(incremental(), ports)).counts).toEqual(preview.counts);
});

test('the guard counts against all linked people', async () => {
    const ports = await company(40);
    ports.users.splice(0, 6);
    expect(await run(incremental(), ports)).toMatchObject({state: 'held', hold: {kinds: [{kind: 'deactivations', count: 6, total: 40}]}});
    expect(ports.stored.every(({delete_at}) => delete_at === 0)).toBe(true);
});

test('two newcomers with one address are found out, also when they come one after the other', async () => {
    const ports = await company(2);
    ports.users.push(directoryUser(7, {mail: 'both@example.com'}), directoryUser(8, {mail: 'both@example.com'}));
    expect(await run(incremental(), ports)).toMatchObject({counts: {created: 0, conflicts: 2}});
    ports.users[3]!.jobTitle = 'Lead';
    expect(await run(incremental(), ports)).toMatchObject({counts: {created: 0, conflicts: 2}});
    ports.users[3]!.mail = 'own@example.com';
    expect(await run(incremental(), ports)).toMatchObject({counts: {created: 2, conflicts: 0}});
});

describe('reads everybody', () => {
    const everybody = {state: 'succeeded', reading: 'full'} as const;

    test('without a mark, and has one from then on', async () => {
        const ports = new MemoryPorts();
        ports.users = [directoryUser(1)];
        expect(await run({...incremental(), follows_changes: false}, ports)).toMatchObject({...everybody, counts: {created: 1}});
        expect(await run(incremental(), ports)).toMatchObject({reading: 'incremental'});
    });

    test('under another policy', async () => {
        const ports = await company(3);
        expect(await run(incremental({lifecycle: {update: false}}), ports)).toMatchObject({...everybody, counts: {directory: 3}});
        expect(directoryCalls(ports)).toEqual(['directory.read_delta', 'directory.read_page']);
        expect(await run(incremental({lifecycle: {update: false}}), ports)).toMatchObject({reading: 'incremental'});
        expect(await run(incremental(), ports)).toMatchObject(everybody);
    });

    test('with other attributes under the same name of a policy', async () => {
        const ports = await company(1);
        const request = {...incremental({mapping: {nickname: {sources: ['department']}}}), policy_version: full().policy_version!};
        expect(await run(request, ports)).toMatchObject(everybody);
    });

    test('when what was kept cannot be read', async () => {
        const ports = await company(1);
        ports.kept.set('delta', '{"delta":7}');
        expect(await run(incremental(), ports)).toMatchObject(everybody);
        ports.kept.set('delta', '{');
        expect(await run(incremental(), ports)).toMatchObject(everybody);
    });

    test.each<ErrorCode>(['resync_required', 'directory_refused', 'foreign_link', 'consent_missing'])('after %s, and takes nobody\'s account for it', async (code) => {
        const ports = await company(3);
        ports.users.splice(0, 1);
        let asked = 0;
        ports.intercept = (port) => {
            if (port === 'directory.read_delta' && ++asked === 1) {
                throw new SyncError({code});
            }
        };
        expect(await run(incremental(), ports)).toMatchObject({...everybody, counts: {directory: 2, deactivated: 0}});
        expect(lines(ports)).toEqual(['skip planned missing_waits']);
    });

    test.each<[string, () => unknown]>([
        ['links that lead back', () => ({users: [], next: 'page-0-0', delta: ''})],
        ['no link', () => ({users: [], next: '', delta: ''})],
        ['two links', () => ({users: [], next: 'page-0-0', delta: 'mark-0'})],
        ['nobody in particular', () => ({users: [{}], next: '', delta: 'mark-0'})],
        ['null', () => ({users: [null], next: '', delta: 'mark-0'})],
        ['no list', () => ({next: '', delta: 'mark-0'})],
    ])('when the changes are %s', async (_, page) => {
        const ports = await company(2);
        const {read_delta} = ports.directory;
        ports.directory.read_delta = (query) => (query.latest ? read_delta(query) : page() as DeltaPage);
        expect(await run(incremental(), ports)).toMatchObject(everybody);
    });

    test('when the changes never end', async () => {
        const ports = await company(2);
        const {read_delta} = ports.directory;
        let pages = 0;
        ports.directory.read_delta = (query) => (query.latest ? read_delta(query) : {users: [{id: objectId(1)}], next: `next-${++pages}`, delta: ''});
        expect(await run(incremental(), ports)).toMatchObject(everybody);
        expect(pages).toBeLessThan(200);
    });

    test('when too many have changed, before it has read them one by one', async () => {
        const ports = await company(2);
        ports.users.push(...Array.from({length: 2001}, (_, at) => directoryUser(at + 3, {displayName: 'Lee'})));
        expect(await run(incremental(), ports)).toMatchObject({...everybody, counts: {directory: 2003}});
        expect(ports.calls).not.toContain('directory.get');
    });

    test('when too many are left unsettled', async () => {
        const ports = new MemoryPorts();
        ports.pageSize = 999;
        ports.users = Array.from({length: 2001}, (_, at) => directoryUser(at));
        ports.maxAccounts = 0;
        expect(await run(full(), ports)).toMatchObject({state: 'partial', counts: {failed: 2001}});
        expect(ports.kept.get('delta')).toBe('');
        ports.maxAccounts = Infinity;
        expect(await run(incremental(), ports)).toMatchObject({...everybody, counts: {created: 2001}});
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
    expect(ports.kept.size).toBe(0);
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

test('a stop while the mark is asked for stops the run', async () => {
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

test('nothing is asked and kept where no changes are followed, or for one person', async () => {
    const ports = await company(2);
    await run({...full(), follows_changes: false}, ports);
    await run({...incremental(), user: objectId(1)}, ports);
    await run({...full(), mode: 'preview'}, ports);
    expect(ports.calls.filter((port) => port.startsWith('state.') || port === 'directory.read_delta')).toEqual([]);
});

test('an account of somebody else that a newcomer\'s address points at stays with its owner', async () => {
    const ports = await company(2);
    ports.stored.push(account('taken', {email: 'taken@example.com', linked_object_id: objectId(77)}));
    ports.users.push(directoryUser(9, {mail: 'taken@example.com'}));
    expect(await run(incremental(), ports)).toMatchObject({counts: {created: 0, conflicts: 1}});
});

test.each<[boolean, object]>([
    [true, {allow: {groups: ['a']}}],
    [true, {deny: {groups: ['a']}}],
    [true, {rules: [{when: {any: [{attribute: 'city', operator: 'is_empty'}, {all: [{member_of: 'a'}]}]}}]}],
    [false, {allow: {groups: [], people: ['groups']}, rules: [{name: 'member_of', when: {attribute: 'city', operator: 'is_empty'}}]}],
])('groups decide: %s', (isSo, scope) => {
    expect(dependsOnGroups(scope)).toBe(isSo);
});
