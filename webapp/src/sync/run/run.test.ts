import {SyncError, type ErrorCode} from '../errors';
import {smallScene} from '../testing/guards';
import {MemoryPorts} from '../testing/memory_ports';
import {account, directoryUser, objectId} from '../testing/people';
import type {RunRequest} from '../types';

import {run} from './run';

const kim = JSON.stringify({version: 1, scope: {allow: {display_name_contains: ['Kim']}}, guard: smallScene});
const apply: RunRequest = {mode: 'apply', user: '', policy: kim, policy_digest: 'kim'};
const preview: RunRequest = {...apply, mode: 'preview'};

function stage(people = 3): MemoryPorts {
    const ports = new MemoryPorts();
    ports.users = Array.from({length: people}, (_, at) => directoryUser(at + 1));
    return ports;
}

/** Makes the `nth` call of a port fail. */
function failAt(ports: MemoryPorts, port: string, code: ErrorCode, nth = 1): void {
    let calls = 0;
    ports.intercept = (name) => {
        if (name === port && ++calls === nth) {
            throw new SyncError({code});
        }
    };
}

describe('a mapping of the policy', () => {
    const mapped = (mapping: object): RunRequest => ({...apply, policy: JSON.stringify({scope: {everyone: true}, mapping})});

    test('reads the attributes that it names and makes the account of them', async () => {
        const ports = stage(0);
        ports.users = [directoryUser(1, {department: 'Platform', givenName: 'José', onPremisesExtensionAttributes: {extensionAttribute1: 'ja-JP'}, otherMails: ['Jose@Example.com']})];
        await run(mapped({
            username: {sources: ['{givenName}.{department}']},
            email: {sources: ['otherMails']},
            nickname: {sources: ['{displayName} ({department})']},
            locale: {sources: ['onPremisesExtensionAttributes.extensionAttribute1']},
        }), ports);
        expect(ports.stored).toMatchObject([{username: 'jose.platform', email: 'jose@example.com', nickname: 'Kim Person 1 (Platform)', position: 'Engineer'}]);
        expect(ports.history[0]!.fields).toContainEqual({field: 'locale', from: '', to: 'ja'});
    });

    test('gives a taken username another ending, also when it is taken since the plan', async () => {
        const ports = stage(2);
        ports.intercept = (port) => {
            if (port === 'accounts.create') {
                ports.takenNames.add('kim1');
            }
        };
        await run(mapped({username: {sources: ['surname']}}), ports);
        expect(ports.stored.map(({username}) => username)).toEqual(['kim', expect.stringMatching(/^kim-[a-z0-9]{6}$/)]);
    });

    test('leaves alone what may not be written later', async () => {
        const ports = stage(1);
        ports.stored = [account('old', {email: 'person1@example.com', linked_object_id: objectId(1), nickname: 'Mine', position: ''})];
        const {counts} = await run(mapped({nickname: {when: 'on_create'}, first_name: {when: 'when_empty'}, last_name: {when: 'when_empty'}}), ports);
        expect(counts.updated).toBe(1);
        expect(ports.stored[0]).toMatchObject({nickname: 'Mine', first_name: 'Person 1', last_name: 'Kim', position: 'Engineer'});
        ports.stored[0]!.last_name = 'Kim-Lee';
        expect((await run(mapped({nickname: {when: 'on_create'}, last_name: {when: 'when_empty'}}), ports)).counts).toMatchObject({updated: 0, unchanged: 1});
    });

    test('that is wrong lets no run begin', async () => {
        const ports = stage(1);
        const outcome = await run(mapped({nickname: {sources: ['shoeSize']}}), ports);
        expect(outcome).toMatchObject({state: 'failed', error: {code: 'policy_invalid', path: 'Policy.mapping.nickname.sources[0]'}});
        expect(ports.calls).toEqual([]);
    });
});

