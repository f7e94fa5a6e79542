import {MemoryPorts} from '../testing/memory_ports';
import {account, directoryUser, objectId} from '../testing/people';
import type {DirectoryUser, RunOutcome, RunRequest} from '../types';

import {run} from './run';

function request(parts: object = {}): RunRequest {
    const policy = JSON.stringify({scope: {everyone: true}, guard: {deactivations: {more_than: 100}, scope_attribute_changes: 'count'}, ...parts});
    return {mode: 'apply', user: '', policy, policy_digest: policy};
}

/** 50 users, of whom three are disabled and have no account, and two left and lost theirs. */
async function company(policy = request()): Promise<MemoryPorts> {
    const ports = new MemoryPorts();
    ports.now = 1000;
    ports.pageSize = 999;
    ports.users = Array.from({length: 50}, (_, at) => directoryUser(at + 1, {accountEnabled: at >= 3, department: 'Sales'}));
    await run(policy, ports);
    block(ports, 4, 5);
    expect((await run(policy, ports)).counts).toMatchObject({deactivated: 2, unchanged: 45});
    clear(ports);
    return ports;
}

function block(ports: MemoryPorts, ...numbers: number[]): void {
    ports.users.filter(({id}) => numbers.map(objectId).includes(id)).forEach((user) => Object.assign(user, {accountEnabled: false}));
}

function clear(ports: MemoryPorts): void {
    ports.history = [];
    ports.calls = [];
}

function set(ports: MemoryPorts, attributes: Partial<DirectoryUser>): void {
    ports.users = ports.users.map((user) => ({...user, ...attributes}));
}

function lines(ports: MemoryPorts): Record<string, number> {
    const counts: Record<string, number> = {};
    ports.history.forEach(({action, reason}) => {
        counts[`${action} ${reason}`] = (counts[`${action} ${reason}`] ?? 0) + 1;
    });
    return counts;
}

const told = (outcome: RunOutcome) => [outcome.state, outcome.error?.code, outcome.error?.params];
const NOTHING = {created: 0, updated: 0, reactivated: 0, deactivated: 0, held: 0, failed: 0};

