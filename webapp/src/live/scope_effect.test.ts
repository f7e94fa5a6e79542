/** @jest-environment jsdom */
import type {PolicyInput} from '../sync/policy/policy';
import {run} from '../sync/run/run';
import {MemoryPorts} from '../sync/testing/memory_ports';
import {directoryUser, objectId} from '../sync/testing/people';
import type {FakeServer} from '../testing/fake_server';
import {liveServer} from '../testing/live_server';

import {askLive} from './ask';

const group = '0b7a51d4-6c1e-4d0a-9a3e-52f7c1e8d960';
let ports: MemoryPorts;
let server: FakeServer;
let revision = 0;

beforeEach(() => {
    ports = new MemoryPorts();
    ports.users = [
        directoryUser(1, {displayName: 'Kim Minji'}),
        directoryUser(2, {displayName: 'Lee Jun'}),
        directoryUser(3, {displayName: '박서연', mail: null}),
        directoryUser(4, {displayName: 'Kim Guest', userType: 'Guest'}),
    ];
    ports.groups = {[group]: [objectId(2), objectId(3)]};
    server = liveServer(ports, 77);
    server.install();
    revision++;
});

afterEach(() => server.uninstall());

const ask = (edited: PolicyInput, saved: object = {}, q = '') => askLive('scope_effect', {edited, saved, q, revision: `effect ${revision}`});

test('reports which users come into scope and go out of scope, and why', async () => {
    const effect = await ask({scope: {allow: {groups: [group]}, deny: {email: ['PERSON2@example.com']}, guests: true}}, {scope: {everyone: true}});

    expect(effect).toEqual({
        read_at: 77,
        people: 4,
        before: 3,
        after: 1,
        coming: {count: 0, found: 0, people: []},
        leaving: {count: 2, found: 2, people: [
            {object_id: objectId(1), display_name: 'Kim Minji', email: 'person1@example.com', rule: {kind: 'no_rule_matches', value: '', path: 'Policy.scope'}},
            {object_id: objectId(2), display_name: 'Lee Jun', email: 'person2@example.com', rule: {kind: 'email', value: 'PERSON2@example.com', path: 'Policy.scope.deny.email[0]'}},
        ]},
        unread: [],
    });
});

test('a new user without a mail address is named by the principal name', async () => {
    const {coming} = await ask({scope: {allow: {display_name_contains: ['박']}}});
    expect(coming.people).toMatchObject([{display_name: '박서연', email: 'person3@example.onmicrosoft.com', rule: {kind: 'display_name_contains', value: '박'}}]);
});

test.each<PolicyInput>([
    {scope: {everyone: true}}, {scope: {everyone: true, guests: true}}, {scope: {allow: {groups: [group]}}}, {},
    {scope: {rules: [{name: 'Engineers', effect: 'allow', when: {attribute: 'jobTitle', operator: 'matches', value: '^Eng'}}]}},
])('counts those in scope as a run does: %j', async (policy) => {
    const {counts} = await run({mode: 'preview', user: '', policy: JSON.stringify(policy)}, ports);
    expect((await ask(policy)).after).toBe(counts.in_scope);
});

test('the search looks at names, addresses and ids, and the count stays', async () => {
    const find = async (q: string) => {
        const {coming} = await ask({scope: {everyone: true}}, {}, q);
        return [coming.count, coming.found, coming.people.length];
    };
    expect(await find('')).toEqual([3, 3, 3]);
    expect(await find(' minJI ')).toEqual([3, 1, 1]);
    expect(await find('person2@')).toEqual([3, 1, 1]);
    expect(await find(objectId(3))).toEqual([3, 1, 1]);
    expect(await find('nobody')).toEqual([3, 0, 0]);
});

test('200 of many are named', async () => {
    ports.users = Array.from({length: 250}, (_, at) => directoryUser(at + 1));
    const {coming} = await ask({scope: {everyone: true}});
    expect([coming.count, coming.found, coming.people.length]).toEqual([250, 250, 200]);
});

test('the directory and the groups are requested once, and again at another revision', async () => {
    await ask({scope: {allow: {groups: [group]}}});
    await ask({scope: {allow: {groups: [group], email: ['a@b.example']}}}, {scope: {deny: {groups: [group]}}});
    expect(server.requests.map(({path}) => path)).toEqual(['/directory', '/lookups/directory.read_group_members']);

    revision++;
    ports.users = [directoryUser(9)];
    expect((await ask({scope: {everyone: true}})).people).toBe(1);
});

test.each([
    ['a fault', {scope: {everyone: 'yes'}}],
    ['a group that is gone', {scope: {allow: {groups: ['0b7a51d4-6c1e-4d0a-9a3e-000000000000']}}}],
])('with a saved policy that has %s nothing is compared', async (_, saved) => {
    expect(await ask({scope: {everyone: true}}, saved)).toMatchObject({before: null, after: 3, coming: {count: 0}, leaving: {count: 0}});
});

test('a group of the edited policy that is gone is a fault with its place', async () => {
    await expect(ask({scope: {allow: {groups: [group, '0b7a51d4-6c1e-4d0a-9a3e-000000000000']}}})).rejects.toMatchObject({
        fault: {code: 'group_not_found', path: 'Policy.scope.allow.groups[1]'}});
});

test('attributes that the read does not have are named', async () => {
    const rule = (attribute: string) => ({name: attribute, effect: 'allow', when: {attribute, operator: 'is_not_empty'}}) as const;
    const effect = await ask({scope: {rules: [rule('city'), rule('jobTitle'), rule('onPremisesExtensionAttributes.extensionAttribute3')]}} as PolicyInput);
    expect(effect.unread).toEqual(['city', 'onPremisesExtensionAttributes']);
});

test.each(['allow', 'deny'] as const)('a rule of the effect %s on an attribute that was not read adds and removes no user', async (kind) => {
    const rules = [{name: 'City', effect: kind, when: {attribute: 'city', operator: 'is_empty'}}] as const;
    for (const saved of [{}, {scope: {everyone: true}}] as PolicyInput[]) {
        const {coming, leaving, after} = await ask({scope: {everyone: kind === 'deny', rules}} as unknown as PolicyInput, saved);
        expect([coming.count, leaving.count, after]).toEqual([0, 0, 0]);
    }
});

test('an empty directory that was never read says so', async () => {
    server = liveServer(new MemoryPorts(), 0);
    server.install();
    expect(await ask({scope: {everyone: true}})).toMatchObject({read_at: 0, people: 0, after: 0, unread: []});
});