describe('an apply run', () => {
    test('creates the users in scope and links them', async () => {
        const ports = stage(3);
        ports.users.push(directoryUser(4, {displayName: 'Lee Person 4'}));
        const outcome = await run(apply, ports);
        expect(outcome).toMatchObject({state: 'succeeded', error: null, counts: {directory: 4, in_scope: 3, created: 3, failed: 0}});
        expect(ports.stored.map(({username, email, nickname, linked_object_id}) => [username, email, nickname, linked_object_id])).toEqual([
            ['person1', 'person1@example.com', 'Kim Person 1', objectId(1)],
            ['person2', 'person2@example.com', 'Kim Person 2', objectId(2)],
            ['person3', 'person3@example.com', 'Kim Person 3', objectId(3)],
        ]);
        expect(ports.history.map(({seq, action, status, reason, account_id}) => [seq, action, status, reason, account_id])).toEqual([
            [1, 'create', 'done', 'new_person', 'account1'],
            [2, 'create', 'done', 'new_person', 'account2'],
            [3, 'create', 'done', 'new_person', 'account3'],
        ]);
    });

    test('a second time finds nothing to do and writes nothing, not even history', async () => {
        const ports = stage(3);
        await run(apply, ports);
        ports.calls = [];
        const outcome = await run(apply, ports);
        expect(outcome).toMatchObject({state: 'succeeded', counts: {unchanged: 3, created: 0, updated: 0}});
        expect(new Set(ports.calls)).toEqual(new Set([
            'directory.read_page', 'retries.list', 'links.list_active', 'accounts.server_rules', 'changes.list_recent', 'changes.list_open', 'changes.forget_told', 'progress.report', 'state.read',
        ]));
    });

    test('compares an account again when it was changed, and calls that drift', async () => {
        const ports = stage(3);
        await run(apply, ports);
        Object.assign(ports.stored[1]!, {nickname: 'Renamed', updated_at: 7});
        ports.history = [];
        expect((await run(apply, ports)).counts).toMatchObject({unchanged: 2, updated: 1});
        expect(ports.history).toMatchObject([{reason: 'drift', fields: [{field: 'nickname', from: 'Renamed', to: 'Kim Person 2'}]}]);
        ports.users[1]!.displayName = 'Kim Renamed';
        ports.history = [];
        await run(apply, ports);
        expect(ports.history).toMatchObject([{reason: 'attributes_changed'}]);
    });

    test('compares all users again under another policy', async () => {
        const ports = stage(2);
        await run(apply, ports);
        const mapped = {...apply, policy: JSON.stringify({scope: {everyone: true}, mapping: {nickname: {sources: ['givenName']}}}), policy_digest: 'mapped'};
        expect((await run(mapped, ports)).counts).toMatchObject({unchanged: 0, updated: 2});
        expect((await run(mapped, ports)).counts).toMatchObject({unchanged: 2});
        ports.calls = [];
        expect((await run(mapped, ports)).counts).toMatchObject({directory: 2, in_scope: 2, unchanged: 2});
        expect(ports.calls).not.toContain('accounts.find');
    });

    test('does not confirm an account whose email address is not the directory\'s', async () => {
        const kept = {...apply, policy: JSON.stringify({scope: {everyone: true}, mapping: {email: {when: 'on_create'}}})};
        const ports = stage(1);
        ports.stored = [account('a', {email: 'old@example.com', nickname: 'Kim Person 1', first_name: 'Person 1', last_name: 'Kim', position: 'Engineer', linked_object_id: objectId(1)})];
        expect((await run(kept, ports)).counts).toMatchObject({unchanged: 1});
        expect(ports.calls).not.toContain('links.confirm');
    });

    test('adopts an account with the same email and changes only what differs', async () => {
        const ports = stage(1);
        ports.stored = [account('old', {email: 'person1@example.com', nickname: 'Kim Person 1', first_name: 'P.', last_name: 'Kim'})];
        const outcome = await run(apply, ports);
        expect(outcome.counts).toMatchObject({updated: 1, created: 0});
        expect(ports.history[0]).toMatchObject({
            action: 'update', status: 'done', reason: 'adopted_by_email', account_id: 'old', username: 'old',
            fields: [{field: 'first_name', from: 'P.', to: 'Person 1'}, {field: 'position', from: '', to: 'Engineer'}],
        });
        expect(ports.stored[0]).toMatchObject({first_name: 'Person 1', position: 'Engineer', linked_object_id: objectId(1)});
    });

    test('only links an adopted account that is right already', async () => {
        const ports = stage(1);
        await run(apply, ports);
        ports.stored[0]!.linked_object_id = '';
        ports.calls = [];
        expect((await run(apply, ports)).counts).toMatchObject({updated: 1, created: 0});
        expect(ports.writes).toEqual(['accounts.update', 'links.save']);
        expect((await run(apply, ports)).counts).toMatchObject({unchanged: 1, updated: 0});
    });

    test('gives single sign-on accounts the object id and no password', async () => {
        const ports = stage(1);
        const policy = JSON.stringify({scope: {everyone: true}, accounts: {sign_in: {method: 'single_sign_on', service: 'office365'}}});
        await run({...apply, policy}, ports);
        expect(ports.stored[0]).toMatchObject({auth_service: 'office365', auth_data: objectId(1)});
        expect((await run({...apply, policy}, ports)).counts).toMatchObject({unchanged: 1});
    });

    test('records skips and conflicts without touching accounts', async () => {
        const ports = stage(3);
        Object.assign(ports.users[0]!, {mail: null, userPrincipalName: null});
        Object.assign(ports.users[1]!, {accountEnabled: false});
        ports.stored = [account('x', {email: 'person3@example.com', is_bot: true, linked_object_id: objectId(99)})];
        const outcome = await run(apply, ports);
        expect(outcome).toMatchObject({counts: {skipped: 3, conflicts: 1, created: 0}});
        expect(ports.history.map(({action, status, reason}) => [action, status, reason])).toEqual([
            ['skip', 'planned', 'no_email'], ['skip', 'planned', 'disabled'], ['conflict', 'planned', 'recreated'], ['skip', 'planned', 'bot_account'],
        ]);
        expect(ports.writes).toEqual([]);
    });

    test('reports how far it is, phase by phase, each from its beginning', async () => {
        const ports = stage(3);
        await run(apply, ports);
        expect(ports.reports.map(({phase, done, total, counts}) => [phase, done, total, counts.created])).toEqual([
            ['read', 0, 0, 0], ['read', 2, 0, 0], ['read', 3, 0, 0], ['plan', 0, 3, 0], ['plan', 3, 3, 0], ['apply', 0, 3, 0], ['apply', 3, 3, 3],
        ]);
    });

    test('requests accounts 500 users at a time, with all keys of a chunk at once', async () => {
        const ports = stage(1001);
        ports.pageSize = 999;
        expect((await run(apply, ports)).counts.created).toBe(1001);
        expect(ports.calls.filter((port) => port === 'accounts.find')).toHaveLength(3);
        expect(ports.calls.filter((port) => port === 'accounts.taken_usernames')).toHaveLength(3);
        expect(new Set(ports.stored.map(({username}) => username)).size).toBe(1001);
    });
});

