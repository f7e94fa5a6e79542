import type {MembershipTarget} from '../../memberships/shapes';
import {MemoryPorts} from '../../testing/memory_ports';
import {MINUTE_MS} from '../../time';
import type {RunRequest} from '../../types';
import {run} from '../run';

const TEAM = 'teamteamteamteamteamteam26';
const CHANNEL = 'channelchannelchannelchann';
const ID = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const GROUP = ID(900);

const server: MembershipTarget = {
    id: TEAM, kind: 'team', team_id: '', team_name: '', name: 'corp', display_name: 'Corp', is_archived: false, is_group_constrained: false,
    is_access_controlled: false, is_default_channel: false, members: 0, admins: 0, room: null,
};

function company(size = 3): MemoryPorts {
    const ports = new MemoryPorts();
    ports.now = 1_000 * MINUTE_MS;
    ports.users = Array.from({length: size}, (_, at) => at + 1).map((number) => ({
        id: ID(number), displayName: `User ${number}`, mail: `u${number}@corp.example`, accountEnabled: true, userType: 'Member', department: number % 3 === 0 ? 'Legal' : 'Sales'}));
    ports.groups = {[GROUP]: [ID(1), ID(2)]};
    ports.memberships.targetsOfServer = [{...server}, {...server, id: CHANNEL, kind: 'channel', team_id: TEAM, name: 'town'}];
    return ports;
}

/** No limit holds anything. */
const UNLIMITED = {leaves: {more_than: 1000, max_percent: 100}, leaves_per_target: {more_than: 1000, max_percent: 100}};

const policyOf = (rules: object[], memberships: object = {}, guard: object = UNLIMITED) => JSON.stringify({
    scope: {everyone: true}, guard, memberships: {rules: rules.map((rule, at) => ({id: `r${at}`, name: `Rule ${at}`, ...rule})), ...memberships}});
const toTeam = [{team: {id: TEAM}}];
const everyone = policyOf([{who: {everyone: true}, join: toTeam}]);

const request = (policy: string, rest: Partial<RunRequest> = {}): RunRequest => ({mode: 'apply', policy, user: '', by_admin: true, ...rest});
const apply = (ports: MemoryPorts, policy: string, rest: Partial<RunRequest> = {}) => run(request(policy, rest), ports);

/** A run half an hour later. */
function later(ports: MemoryPorts, policy: string) {
    ports.now += 30 * MINUTE_MS;
    ports.history = [];
    return apply(ports, policy);
}

/** Three such runs. */
async function thrice(ports: MemoryPorts, policy: string) {
    return [await later(ports, policy), await later(ports, policy), await later(ports, policy)];
}

const membersOf = (ports: MemoryPorts, target = TEAM) => [...ports.memberships.members.get(target) ?? []].
    map((id) => Number(/\d+/.exec(ports.stored.find((account) => account.id === id)!.email))).sort((one, other) => one - other);
const adminsOf = (ports: MemoryPorts, target = TEAM) => [...ports.memberships.admins.get(target) ?? []].map((id) => ports.stored.find((account) => account.id === id)!.email);
const lines = (ports: MemoryPorts, target = TEAM) => ports.history.filter(({reason_params}) => reason_params?.target_id === target).
    map(({action, status, reason}) => `${action} ${status} ${reason}`);