describe('accountEnabled that is not true or false creates, reactivates and deactivates no account', () => {
    test.each<[string, unknown]>([
        ['null', null], ['not sent', undefined], ['a text', 'true'], ['an empty text', ''], ['a number', 1], ['zero', 0], ['a list', []], ['an object', {}],
    ])('%s for all users', async (_, accountEnabled) => {
        const ports = await company();
        set(ports, {accountEnabled: accountEnabled as boolean});
        const before = JSON.stringify(ports.stored);
        const outcome = await run(request(), ports);
        expect(told(outcome)).toEqual(['partial', 'attributes_unknown', {count: 50, attributes: 'accountEnabled'}]);
        expect(outcome.counts).toMatchObject({...NOTHING, skipped: 5, unchanged: 45});
        expect(lines(ports)).toEqual({'skip sign_in_unknown': 5});
        expect(JSON.stringify(ports.stored)).toBe(before);
    });

    test('a preview says the same', async () => {
        const ports = await company();
        set(ports, {accountEnabled: null});
        expect(told(await run({...request(), mode: 'preview'}, ports))).toEqual(['partial', 'attributes_unknown', {count: 50, attributes: 'accountEnabled'}]);
    });

    test('a linked account is kept up to date', async () => {
        const ports = await company();
        Object.assign(ports.users[9]!, {accountEnabled: null, jobTitle: 'Lead'});
        const outcome = await run(request(), ports);
        expect(outcome).toMatchObject({state: 'partial', error: {params: {count: 1}}, counts: {updated: 1}});
        expect(ports.stored.find(({linked_object_id}) => linked_object_id === objectId(10))).toMatchObject({position: 'Lead', delete_at: 0});
    });

    test('an existing account is not adopted, and not relinked', async () => {
        const ports = new MemoryPorts();
        ports.users = [directoryUser(1, {accountEnabled: null}), directoryUser(2, {accountEnabled: null})];
        ports.stored = [account('one', {email: 'person1@example.com'}), account('two', {email: 'person2@example.com', linked_object_id: objectId(9)})];
        await run(request({accounts: {recreated: 'relink'}, lifecycle: {leavers: {missing_reads: 1}}}), ports);
        expect(ports.stored.map(({linked_object_id}) => linked_object_id)).toEqual(['', objectId(9)]);
    });

    test('it neither starts nor ends a grace period', async () => {
        const patient = request({lifecycle: {leavers: {grace_days: 7}}});
        const ports = new MemoryPorts();
        ports.now = 1000;
        ports.users = [directoryUser(1), directoryUser(2)];
        await run(patient, ports);
        block(ports, 1);
        await run(patient, ports);
        set(ports, {accountEnabled: null});
        ports.now += 1000;
        await run(patient, ports);
        expect(ports.stored.map(({departure}) => departure?.since)).toEqual([2000 - 1000, undefined]);
    });

    test('the next good read has nothing to do', async () => {
        const ports = await company();
        const good = ports.users;
        set(ports, {accountEnabled: null});
        await run(request(), ports);
        clear(ports);
        expect(told(await run(request(), ports))).toEqual(['partial', 'attributes_unknown', {count: 50, attributes: 'accountEnabled'}]);
        ports.users = good;
        clear(ports);
        const outcome = await run(request(), ports);
        expect(outcome).toMatchObject({state: 'succeeded', counts: {...NOTHING, unchanged: 45}});
    });

    test('a user who is blocked in the first good read loses the account, also when a bad read came before', async () => {
        const ports = await company();
        const good = ports.users;
        set(ports, {accountEnabled: null});
        await run(request(), ports);
        ports.users = good;
        block(ports, 20);
        expect((await run(request(), ports)).counts).toMatchObject({deactivated: 1});
    });

    test('of a user for whom a run held a change because the directory had shrunk: the changes of others are made', async () => {
        const ports = await company();
        block(ports, 6);
        ports.users[8]!.accountEnabled = null;
        ports.earlier.open = [{action: 'deactivate', reason: 'missing', object_ids: [6, 9].map(objectId), hold_kinds: ['directory_shrunk']},
            {action: 'deactivate', reason: 'disabled', object_ids: [objectId(6)], hold_kinds: ['directory_shrunk']}];
        expect((await run(request(), ports)).counts).toMatchObject({deactivated: 1, held: 0});

        // What another run holds stays held.
        block(ports, 7);
        ports.earlier.open = [{action: 'deactivate', reason: 'disabled', object_ids: [7, 9].map(objectId), hold_kinds: ['deactivations']}];
        expect((await run(request(), ports)).counts).toMatchObject({deactivated: 0});
        expect(lines(ports)).toMatchObject({'skip waits_for_approval': 1});
    });

    test('a run for one user', async () => {
        const ports = await company();
        set(ports, {accountEnabled: null});
        for (const number of [1, 4]) {
            expect(told(await run({...request(), user: objectId(number)}, ports))).toEqual(['partial', 'attributes_unknown', {count: 1, attributes: 'accountEnabled'}]);
        }
        expect(lines(ports)).toEqual({'skip sign_in_unknown': 2});
    });

    test('an approved plan', async () => {
        const ports = new MemoryPorts();
        ports.users = [directoryUser(1), directoryUser(2)];
        await run({...request(), mode: 'preview'}, ports);
        ports.held = ports.history;
        ports.heldBy = 'preview';
        clear(ports);
        ports.users[0]!.accountEnabled = null;
        const outcome = await run({...request(), approves: 'preview'}, ports);
        expect(outcome).toMatchObject({state: 'partial', error: {code: 'attributes_unknown', params: {count: 1}}, counts: {created: 1, skipped: 1}});
        expect(ports.stored.map(({linked_object_id}) => linked_object_id)).toEqual([objectId(2)]);
    });

    test('an incremental run asks for the user again until it is known', async () => {
        const following = {...request(), follows_changes: true};
        const ports = new MemoryPorts();
        ports.pageSize = 999;
        ports.users = [directoryUser(1), directoryUser(2)];
        await run(following, ports);
        ports.users.push(directoryUser(3, {accountEnabled: null}));
        const incremental = {...following, reading: 'incremental'} as const;
        expect(await run(incremental, ports)).toMatchObject({state: 'partial', reading: 'incremental', counts: {created: 0}});
        const get = ports.directory.get;
        ports.directory.get = async (asked) => ({users: (await get(asked)).users.map((user) => ({...user, accountEnabled: true}))});
        expect(await run(incremental, ports)).toMatchObject({state: 'succeeded', reading: 'incremental', counts: {created: 1}});
    });

    test('of many users it lists some and counts all', async () => {
        const ports = new MemoryPorts();
        ports.pageSize = 999;
        ports.users = Array.from({length: 300}, (_, at) => directoryUser(at, {accountEnabled: null}));
        const outcome = await run(request(), ports);
        expect(outcome).toMatchObject({error: {params: {count: 300}}, counts: {skipped: 300}});
        expect(ports.history).toHaveLength(100);
    });
});