describe('usernames', () => {
    test('that are taken get a number, then a tail', async () => {
        const ports = stage(7);
        ports.users.forEach((user, at) => Object.assign(user, {mail: `kim@dept${at}.example.com`}));
        ports.takenNames.add('kim1');
        await run(apply, ports);
        const names = ports.stored.map(({username}) => username);
        expect(names.slice(0, 4)).toEqual(['kim', 'kim2', 'kim3', 'kim4']);
        names.slice(4).forEach((name) => expect(name).toMatch(/^kim-[a-z0-9]{6}$/));
        expect(new Set(names).size).toBe(7);
    });

    test('that are taken between planning and applying are replaced', async () => {
        const ports = stage(1);
        ports.intercept = (port) => port === 'accounts.create' && ports.takenNames.add('person1');
        expect(await run(apply, ports)).toMatchObject({state: 'succeeded', counts: {created: 1}});
        expect(ports.stored[0]!.username).toMatch(/^person1-[a-z0-9]{6}$/);
        expect(ports.history[0]).toMatchObject({status: 'done', username: ports.stored[0]!.username});
    });

    test('that are all taken fail the change', async () => {
        const ports = stage(2);
        ports.accounts.taken_usernames = ({names}) => ({taken: names.filter((name) => name.startsWith('person1'))});
        expect(await run(apply, ports)).toMatchObject({state: 'partial', counts: {created: 1, failed: 1}});
        expect(ports.history[0]).toMatchObject({status: 'failed', username: '', error: {code: 'username_taken'}});
    });
});