describe('a run with rules for teams and channels', () => {
    test('lets new accounts join in the run that creates them, and a second run changes nothing', async () => {
        const ports = company();
        expect(await apply(ports, everyone)).toMatchObject({state: 'succeeded', counts: {created: 3, joined: 3}});
        expect(membersOf(ports)).toEqual([1, 2, 3]);
        expect(ports.history.filter(({action}) => action === 'join').map(({status, seq, reason_params}) => [status, seq, reason_params?.rule_id])).toEqual([
            ['done', 4, 'r0'], ['done', 5, 'r0'], ['done', 6, 'r0']]);
        expect((await later(ports, everyone)).counts).toMatchObject({joined: 0, skipped: 0});
        expect(ports.history).toEqual([]);
    });

    test('lets the members of a group join a channel and its team', async () => {
        const ports = company();
        await apply(ports, policyOf([{who: {groups: [GROUP]}, join: [{team: {id: TEAM}, channel: {id: CHANNEL}}]}]));
        expect(membersOf(ports, CHANNEL)).toEqual([1, 2]);
        expect(membersOf(ports)).toEqual([1, 2]);
    });

    test('goes on with other rules when a group cannot be read, and says which', async () => {
        const ports = company();
        const rules = [{who: {groups: [ID(800)]}, join: toTeam}, {who: {when: {attribute: 'department', operator: 'equals', value: 'legal'}}, join: toTeam}];
        expect(await apply(ports, policyOf(rules))).toMatchObject({state: 'partial', error: {code: 'group_not_found', params: {group: ID(800)}}});
        expect(membersOf(ports)).toEqual([3]);
    });

    test('a condition that names a group which cannot be read decides nothing', async () => {
        const ports = company();
        const rule = {who: {when: {any: [{member_of: GROUP}, {attribute: 'department', operator: 'equals', value: 'legal'}]}}, join: toTeam};
        await apply(ports, policyOf([rule]));
        expect(membersOf(ports)).toEqual([1, 2, 3]);
        delete ports.groups[GROUP];
        expect(await thrice(ports, policyOf([rule]))).toEqual(Array(3).fill(expect.objectContaining({state: 'partial', counts: expect.objectContaining({left: 0, joined: 0})})));
        expect(membersOf(ports)).toEqual([1, 2, 3]);
    });

    test('a user who left stays out and is told once, or is added again', async () => {
        const ports = company();
        await apply(ports, everyone);
        ports.memberships.members.get(TEAM)!.delete(ports.stored[0]!.id);
        await later(ports, everyone);
        expect(lines(ports)).toEqual(['skip planned ended_by_others']);
        await later(ports, everyone);
        expect(lines(ports)).toEqual([]);
        expect(membersOf(ports)).toEqual([2, 3]);
        await later(ports, policyOf([{who: {everyone: true}, join: toTeam}], {rejoin: 'always'}));
        expect(membersOf(ports)).toEqual([1, 2, 3]);
    });

    test('knows the placement of new users who could not join at first', async () => {
        const ports = company();
        const policy = policyOf([{who: {when: {attribute: 'department', operator: 'equals', value: 'legal'}}, join: toTeam}]);
        const known = {policy_digest: 'digest'};
        const newcomer = ports.users.pop()!;
        await apply(ports, policy, known);
        ports.users.push(newcomer);
        ports.memberships.targetsOfServer[0]!.is_archived = true;
        await apply(ports, policy, known);
        ports.memberships.targetsOfServer[0]!.is_archived = false;
        expect((await apply(ports, policy, known)).counts).toMatchObject({joined: 1});
        expect(membersOf(ports)).toEqual([3]);
    });

    test('decides about unchanged users whom the directory says twice', async () => {
        const ports = company();
        const known = {policy_digest: 'digest'};
        ports.memberships.targetsOfServer[0]!.is_archived = true;
        await apply(ports, everyone, known);
        await apply(ports, everyone, known);
        ports.memberships.targetsOfServer[0]!.is_archived = false;
        ports.users.unshift(ports.users[2]!);
        expect((await apply(ports, everyone, known)).counts).toMatchObject({joined: 3});
    });

    test('a line about a user who stays out names the rule that wants the user, not another one of the target', async () => {
        const ports = company();
        const rules = policyOf([{who: {groups: [GROUP]}, join: toTeam}, {who: {everyone: true}, join: toTeam}]);
        await apply(ports, rules);
        ports.memberships.members.get(TEAM)!.delete(ports.stored[2]!.id);
        await later(ports, rules);
        expect(ports.history.map(({reason, reason_params}) => [reason, reason_params?.rule_id])).toEqual([['ended_by_others', 'r1']]);
    });

    test('knows the placement of users who have not changed', async () => {
        const ports = company();
        const policy = policyOf([{who: {when: {attribute: 'department', operator: 'equals', value: 'legal'}}, join: toTeam}]);
        await apply(ports, policy);
        await later(ports, policy);
        expect((await thrice(ports, policy)).map(({counts}) => counts)).toEqual(Array(3).fill(expect.objectContaining({left: 0, joined: 0, unchanged: 3})));
        expect(membersOf(ports)).toEqual([3]);
    });
});

