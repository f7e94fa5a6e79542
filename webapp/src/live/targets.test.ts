/** @jest-environment jsdom */
import type {MembershipTarget} from '../sync/memberships/shapes';
import {run} from '../sync/run/run';
import {MemoryPorts} from '../sync/testing/memory_ports';
import {account, directoryUser, objectId} from '../sync/testing/people';
import type {FakeServer} from '../testing/fake_server';
import {liveServer} from '../testing/live_server';

import {askLive} from './ask';
import {membershipPorts} from './membership_ports';
import {serverAnswersAt} from './server_answers';
import type {LiveTarget, LiveTargets} from './targets';

const TEAM = 'teamteamteamteamteamteam26';
const GROUP = '0b7a51d4-6c1e-4d0a-9a3e-52f7c1e8d960';
const DAY = 24 * 60 * 60 * 1000;
const team: MembershipTarget = {
    id: TEAM, kind: 'team', team_id: '', team_name: '', name: 'company', display_name: 'Company', is_archived: false, is_group_constrained: false, is_access_controlled: false,
    is_default_channel: false, members: 3, admins: 0, room: null,
};
let ports: MemoryPorts;
let server: FakeServer;
let revision = 0;

beforeEach(() => {
    ports = new MemoryPorts();
    ports.users = [1, 2, 3, 4].map((number) => directoryUser(number, {department: number < 3 ? 'Sales' : 'Legal', jobTitle: 'Agent'}));
    ports.stored = [1, 2, 3].map((number) => account(`a${number}`, {email: `person${number}@example.com`, linked_object_id: objectId(number)}));
    ports.memberships.targetsOfServer = [team];
    server = liveServer(ports, 77);
    server.install();
    revision++;
});

afterEach(() => server.uninstall());

const guard = {creations: {more_than: 1000, percent: 100}};
const policyOf = (rules: object[], rest: object = {}) => ({
    scope: {everyone: true}, guard, memberships: {rules: rules.map((rule, at) => ({id: `r${at}`, name: `Rule ${at}`, ...rule})), ...rest}});

async function effect(rules: object[], rest: object = {}): Promise<LiveTargets> {
    const plan = await askLive('plan', {policy: policyOf(rules, rest), revision: `targets ${revision}`});
    return plan!.targets!;
}

/** What happens in each target, in short. */
function short({targets}: LiveTargets): Record<string, Array<number | string>> {
    const namesOf = ({users}: LiveTarget['join']) => users.map(({display_name}) => display_name.replace('Kim Person ', '')).join();
    return Object.fromEntries(targets.map((target) => [target.name, [namesOf(target.join), namesOf(target.leave), target.stay]]));
}

const everyone = {who: {everyone: true}, join: [{team: {id: TEAM}}]};
const departments = {who: {everyone: true}, for_each: {attribute: 'department'}, join: [{team: {id: TEAM}, channel: {create: {name: 'dept-{value}', display_name: '{value}'}}}]};

test('everyone joins the team and each department its channel, accounts that a sync creates as well', async () => {
    ports.memberships.members.set(TEAM, new Set(['a1']));
    const found = await effect([everyone, departments]);
    expect(short(found)).toEqual({Company: ['2,3,4', '', 1], Sales: ['1,2', '', 0], Legal: ['3,4', '', 0]});
    expect(found).toMatchObject({total: 3, created: 2, sums: {join: 7, leave: 0, promote: 0, demote: 0}, problems: []});
    expect(found.targets.map(({id, team_name}) => [id, team_name])).toEqual(expect.arrayContaining([[TEAM, ''], ['', 'Company']]));
    expect(ports.writes).toEqual([]);
});

test('a removal that waits for a second read counts as one, and names who leaves', async () => {
    await run({mode: 'apply', policy: JSON.stringify(policyOf([everyone])), user: '', by_admin: true} as never, ports);
    const sales = {...everyone, who: {when: {attribute: 'department', operator: 'equals', value: 'Sales'}}};
    const found = await effect([sales]);
    expect(short(found)).toEqual({Company: ['', '3,4', 2]});
    expect(await effect([{...sales, removal: 'never'}])).toMatchObject({sums: {join: 0, leave: 0}});
});

test('a rule that ends removes those whom it added, one that is switched off removes no one', async () => {
    await run({mode: 'apply', policy: JSON.stringify(policyOf([everyone])), user: '', by_admin: true} as never, ports);
    expect((await effect([{...everyone, ending: true}])).sums).toMatchObject({leave: 4});
    const plan = await askLive('plan', {policy: policyOf([{...everyone, enabled: false}]), revision: `targets ${revision}`});
    expect(plan!.targets).toBeNull();
});

test('admins are promoted', async () => {
    ports.memberships.members.set(TEAM, new Set(['a1', 'a2', 'a3']));
    ports.groups = {[GROUP]: [objectId(2)]};
    const found = await effect([everyone, {...everyone, who: {groups: [GROUP]}, role: 'admin'}]);
    expect(found.targets[0]!.promote).toMatchObject({count: 1, users: [{object_id: objectId(2)}]});
});

test('a group that cannot be read is told, and nothing happens to its users', async () => {
    ports.memberships.members.set(TEAM, new Set(['a1']));
    const plan = await askLive('plan', {policy: policyOf([{...everyone, who: {groups: [GROUP]}}]), revision: `targets ${revision}`});
    expect(plan!.warning).toMatchObject({code: 'group_not_found', params: {group: GROUP}});
    expect(plan!.targets!.targets[0]).toMatchObject({join: {count: 0}, leave: {count: 0}, stay: 1, unknown: 4});
});

test('a team that is archived and a name that two departments share are problems', async () => {
    ports.memberships.targetsOfServer = [{...team, is_archived: true}];
    expect((await effect([everyone])).problems).toMatchObject([{reason: 'target_archived', params: {target_name: 'Company'}}]);
    ports.memberships.targetsOfServer = [team];
    revision++;
    ports.users[3]!.department = 'Le-gal';
    ports.users[2]!.department = 'Le gal';
    expect((await effect([departments])).problems.map(({reason}) => reason)).toEqual(['target_name_shared', 'target_name_shared']);
});

test.each([[[everyone]], [[everyone, departments]], [[departments]]])('counts what a preview run counts', async (rules) => {
    const policy = JSON.stringify(policyOf(rules));
    const outcome = await run({mode: 'preview', policy, user: '', by_admin: true} as never, ports);
    const plan = await askLive('plan', {policy: JSON.parse(policy) as object, revision: `targets ${revision}`});
    expect(plan!.counts).toEqual(outcome.counts);
    expect(plan!.actions.join).toBe(outcome.counts.joined);
    expect(plan!.targets!.sums.join).toBe(outcome.counts.joined);
});

test('many users are asked for in parts, and their sets are put together', async () => {
    const count = 25_000;
    const ids = Array.from({length: count}, (_, at) => `account${at}`);
    ports.memberships.members.set(TEAM, new Set(['account31', 'account9983', 'account9984', 'account24999']));
    const asked = membershipPorts(serverAnswersAt(`many ${DAY}`));
    const {targets: [present]} = await asked.present({account_ids: ids, targets: [TEAM]});
    expect(present!.members.flatMap(([word, bits]) => Array.from({length: 32}, (_, bit) => (bits >>> bit & 1 ? (word * 32) + bit : -1)).filter((at) => at >= 0))).
        toEqual([31, 9983, 9984, 24999]);
    expect(server.sent('POST /lookups/memberships.present')).toHaveLength(3);
    expect(await asked.present({account_ids: [], targets: [TEAM]})).toEqual({targets: [{id: TEAM, members: [], admins: []}]});
});
