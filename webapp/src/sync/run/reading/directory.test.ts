import {MemoryPorts} from '../../testing/memory_ports';
import {account, directoryUser, objectId} from '../../testing/people';
import type {DirectoryPage, RunRequest} from '../../types';

import {run} from '../run';

const everyone = JSON.stringify({scope: {everyone: true}});
const preview: RunRequest = {mode: 'preview', user: '', policy: everyone};

function pages(...list: DirectoryPage[]): MemoryPorts {
    const ports = new MemoryPorts();
    ports.directory.read_page = ({cursor}) => list[Number(cursor || 0)]!;
    return ports;
}

describe('a directory that repeats itself', () => {
    test('has each user once', async () => {
        const ports = pages(
            {users: [directoryUser(1), directoryUser(2)], next: '1'},
            {users: [], next: '2'},
            {users: [directoryUser(2), directoryUser(3), directoryUser(1)], next: ''},
        );
        expect((await run(preview, ports)).counts).toMatchObject({directory: 3, in_scope: 3, created: 3, conflicts: 0});
    });

    test('with other contents is a conflict for that user, once', async () => {
        const ports = pages({users: [directoryUser(1), directoryUser(2)], next: '1'}, {users: [directoryUser(1, {surname: 'Lee'})], next: ''});
        expect((await run(preview, ports)).counts).toMatchObject({directory: 2, in_scope: 2, created: 1, conflicts: 1});
        expect(ports.history.find(({object_id}) => object_id === objectId(1))).toMatchObject({action: 'conflict', reason: 'duplicate_object_id'});
    });

    test('and has a user in and out of scope is a conflict, in any order', async () => {
        const policy = JSON.stringify({scope: {allow: {display_name_contains: ['Kim']}}});
        const both = [directoryUser(1), directoryUser(1, {displayName: 'Lee Person 1'})];
        for (const users of [both, [...both].reverse()]) {
            expect((await run({...preview, policy}, pages({users, next: ''}))).counts).toMatchObject({directory: 1, in_scope: 1, created: 0, conflicts: 1});
        }
    });
});

describe('a directory that does not end', () => {
    test('because a link leads back fails the run', async () => {
        const ports = pages({users: [directoryUser(1)], next: '1'}, {users: [directoryUser(2)], next: '1'});
        expect(await run(preview, ports)).toMatchObject({state: 'failed', error: {code: 'directory_incomplete'}});
        expect(ports.history).toEqual([]);
    });

    test('because it sends the same users forever fails the run', async () => {
        const ports = new MemoryPorts();
        ports.directory.read_page = ({cursor}) => ({users: [directoryUser(1)], next: String(Number(cursor || 0) + 1)});
        expect(await run(preview, ports)).toMatchObject({state: 'failed', error: {code: 'directory_incomplete'}});
    });
});

test.each<[string, unknown]>([
    ['without users', {next: ''}],
    ['without next', {users: []}],
])('an answer %s fails the run', async (_, page) => {
    expect(await run(preview, pages(page as DirectoryPage))).toMatchObject({state: 'failed', error: {code: 'directory_answer_invalid'}});
});

test('entries that are not users are skipped', async () => {
    const ports = pages({users: [null, 7, directoryUser(1)] as never, next: ''});
    expect((await run(preview, ports)).counts).toMatchObject({directory: 1, created: 1});
});

describe('users with the same email', () => {
    test('are a conflict each', async () => {
        const ports = pages({users: [directoryUser(1), directoryUser(2, {mail: 'PERSON1@example.com'}), directoryUser(3)], next: ''});
        expect((await run(preview, ports)).counts).toMatchObject({created: 1, conflicts: 2});
        expect(ports.history.map(({reason}) => reason)).toEqual(['duplicate_email', 'duplicate_email', 'new_person']);
    });

    test('are a conflict though one of them came twice with different addresses, in any order', async () => {
        const [one, changed, other] = [directoryUser(1), directoryUser(1, {mail: 'new@example.com'}), directoryUser(2, {mail: 'person1@example.com'})];
        for (const users of [[one, changed, other], [changed, one, other], [other, changed, one]]) {
            expect((await run(preview, pages({users, next: ''}))).counts).toMatchObject({created: 0, conflicts: 2});
        }
    });

    test('one of them disabled do not conflict', async () => {
        const ports = pages({users: [directoryUser(1, {accountEnabled: false}), directoryUser(2, {mail: 'person1@example.com'})], next: ''});
        expect((await run(preview, ports)).counts).toMatchObject({created: 1, skipped: 1, conflicts: 0});
    });

    test('one of them linked leave the linked one alone', async () => {
        const ports = pages({users: [directoryUser(1), directoryUser(2, {mail: 'person1@example.com'})], next: ''});
        ports.stored = [account('a', {email: 'person1@example.com', linked_object_id: objectId(1)})];
        expect((await run(preview, ports)).counts).toMatchObject({updated: 1, conflicts: 1});
    });
});