describe('a removal', () => {
    async function leaver(rules: object[] = [{who: {groups: [GROUP]}, join: toTeam}], rest: object = {}, guard: object = UNLIMITED) {
        const ports = company();
        const policy = policyOf(rules, rest, guard);
        await apply(ports, policy);
        ports.groups[GROUP] = [ID(1)];
        return {ports, policy};
    }

    test('needs two full reads that are apart', async () => {
        const {ports, policy} = await leaver();
        await later(ports, policy);
        expect(lines(ports)).toEqual(['skip planned leave_unproved']);
        ports.now += 29 * MINUTE_MS;
        await apply(ports, policy);
        expect(membersOf(ports)).toEqual([1, 2]);
        ports.now += MINUTE_MS;
        ports.history = [];
        expect((await apply(ports, policy)).counts).toMatchObject({left: 1});
        expect(lines(ports)).toEqual(['leave done no_rule_wants']);
        expect(membersOf(ports)).toEqual([1]);
    });

    test('begins again when the user was back meanwhile, and who was removed by the sync is added again', async () => {
        const {ports, policy} = await leaver();
        await later(ports, policy);
        ports.groups[GROUP] = [ID(1), ID(2)];
        await later(ports, policy);
        ports.groups[GROUP] = [ID(1)];
        expect((await later(ports, policy)).counts.left).toBe(0);
        expect((await later(ports, policy)).counts.left).toBe(1);
        ports.groups[GROUP] = [ID(1), ID(2)];
        expect((await later(ports, policy)).counts.joined).toBe(1);
    });

    test('does not follow from a group that cannot be read, however often', async () => {
        const {ports, policy} = await leaver();
        delete ports.groups[GROUP];
        expect(await thrice(ports, policy)).toEqual(Array(3).fill(expect.objectContaining({state: 'partial', counts: expect.objectContaining({left: 0})})));
        expect(membersOf(ports)).toEqual([1, 2]);
    });

    test.each(['preview', 'one user'])('does not follow from a %s', async (kind) => {
        const {ports, policy} = await leaver();
        await later(ports, policy);
        ports.now += 60 * MINUTE_MS;
        const {counts} = await apply(ports, policy, kind === 'preview' ? {mode: 'preview'} : {user: ID(2)});
        expect(counts.left).toBe(kind === 'preview' ? 1 : 0);
        expect(membersOf(ports)).toEqual([1, 2]);
    });

    test('never concerns users whom others added, unless the rule says everyone; then the first time waits for an approval', async () => {
        const {ports, policy} = await leaver();
        ports.memberships.members.get(TEAM)!.add(ports.stored[2]!.id);
        await later(ports, policy);
        await later(ports, policy);
        expect(membersOf(ports)).toEqual([1, 3]);
        const strict = policyOf([{who: {groups: [GROUP]}, join: toTeam, removal: 'everyone'}]);
        await later(ports, strict);
        expect(await later(ports, strict)).toMatchObject({state: 'held', counts: {left: 0, held: 1}, hold: {kinds: [{kind: 'first_removal', count: 1}]}});
        ports.held = ports.history;
        ports.history = [];
        expect(await apply(ports, strict, {approves: 'held', approved_changes: []})).toMatchObject({state: 'succeeded', counts: {left: 1}});
        expect(ports.held.map(({status}) => status)).toContain('done');
        expect(membersOf(ports)).toEqual([1]);
        ports.memberships.members.get(TEAM)!.add(ports.stored[2]!.id);
        await later(ports, strict);
        expect((await later(ports, strict)).counts).toMatchObject({left: 1, held: 0});
    });

    test('is held when the target would be empty, and goes on being held', async () => {
        const {ports, policy} = await leaver();
        ports.groups[GROUP] = [];
        await later(ports, policy);
        expect(await later(ports, policy)).toMatchObject({state: 'held', counts: {left: 0, held: 2}, hold: {kinds: [{kind: 'target_emptied', count: 1}]}});
        expect(lines(ports)).toEqual(['leave held no_rule_wants', 'leave held no_rule_wants']);
        ports.earlier.open = [{action: 'leave', reason: 'no_rule_wants', target_id: TEAM, hold_kinds: ['target_emptied'], object_ids: [ID(1), ID(2)]}];
        ports.groups[GROUP] = [ID(1)];
        expect(await later(ports, policy)).toMatchObject({state: 'held', counts: {left: 0, held: 1}});
        expect(membersOf(ports)).toEqual([1, 2]);
    });

    test('ends when the rule is switched off or deleted, and begins by a rule that ends', async () => {
        const {ports, policy} = await leaver();
        const off = policyOf([{who: {groups: [GROUP]}, join: toTeam, enabled: false}, {who: {groups: [ID(901)]}, join: toTeam}]);
        ports.groups[ID(901)] = [ID(3)];
        await thrice(ports, off);
        expect(membersOf(ports)).toEqual([1, 2, 3]);
        const ending = policyOf([{who: {groups: [GROUP]}, join: toTeam, removal: 'everyone', ending: true}, {id: 'r9', who: {groups: [ID(901)]}, join: toTeam}]);
        await later(ports, ending);
        expect((await later(ports, ending)).counts.left).toBe(2);
        expect(membersOf(ports)).toEqual([3]);
        expect(policy).not.toBe(ending);
    });

    test('leaves a deactivated account where it was', async () => {
        const {ports, policy} = await leaver();
        ports.stored[1]!.delete_at = 1;
        ports.users[1]!.accountEnabled = false;
        await thrice(ports, policy);
        expect(membersOf(ports)).toEqual([1, 2]);
    });

    test.each([['in one target', {leaves_per_target: {more_than: 0, percent: 0}}, 'leaves_per_target'], ['in all', {leaves: {more_than: 0, percent: 0}}, 'leaves']])(
        'is held by the limit %s', async (_, guard, kind) => {
            const {ports, policy} = await leaver(undefined, {}, {...UNLIMITED, ...guard});
            await later(ports, policy);
            expect(await later(ports, policy)).toMatchObject({state: 'held', counts: {left: 0, held: 1}, hold: {kinds: [{kind, count: 1}]}});
            expect(membersOf(ports)).toEqual([1, 2]);
        });

    test('counts what earlier runs of the day took away', async () => {
        const {ports, policy} = await leaver(undefined, {}, {...UNLIMITED, leaves_per_target: {more_than: 3, percent: 10}});
        ports.memberships.recent.set(TEAM, 3);
        await later(ports, policy);
        expect(await later(ports, policy)).toMatchObject({state: 'held', hold: {kinds: [{kind: 'leaves_per_target', count: 1, recent: 3}]}});
    });
});