describe('an attribute that decides about the scope and is not sent', () => {
    const sales = {when: {attribute: 'department', operator: 'equals', value: 'Sales'}};
    test.each<[string, object, string]>([
        ['in a rule that allows', {rules: [{name: 'Sales', effect: 'allow', ...sales}]}, 'department'],
        ['in a rule that denies', {everyone: true, rules: [{name: 'Not Design', effect: 'deny', when: {attribute: 'department', operator: 'not_equals', value: 'Sales'}}]}, 'department'],
        ['in a list of names', {allow: {display_name_contains: ['Kim']}}, 'displayName'],
        ['in a list of addresses', {allow: {email_domain: ['example.com']}}, 'mail'],
        ['that tells guests', {everyone: true}, 'userType'],
        ['that is accountEnabled', {rules: [{name: 'Active', effect: 'allow', when: {attribute: 'accountEnabled', operator: 'equals', value: true}}]}, 'accountEnabled'],
    ])('%s keeps every account as it is', async (_, scope, attribute) => {
        const policy = request({scope});
        const ports = await company(policy);
        set(ports, {[attribute]: undefined});
        const outcome = await run(policy, ports);
        expect(told(outcome)).toEqual(['partial', 'attributes_unknown', expect.objectContaining({attributes: attribute})]);
        expect(outcome.counts).toMatchObject({created: 0, reactivated: 0, deactivated: 0});
        expect(ports.stored.filter(({delete_at}) => delete_at === 0)).toHaveLength(45);
    });

    test('decides nothing for a user whom another entry denies', async () => {
        const scope = {everyone: true, deny: {object_id: [objectId(10)]}, rules: [{name: 'Board', effect: 'deny', when: {...sales.when, value: 'Board'}}]};
        const ports = await company(request({scope: {everyone: true}}));
        set(ports, {department: undefined});
        expect((await run(request({scope}), ports)).counts).toMatchObject({deactivated: 1});
        expect(ports.stored.find(({linked_object_id}) => linked_object_id === objectId(10))?.delete_at).not.toBe(0);
    });

    test('is empty when it is null for a user', async () => {
        const policy = request({scope: {rules: [{name: 'Sales', effect: 'allow', ...sales}]}});
        const ports = await company(policy);
        Object.assign(ports.users[9]!, {department: null});
        expect(await run(policy, ports)).toMatchObject({state: 'succeeded', counts: {deactivated: 1}});
    });

    test('does not save a user who is blocked', async () => {
        const policy = request({scope: {rules: [{name: 'Sales', effect: 'allow', ...sales}]}});
        const ports = await company(policy);
        set(ports, {department: undefined});
        block(ports, 30);
        expect((await run(policy, ports)).counts).toMatchObject({deactivated: 1});
    });
});