describe('a preview', () => {
    test('plans the same and writes nothing but the plan', async () => {
        const ports = stage(3);
        const outcome = await run(preview, ports);
        expect(outcome).toMatchObject({state: 'succeeded', counts: {created: 3}});
        expect(ports.history.map(({status}) => status)).toEqual(['planned', 'planned', 'planned']);
        expect(ports.writes).toEqual([]);
        expect(ports.calls).not.toContain('changes.finish');
    });
});

describe('failures', () => {
    test('of one change are that change\'s, and the run is partial', async () => {
        const ports = stage(3);
        ports.stored = [account('x', {email: 'person2@example.com', delete_at: 0})];
        ports.accounts.find = () => ({accounts: []});
        const outcome = await run(apply, ports);
        expect(outcome).toMatchObject({state: 'partial', error: null, counts: {created: 2, failed: 1}});
        expect(ports.history[1]).toMatchObject({status: 'failed', account_id: '', error: {code: 'email_taken'}});
    });

    test('of an update leave an adopted account unlinked', async () => {
        const ports = stage(1);
        ports.stored = [account('old', {email: 'person1@example.com'})];
        ports.accounts.update = () => ({results: [{account_id: '', updated_at: 0, error: {code: 'field_invalid'}}]});
        expect(await run(apply, ports)).toMatchObject({state: 'partial', counts: {updated: 0, failed: 1}});
        expect(ports.stored[0]!.linked_object_id).toBe('');
        expect(ports.history[0]).toMatchObject({status: 'failed', account_id: 'old', error: {code: 'field_invalid'}});
    });

    test.each<[string, ErrorCode, number]>([
        ['directory.read_page', 'directory_unavailable', 2],
        ['accounts.find', 'database_failed', 1],
        ['changes.record', 'lock_lost', 1],
    ])('of %s end the run before anything is written', async (port, code, nth) => {
        const ports = stage(3);
        failAt(ports, port, code, nth);
        expect(await run(apply, ports)).toMatchObject({state: 'failed', error: {code}});
        expect(ports.writes).toEqual([]);
    });

    test('between creating and linking are healed by the next run', async () => {
        const ports = stage(3);
        failAt(ports, 'links.save', 'database_failed');
        expect(await run(apply, ports)).toMatchObject({state: 'failed', error: {code: 'database_failed'}});
        ports.intercept = () => undefined;
        expect((await run(apply, ports)).counts).toMatchObject({created: 0, updated: 3});
        expect(ports.stored.map(({linked_object_id}) => linked_object_id)).toEqual([objectId(1), objectId(2), objectId(3)]);
        expect((await run(apply, ports)).counts).toMatchObject({unchanged: 3});
    });

    test('of the program are thrown on, with their cause', async () => {
        const ports = stage(1);
        ports.intercept = () => {
            throw new TypeError('a mistake');
        };
        await expect(run(apply, ports)).rejects.toThrow('a mistake');
    });

    test('of the policy are reported with their path, and nothing is read', async () => {
        const ports = stage(1);
        const outcome = await run({...apply, policy: '{"scope":{"everyone":"yes"}}'}, ports);
        expect(outcome).toMatchObject({state: 'failed', error: {code: 'policy_invalid', path: 'Policy.scope.everyone'}});
        expect(ports.calls).toEqual([]);
    });
});