describe('leaving a team', () => {
    const both = [{who: {groups: [GROUP]}, join: [{team: {id: TEAM}, channel: {id: CHANNEL}}]}];

    test('waits with a channel of it that would be empty, and others leave', async () => {
        const ports = company();
        const rules = [{...both[0], who: {groups: [ID(901)]}}, {who: {groups: [GROUP]}, join: toTeam}];
        ports.groups[ID(901)] = [ID(3)];
        await apply(ports, policyOf(rules));
        ports.groups = {[GROUP]: [ID(1)], [ID(901)]: []};
        await later(ports, policyOf(rules));
        expect(await later(ports, policyOf(rules))).toMatchObject({state: 'held', counts: {left: 1, held: 2}, hold: {kinds: [{kind: 'target_emptied'}]}});
        expect([membersOf(ports), membersOf(ports, CHANNEL)]).toEqual([[1, 3], [3]]);
    });

    test('waits while the last admin of a channel of it is kept there', async () => {
        const ports = company();
        await apply(ports, policyOf(both));
        ports.memberships.admins.set(CHANNEL, new Set([ports.stored[0]!.id]));
        ports.groups[GROUP] = [ID(2)];
        await later(ports, policyOf(both));
        expect((await later(ports, policyOf(both))).counts.left).toBe(0);
        expect([membersOf(ports), membersOf(ports, CHANNEL)]).toEqual([[1, 2], [1, 2]]);
    });
});

describe('roles', () => {
    const lead = [{who: {everyone: true}, join: toTeam}, {who: {groups: [GROUP]}, join: toTeam, role: 'admin'}];

    test('the highest role of several rules is given, and only what was given is taken away, the last one never', async () => {
        const ports = company();
        const policy = policyOf(lead);
        expect((await apply(ports, policy)).counts).toMatchObject({joined: 3, promoted: 2});
        ports.memberships.admins.get(TEAM)!.add(ports.stored[2]!.id);
        ports.groups[GROUP] = [];
        await later(ports, policy);
        expect((await later(ports, policy)).counts).toMatchObject({demoted: 2, left: 0});
        expect(adminsOf(ports)).toEqual(['u3@corp.example']);
    });

    test('the last admin of a team stays', async () => {
        const ports = company();
        const policy = policyOf(lead);
        await apply(ports, policy);
        ports.groups[GROUP] = [];
        await later(ports, policy);
        await later(ports, policy);
        expect(lines(ports)).toEqual(['demote done no_rule_wants', 'skip planned last_target_admin']);
        expect(adminsOf(ports)).toHaveLength(1);
    });

    test('given by a rule that is gone are those of the rule that wants them now', async () => {
        const ports = company();
        await apply(ports, policyOf([lead[0]!, {...lead[1]!, id: 'gone'}]));
        ports.memberships.admins.get(TEAM)!.add(ports.stored[2]!.id);
        await later(ports, policyOf(lead));
        ports.groups[GROUP] = [];
        await later(ports, policyOf(lead));
        expect((await later(ports, policyOf(lead))).counts.demoted).toBe(2);
    });

    test('do not depend on the order of the rules', async () => {
        const [one, other] = [company(), company()];
        await apply(one, policyOf(lead));
        await apply(other, policyOf([...lead].reverse()));
        expect([membersOf(other), adminsOf(other).sort()]).toEqual([membersOf(one), adminsOf(one).sort()]);
    });
});