describe('a run for one user', () => {
    function stage(): MemoryPorts {
        const ports = new MemoryPorts();
        ports.users = [directoryUser(1), directoryUser(2, {mail: 'shared@example.com'}), directoryUser(3, {userPrincipalName: 'shared@example.com'})];
        return ports;
    }

    test.each(['person1@example.com', 'person1@example.onmicrosoft.com', objectId(1)])('finds %s and reads no other user', async (user) => {
        const ports = stage();
        expect(await run({...preview, mode: 'apply', user}, ports)).toMatchObject({state: 'succeeded', counts: {directory: 1, created: 1}});
        expect(ports.calls).not.toContain('directory.read_page');
    });

    test('fails when no user is found', async () => {
        const user = 'nobody@example.com';
        expect(await run({...preview, user}, stage())).toMatchObject({state: 'failed', error: {code: 'person_not_found', params: {user}}});
    });

    test('is a conflict when several are found', async () => {
        const ports = stage();
        expect((await run({...preview, user: 'shared@example.com'}, ports)).counts).toMatchObject({directory: 2, conflicts: 2, created: 0});
        expect(ports.history.map(({reason}) => reason)).toEqual(['duplicate_email', 'duplicate_email']);
    });

    test('reports that a user is out of scope, and does nothing', async () => {
        const ports = stage();
        ports.stored = [account('a', {linked_object_id: objectId(1), delete_at: 7})];
        const outcome = await run({mode: 'apply', user: objectId(1), policy: ''}, ports);
        expect(outcome).toMatchObject({state: 'succeeded', counts: {directory: 1, in_scope: 0, created: 0, skipped: 1}});
        expect(ports.history).toMatchObject([{
            object_id: objectId(1), account_id: 'a', username: 'a', action: 'skip', reason: 'out_of_scope', fields: [],
            reason_params: {rule_kind: 'no_rule_matches', rule_path: 'Policy.scope'},
        }]);
        expect(ports.writes).toEqual([]);
    });

    test('deactivates the account of a user who is now out of scope', async () => {
        const ports = stage();
        ports.stored = [account('a', {linked_object_id: objectId(1)})];
        expect(await run({mode: 'apply', user: objectId(1), policy: ''}, ports)).toMatchObject({state: 'succeeded', counts: {deactivated: 1}});
        expect(ports.history).toMatchObject([{action: 'deactivate', status: 'done', reason: 'out_of_scope', reason_params: {rule_kind: 'no_rule_matches'}}]);
    });

    test('reports that there is nothing to do, and which rule has the user in scope', async () => {
        const ports = stage();
        const request: RunRequest = {mode: 'apply', user: objectId(1), policy: '{"scope":{"allow":{"display_name_contains":["Kim"]}}}'};
        await run(request, ports);
        ports.history = [];
        expect(await run(request, ports)).toMatchObject({counts: {unchanged: 1, skipped: 0}});
        expect(ports.history).toMatchObject([{action: 'skip', reason: 'up_to_date', reason_params: {rule_kind: 'display_name_contains', rule_value: 'Kim'}}]);
    });

    test('finds several users and reports which are in scope', async () => {
        const ports = stage();
        const policy = JSON.stringify({scope: {allow: {object_id: [objectId(2)]}}});
        expect((await run({...preview, policy, user: 'shared@example.com'}, ports)).counts).toMatchObject({directory: 2, in_scope: 1, conflicts: 1, skipped: 1});
    });
});

describe('rules on attributes', () => {
    const rules = [
        {name: 'Left', effect: 'deny', when: {attribute: 'employeeType', operator: 'equals', value: 'Alumni'}},
        {name: 'Chat', effect: 'allow', when: {attribute: 'onPremisesExtensionAttributes.extensionAttribute2', operator: 'equals', value: 'chat'}},
        {name: 'Off', effect: 'deny', enabled: false, when: {attribute: 'city', operator: 'is_not_empty'}},
    ];
    const policy = JSON.stringify({scope: {rules}});
    const none = {employeeType: null, onPremisesExtensionAttributes: null};
    const chat = {...none, onPremisesExtensionAttributes: {extensionAttribute2: 'Chat'}};
    const users = [directoryUser(1, chat), directoryUser(2, {...chat, employeeType: 'alumni'}), directoryUser(3, none)];

    test('decide who is synced', async () => {
        const ports = pages({users, next: ''});
        expect((await run({...preview, policy}, ports)).counts).toMatchObject({directory: 3, in_scope: 1, created: 1});
        expect(ports.history[0]!.object_id).toBe(objectId(1));
    });

    test('have their attributes read, each once, and no others', async () => {
        const asked: string[][] = [];
        const ports = new MemoryPorts();
        ports.directory.read_page = ({select}) => {
            asked.push(select);
            return {users, next: ''};
        };
        ports.directory.find = ({select}) => {
            asked.push(select);
            return {users: users.slice(0, 1)};
        };
        await run({...preview, policy}, ports);
        await run({...preview, policy, user: objectId(1)}, ports);
        await run({...preview, policy: ''}, ports);
        expect(asked[0]!.slice(-2)).toEqual(['employeeType', 'onPremisesExtensionAttributes']);
        expect(new Set(asked[0]).size).toBe(asked[0]!.length);
        asked.slice(1, -1).forEach((select) => expect(select).toEqual(asked[0]));
        expect(asked.at(-1)).toEqual(asked[0]!.slice(0, -2));
    });
});

test('the host gets a digest of the policy with each page, not the policy, however long it is', async () => {
    const longest = async (people: number) => {
        const ports = new MemoryPorts();
        ports.users = Array.from({length: 5}, (_, at) => directoryUser(at + 1));
        const {read_page} = ports.directory;
        let length = 0;
        ports.directory.read_page = (request) => {
            expect(request.policy_digest).toBe('d1');
            length = Math.max(length, JSON.stringify(request).length);
            return read_page(request);
        };
        const emails = Array.from({length: people}, (_, at) => `person${at}@example.com`);
        const policy = JSON.stringify({scope: {allow: {people: emails}}});
        expect(await run({mode: 'apply', user: '', policy, policy_digest: 'd1'}, ports)).toMatchObject({state: 'succeeded'});
        return length;
    };
    expect(await longest(10_000)).toBe(await longest(1));
});