describe('a canceled run', () => {
    test.each([1, 2, 3, 4, 5, 6])('stops at report %d', async (nth) => {
        const ports = stage(3);
        failAt(ports, 'progress.report', 'cancelled', nth);
        expect(await run(apply, ports)).toMatchObject({state: 'cancelled', error: null});
        expect(ports.writes).toEqual([]);
    });

    test('keeps what it has done', async () => {
        const ports = stage(150);
        ports.pageSize = 999;
        failAt(ports, 'progress.report', 'cancelled', 6);
        expect(await run(apply, ports)).toMatchObject({state: 'cancelled', counts: {created: 100}});
        expect(ports.stored.filter(({linked_object_id}) => linked_object_id !== '')).toHaveLength(100);
        ports.intercept = () => undefined;
        expect((await run(apply, ports)).counts).toMatchObject({created: 50, unchanged: 100});
    });
});

describe('the server\'s user limit', () => {
    test('leaves the accounts beyond it out of the plan, the last first, and lists them as skipped', async () => {
        const ports = stage(350);
        ports.pageSize = 999;
        ports.maxAccounts = 51;
        ports.stored = [account('last', {email: 'person350@example.com'})];
        const planned = await run({...apply, mode: 'preview'}, ports);
        expect(planned).toMatchObject({state: 'succeeded', does_not_fit: 299, counts: {created: 50, updated: 1, skipped: 299}});
        const lines = ports.history.map(({seq, action, status, reason}) => `${seq} ${action} ${status} ${reason}`);
        ports.history = [];
        expect(await run(apply, ports)).toMatchObject({state: 'partial', error: {code: 'user_limit'}, does_not_fit: 299, counts: {created: 50, updated: 1, skipped: 299, failed: 0}});
        expect(ports.history.map(({seq, action, reason}) => `${seq} ${action} planned ${reason}`)).toEqual(lines);
        expect(lines.slice(49, 51)).toEqual(['50 create planned new_person', '51 skip planned user_limit']);
        expect(ports.remembered).toEqual([]);
    });

    test('stops creation with one error while updates go on, if other accounts take the seats during the run', async () => {
        const ports = stage(350);
        ports.pageSize = 999;
        ports.maxAccounts = 51;
        ports.accounts.room = () => ({limit: null, active: 1});
        ports.stored = [account('last', {email: 'person350@example.com'})];
        const outcome = await run(apply, ports);
        expect(outcome).toMatchObject({state: 'partial', error: {code: 'user_limit'}, counts: {created: 50, updated: 1, failed: 299}});

        // The batch that fills the server, the one that meets the limit, and the one that has begun by then.
        expect(ports.calls.filter((port) => port === 'accounts.create')).toHaveLength(3);
        expect(ports.history.filter(({error}) => error?.code === 'user_limit')).toHaveLength(299);
        expect(ports.stored[0]).toMatchObject({nickname: 'Kim Person 350', linked_object_id: objectId(350)});
    });
});

test('an account that two users would adopt is given to the first only', async () => {
    const ports = stage(0);
    ports.users = [directoryUser(1, {employeeId: 'sam-1', mail: 'first@hanbit.example'}), directoryUser(2, {employeeId: 'sam-2', mail: 'shared@hanbit.example'})];
    ports.stored = [account('a1', {email: 'shared@hanbit.example', auth_service: 'saml', auth_data: 'sam-1'})];
    const policy = JSON.stringify({
        scope: {everyone: true}, mapping: {auth_data: {sources: ['employeeId']}}, accounts: {sign_in: {method: 'single_sign_on', service: 'saml'}}});
    const {state, counts} = await run({...apply, policy}, ports);
    expect({state, ...counts}).toMatchObject({state: 'succeeded', updated: 2, conflicts: 1, created: 0});
    expect(ports.history.map(({action, reason}) => `${action} ${reason}`)).toEqual([
        'update adopted_by_auth_data', 'conflict account_linked_to_other', 'update email_changed',
    ]);
});