describe('targets', () => {
    const departments = policyOf([{who: {everyone: true}, for_each: {attribute: 'department'},
        join: [{team: {id: TEAM}, channel: {create: {name: 'dept-{value}', display_name: 'Dept. {value}', private: true}}}]}]);

    test('a channel for each department is created once and found again, renamed or not', async () => {
        const ports = company();
        expect((await apply(ports, departments)).counts).toMatchObject({joined: 6});
        expect(ports.memberships.targetsOfServer.slice(2).map(({name, display_name, team_id}) => [name, display_name, team_id])).toEqual([
            ['dept-legal', 'Dept. Legal', TEAM], ['dept-sales', 'Dept. Sales', TEAM]]);
        ports.memberships.targetsOfServer[2]!.name = 'lawyers';
        expect((await later(ports, departments)).counts).toMatchObject({joined: 0, conflicts: 0});
        ports.users[2]!.department = 'Sales';
        await later(ports, departments);
        await later(ports, departments);
        expect(ports.memberships.createdTargets.map(({target_id}) => membersOf(ports, target_id))).toEqual([[3], [1, 2, 3]]);
    });

    test('a preview says what would be created, and its plan can be applied', async () => {
        const ports = company();
        expect((await apply(ports, departments, {mode: 'preview'})).counts).toMatchObject({created: 3, joined: 6});
        expect(ports.memberships.createdTargets).toEqual([]);
        ports.held = ports.history;
        ports.heldBy = 'preview';
        ports.history = [];
        expect(await apply(ports, departments, {approves: 'held', approved_changes: []})).toMatchObject({state: 'succeeded', counts: {created: 3, joined: 6}});
        expect(ports.memberships.createdTargets.map(({target_id}) => membersOf(ports, target_id))).toEqual([[3], [1, 2]]);
        expect(ports.held.every(({status}) => status === 'done')).toBe(true);
    });

    test.each<[string, string, (ports: MemoryPorts) => void]>([
        ['is archived', 'target_archived', (ports) => Object.assign(ports.memberships.targetsOfServer[0]!, {is_archived: true})],
        ['is gone', 'target_gone', (ports) => ports.memberships.targetsOfServer.shift()],
        ['has members by groups of Mattermost', 'target_group_constrained', (ports) => Object.assign(ports.memberships.targetsOfServer[0]!, {is_group_constrained: true})],
        ['has members by a policy of Mattermost', 'target_access_controlled', (ports) => Object.assign(ports.memberships.targetsOfServer[0]!, {is_access_controlled: true})],
    ])('a team that %s is told once, and everything else goes on', async (_, reason, change) => {
        const ports = company();
        const other = {...server, id: 'otherteamotherteamother26x', name: 'other'};
        ports.memberships.targetsOfServer.push(other);
        change(ports);
        const policy = policyOf([{who: {everyone: true}, join: [{team: {id: TEAM}, channel: {id: CHANNEL}}, {team: {id: other.id}}]}]);
        expect(await apply(ports, policy)).toMatchObject({state: 'succeeded', counts: {joined: 3, conflicts: 1, failed: 0}});
        expect(ports.history.filter(({action}) => action === 'conflict').map((line) => [line.reason, line.object_id])).toEqual([[reason, '']]);
        expect(membersOf(ports, other.id)).toEqual([1, 2, 3]);
        expect(membersOf(ports)).toEqual([]);
    });

    test('a full team takes as many as fit and tells the rest in one line', async () => {
        const ports = company();
        ports.memberships.targetsOfServer[0]!.room = 1;
        expect((await apply(ports, everyone)).counts).toMatchObject({joined: 1, conflicts: 1});
        expect(ports.history.find(({reason}) => reason === 'target_full')?.reason_params).toMatchObject({count: 2, target_name: 'Corp'});
    });

    test('names that are taken, shared, or invalid are conflicts, and nothing is adopted', async () => {
        const ports = company();
        ports.memberships.targetsOfServer.push({...server, id: 'x'.repeat(26), kind: 'channel', team_id: TEAM, name: 'dept-sales'});
        await apply(ports, departments);
        expect(membersOf(ports, 'x'.repeat(26))).toEqual([]);
        expect(ports.history.filter(({action}) => action === 'conflict').map(({reason}) => reason)).toEqual(['target_name_taken']);
        expect(ports.memberships.createdTargets).toHaveLength(1);
    });

    test('nothing is told of a name that only users without an account would need', async () => {
        const ports = company();
        ports.users[2]!.mail = null;
        ports.memberships.targetsOfServer.push({...server, id: 'x'.repeat(26), kind: 'channel', team_id: TEAM, name: 'dept-legal'});
        await apply(ports, departments);
        expect(ports.history.filter(({reason}) => reason.startsWith('target_'))).toEqual([]);
    });

    test('who stays out of a team is not put into its channels', async () => {
        const ports = company();
        await apply(ports, everyone);
        ports.memberships.members.get(TEAM)!.delete(ports.stored[0]!.id);
        await later(ports, policyOf([{who: {everyone: true}, join: [{team: {id: TEAM}, channel: {id: CHANNEL}}]}]));
        expect(membersOf(ports, CHANNEL)).toEqual([2, 3]);
    });

    test('an approved line that no longer holds is told', async () => {
        const ports = company();
        await apply(ports, everyone, {mode: 'preview'});
        ports.held = ports.history.filter(({action}) => action === 'join').slice(0, 1);
        ports.heldBy = 'preview';
        ports.history = [];
        await apply(ports, everyone);
        ports.history = [];
        await apply(ports, everyone, {approves: 'held', approved_changes: []});
        expect(ports.held.map(({status, error}) => [status, error?.code])).toEqual([['failed', 'change_outdated']]);
    });
});

