import {SyncError} from '../../errors';
import {smallScene} from '../../testing/guards';
import {MemoryPorts} from '../../testing/memory_ports';
import {directoryUser, objectId} from '../../testing/people';
import type {RunRequest} from '../../types';

import {run} from '../run';
import {parsePolicy} from '../../policy/parse';
import {openAskedGroups} from './asked_groups';

const [SCOPE, INNER, RULE, PROJECT, GONE] = [1, 2, 3, 4, 5].map((number) => `bbbbbbbb-0000-4000-8000-00000000000${number}`) as [string, string, string, string, string];
const TEAM = 'teamteamteamteamteamteam26';
const join = [{team: {id: TEAM}}];
const scope = {scope: {allow: {groups: [SCOPE]}}};
const requestOf = (parts: object, user = ''): RunRequest => ({mode: 'apply', user, by_admin: true, policy: JSON.stringify({...scope, guard: smallScene, ...parts})});
const policyOf = (rules: object[], parts: object = scope) => parsePolicy({...parts, memberships: {rules: rules.map((rule, at) => ({id: `r${at}`, name: 'R', ...rule}))}}).policy!;

function company(): MemoryPorts {
    const ports = new MemoryPorts();
    ports.pageSize = 999;
    ports.now = 1_000_000_000;
    ports.users = [1, 2, 3].map((number) => directoryUser(number));
    ports.groups = {[SCOPE]: [objectId(1), INNER], [INNER]: [objectId(2)], [RULE]: [objectId(2)], [PROJECT]: [INNER]};
    ports.groupsOfDirectory.names = {[PROJECT]: 'MM-Project'};
    return ports;
}

const groupCalls = (ports: MemoryPorts) => ports.calls.filter((port) => port.startsWith('directory.') && port.includes('group'));

test('a run for one user asks for the groups of this user, through nested ones too, and reads no group', async () => {
    const ports = company();
    expect((await run(requestOf({}, objectId(2)), ports)).counts).toMatchObject({in_scope: 1, created: 1});
    expect(groupCalls(ports)).toEqual(['directory.existing_groups', 'directory.read_user_groups']);
    expect((await run(requestOf({}, objectId(3)), ports)).counts).toMatchObject({directory: 1, in_scope: 0, created: 0});
});

test('approvals of a few users ask for the groups of these users', async () => {
    const ports = company();
    await run({...requestOf({}), mode: 'preview'}, ports);
    ports.held = ports.history;
    ports.heldBy = 'preview';
    ports.history = [];
    ports.calls = [];
    ports.groups[INNER] = [];
    await run({...requestOf({accounts: {matching: ['link', 'email']}}), approves: 'preview', approved_changes: ports.held.map(({seq}) => seq)}, ports);
    expect(ports.calls).not.toContain('directory.read_page');
    expect(groupCalls(ports)).toEqual(['directory.existing_groups', 'directory.read_user_groups']);
    expect(ports.stored.map(({email}) => email)).toEqual(['person1@example.com']);
    expect(ports.held.find(({object_id}) => object_id === objectId(2))).toMatchObject({status: 'failed', error: {code: 'change_outdated'}});
});

test('who else has the address of the user is judged by the own groups', async () => {
    const ports = company();
    ports.users[1]!.mail = 'person1@example.com';
    expect((await run(requestOf({}, objectId(1)), ports)).counts).toMatchObject({created: 0, conflicts: 1});
});

test('a group of the scope that does not exist fails the run', async () => {
    const ports = company();
    delete ports.groups[SCOPE];
    expect(await run(requestOf({}, objectId(2)), ports)).toMatchObject({state: 'failed', error: {code: 'group_not_found', params: {group: SCOPE}, path: 'Policy.scope.allow.groups[0]'}});
});

test('answers for rules are those of a full read, and groups that do not exist are unknown', async () => {
    const ports = company();
    const policy = policyOf([
        {who: {groups: [RULE, GONE]}, join},
        {for_each: {groups_starting_with: 'mm-'}, join: [{team: {create: {name: '{value}', display_name: '{value}'}}}]},
        {who: {when: {member_of: GONE}}, join},
    ]);
    const groups = await openAskedGroups(policy, ports.directory);
    await groups.know([objectId(1), objectId(2).toUpperCase(), objectId(9)]);
    const {membersOf, groupsStartingWith, faults} = await groups.ofRules();
    expect([RULE, PROJECT, SCOPE.toUpperCase(), GONE].map(membersOf)).toEqual([[objectId(2)], [objectId(2)], [objectId(1), objectId(2)], null]);
    expect(groupsStartingWith('mm-')).toEqual([{id: PROJECT, name: 'MM-Project'}]);
    expect([groups.faults, faults]).toEqual([[{code: 'group_not_found', params: {group: GONE}, path: 'Policy.memberships.rules[2].who.when.member_of'}], []]);
    expect([1, 2, 9].map((number) => groups.knows(objectId(number)))).toEqual([true, true, false]);
});

test('groups that cannot be checked are unknown if only rules name them', async () => {
    const ports = company();
    ports.directory.existing_groups = () => {
        throw new SyncError({code: 'group_consent_missing'});
    };
    const everyone = {scope: {everyone: true}};
    const groups = await openAskedGroups(policyOf([{who: {groups: [RULE]}, join}], everyone), ports.directory);
    const {membersOf, faults} = await groups.ofRules();
    expect([membersOf(RULE), faults]).toEqual([null, [{code: 'group_consent_missing'}]]);
    await expect(openAskedGroups(policyOf([]), ports.directory)).rejects.toMatchObject({fault: {code: 'group_consent_missing'}});
});

test('a policy without groups asks for nothing', async () => {
    const ports = company();
    const groups = await openAskedGroups(policyOf([], {scope: {everyone: true}}), ports.directory);
    await groups.know([objectId(1)]);
    expect([groups.knows(objectId(1)), ports.calls]).toEqual([true, []]);
});

test.each<[string, unknown]>([
    ['no list', {}],
    ['a user without an id', {users: [{object_id: '', groups: []}]}],
    ['no groups', {users: [{object_id: objectId(1)}]}],
])('%s is no answer', async (_, answer) => {
    const ports = company();
    ports.directory.read_user_groups = () => answer as never;
    expect(await run(requestOf({}, objectId(1)), ports)).toMatchObject({state: 'failed', error: {code: 'directory_answer_invalid'}});
});