describe('an attribute of which no user has a value any more is unknown', () => {
    const sales = request({scope: {rules: [{name: 'Sales', effect: 'allow', when: {attribute: 'department', operator: 'equals', value: 'Sales'}}]}});
    const contractors = request({scope: {everyone: true, rules: [{name: 'No contractors', effect: 'deny', when: {attribute: 'employeeType', operator: 'equals', value: 'Contractor'}}]}});
    const others = {...contractors, policy: contractors.policy.replace('employeeType', 'officeLocation')};

    test.each<[string, RunRequest, Partial<DirectoryUser>, string]>([
        ['of an allowing rule', sales, {department: null}, 'department'],
        ['of the rule about guests', request(), {userType: null}, 'userType'],
        ['empty texts as well', sales, {department: ' '}, 'department'],
        ['of a list', request({scope: {allow: {email_domain: ['example.com']}}}), {mail: null}, 'mail'],
    ])('%s', async (_, policy, attributes, name) => {
        const ports = await company(policy);
        set(ports, attributes);
        for (const mode of ['preview', 'apply', 'apply'] as const) {
            clear(ports);
            const before = JSON.stringify(ports.stored);
            const outcome = await run({...policy, mode}, ports);
            expect(told(outcome).slice(1)).toEqual(['attributes_unknown', {count: 45, attributes: name}]);
            expect(['partial', 'held']).toContain(outcome.state);
            expect(outcome.counts).toMatchObject({created: 0, updated: 0, reactivated: 0, deactivated: 0, failed: 0});
            expect(JSON.stringify(ports.stored) === before).toBe(true);
        }
        expect((await run({...policy, user: objectId(10)}, ports)).error).toMatchObject({code: 'attributes_unknown'});

        // The permission is back.
        set(ports, {department: 'Sales', userType: 'Member', mail: null});
        ports.users.forEach((user, at) => Object.assign(user, {mail: `person${at + 1}@example.com`}));
        expect((await run({...policy, user: objectId(10)}, ports)).error).toBeNull();
        expect(await run(policy, ports)).toMatchObject({state: 'succeeded', counts: {created: 0, reactivated: 0, deactivated: 0, failed: 0}});
    });

    test('not when the only user who had a value has none', async () => {
        const ports = await company();
        set(ports, {employeeType: null});
        ports.users[10]!.employeeType = 'Contractor';
        await run(contractors, ports);
        ports.users[10]!.employeeType = null;
        expect(await run(contractors, ports)).toMatchObject({error: null});
    });

    test('not when those who had a value left the directory', async () => {
        const ports = await company();
        ports.users.forEach((user, at) => (user.employeeType = at > 40 ? 'Contractor' : null));
        await run(contractors, ports);
        ports.users.splice(41);
        expect(await run(contractors, ports)).toMatchObject({error: null});
    });

    test('not when a user without changes still has one, which a second read shows', async () => {
        const ports = await company(sales);
        ports.users.slice(5, 30).forEach((user) => (user.department = null));
        clear(ports);
        const outcome = await run({...sales, mode: 'preview'}, ports);
        expect(outcome.error).toBeNull();
        expect(outcome.counts).toMatchObject({directory: 50});
        expect(outcome.hold).toMatchObject({kinds: [{kind: 'deactivations', count: 25}]});
    });

    test('not for an attribute that no read has seen, and not once the policy no longer looks at it', async () => {
        const ports = await company(sales);
        set(ports, {officeLocation: null, department: null});
        expect(await run(others, ports)).toMatchObject({error: null});
        expect(JSON.parse(ports.kept.get('seen_attributes')!)).toMatchObject({unknown: []});
    });

    test('a run in which nothing changes writes nothing about it', async () => {
        const ports = await company(sales);
        await run(sales, ports);
        clear(ports);
        await run(sales, ports);
        expect(ports.calls).not.toContain('state.write');
        expect(ports.calls.filter((port) => port === 'directory.read_page')).toHaveLength(1);
    });
});

test('the open account of a disabled user whose scope is unknown is named, and neither linked nor deactivated', async () => {
    const policy = request({lifecycle: {leavers: {disabled_unlinked: 'deactivate'}}});
    const play = async (userType: unknown) => {
        const ports = new MemoryPorts();
        ports.users = [directoryUser(1, {accountEnabled: false, userType: userType as string})];
        ports.stored = [account('open', {email: ports.users[0]!.mail!})];
        await run(policy, ports);
        return {lines: lines(ports), linked: ports.stored[0]!.linked_object_id};
    };
    expect(await play(undefined)).toEqual({lines: {'skip disabled_account_open': 1}, linked: ''});
    expect(await play('Member')).toEqual({lines: {'deactivate disabled_unlinked': 1}, linked: objectId(1)});
});

test.each<[string, (ports: MemoryPorts) => void, boolean]>([
    ['a user about whom an attribute is unknown', (ports) => Object.assign(ports.users[9]!, {accountEnabled: null}), true],
    ['a user whom the directory lists twice', (ports) => ports.users.push({...ports.users[9]!, accountEnabled: true}), true],
    ['a user whom the directory has enabled again', (ports) => Object.assign(ports.users[9]!, {accountEnabled: true}), false],
])('whether a full run leaves what is held as it is, for the held change of %s', async (_, change, keeps_holds) => {
    const ports = await company();
    block(ports, 9, 10);
    change(ports);
    ports.earlier.open = [{action: 'deactivate', reason: 'disabled', hold_kinds: ['deactivations'], object_ids: [objectId(9), objectId(10)]}];
    const outcome = await run(request(), ports);
    expect(outcome).toMatchObject({keeps_holds, counts: {deactivated: 0}});
    expect(ports.history.filter(({object_id}) => object_id === objectId(9)).map(({action, status, reason}) => `${action} ${status} ${reason}`)).
        toEqual([keeps_holds ? 'skip planned waits_for_approval' : 'deactivate held disabled']);
});