describe('system roles', () => {
    const policy = JSON.stringify({scope: {everyone: true}, guard: UNLIMITED, accounts: {roles: [{id: 'help', name: 'Help desk', who: {groups: [GROUP]}, role: 'system_user_manager'}]}});
    const role = {...server, id: 'system_user_manager', kind: 'system_role' as const, name: 'system_user_manager', display_name: 'User Manager'};

    async function held() {
        const ports = company();
        ports.memberships.targetsOfServer.push(role);
        await apply(ports, JSON.stringify({scope: {everyone: true}}));
        ports.history = [];
        const outcome = await apply(ports, policy);
        return {ports, outcome};
    }

    test('wait for an approval of their own, one by one', async () => {
        const {ports, outcome} = await held();
        expect(outcome).toMatchObject({state: 'held', counts: {promoted: 0, held: 2}, hold: {kinds: [{kind: 'system_role', count: 2}]}});
        expect(adminsOf(ports, role.id)).toEqual([]);
        ports.held = ports.history;
        ports.history = [];
        await apply(ports, policy, {approves: 'held', approved_changes: []});
        expect(adminsOf(ports, role.id)).toEqual([]);
        const [first] = ports.held.filter(({status}) => status === 'held');
        expect((await apply(ports, policy, {approves: 'held', approved_changes: [first!.seq]})).counts.promoted).toBe(1);
        expect(adminsOf(ports, role.id)).toEqual(['u1@corp.example']);
    });

    test('that the sync gave are taken away after two full reads, others stay', async () => {
        const {ports} = await held();
        ports.held = ports.history;
        ports.history = [];
        await apply(ports, policy, {approves: 'held', approved_changes: ports.held.filter(({status}) => status === 'held').map(({seq}) => seq)});
        ports.memberships.admins.get(role.id)!.add(ports.stored[2]!.id);
        ports.groups[GROUP] = [];
        await later(ports, policy);
        expect(adminsOf(ports, role.id)).toHaveLength(3);
        expect((await later(ports, policy)).counts).toMatchObject({demoted: 2, left: 0});
        expect(adminsOf(ports, role.id)).toEqual(['u3@corp.example']);
    });
});
