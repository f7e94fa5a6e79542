import type {MembershipTarget} from '../../memberships/shapes';
import {MemoryPorts} from '../../testing/memory_ports';
import {run} from '../run';

const TEAM = 'teamteamteamteamteamteam26';
const CHANNEL = 'channelchannelchannelchann';
const ID = (number: number) => `00000000-0000-4000-8000-00000000000${number}`;
const GROUP = ID(9);

const server: MembershipTarget = {
    id: TEAM, kind: 'team', team_id: '', team_name: '', name: 'corp', display_name: 'Corp', is_archived: false, is_group_constrained: false, is_access_controlled: false,
    is_default_channel: false, members: 0, admins: 0, room: 1000,
};

function company(): MemoryPorts {
    const ports = new MemoryPorts();
    ports.users = [1, 2, 3].map((number) => ({
        id: ID(number), displayName: `User ${number}`, mail: `u${number}@corp.example`, accountEnabled: true, userType: 'Member', department: number === 3 ? 'Legal' : 'Sales'}));
    ports.groups = {[GROUP]: [ID(1), ID(2)]};
    ports.memberships.targetsOfServer = [server, {...server, id: CHANNEL, kind: 'channel', team_id: TEAM}];
    return ports;
}

const policyOf = (rules: object[], rest: object = {}) => JSON.stringify({
    scope: {everyone: true}, memberships: {rules: rules.map((rule, at) => ({id: `r${at}`, name: `Rule ${at}`, ...rule})), ...rest}});
const everyone = policyOf([{who: {everyone: true}, join: [{team: {id: TEAM}}]}]);

const membersOf = (ports: MemoryPorts, target: string) => [...ports.memberships.members.get(target) ?? []].
    map((id) => ports.stored.find((account) => account.id === id)!.email).sort();

describe('a run with rules for teams and channels', () => {
    test('lets new accounts join in the run that creates them, and a second run changes nothing', async () => {
        const ports = company();
        const first = await run({mode: 'apply', policy: everyone, user: '', by_admin: true} as never, ports);
        expect(first).toMatchObject({state: 'succeeded', counts: {created: 3, joined: 3}});
        expect(membersOf(ports, TEAM)).toEqual(['u1@corp.example', 'u2@corp.example', 'u3@corp.example']);
        expect(ports.history.filter(({action}) => action === 'join').map(({status, seq, reason_params}) => [status, seq, reason_params?.rule_id])).toEqual([
            ['done', 4, 'r0'], ['done', 5, 'r0'], ['done', 6, 'r0']]);
        const second = await run({mode: 'apply', policy: everyone, user: ''} as never, ports);
        expect(second.counts.joined).toBe(0);
    });

    test('lets the members of a group join a channel and its team', async () => {
        const ports = company();
        await run({mode: 'apply', policy: policyOf([{who: {groups: [GROUP]}, join: [{team: {id: TEAM}, channel: {id: CHANNEL}}]}]), user: '', by_admin: true} as never, ports);
        expect(membersOf(ports, CHANNEL)).toEqual(['u1@corp.example', 'u2@corp.example']);
        expect(membersOf(ports, TEAM)).toEqual(['u1@corp.example', 'u2@corp.example']);
    });

    test('goes on with other rules when a group cannot be read, and says which', async () => {
        const ports = company();
        const rules = [{who: {groups: [ID(8)]}, join: [{team: {id: TEAM}}]}, {who: {when: {attribute: 'department', operator: 'equals', value: 'legal'}}, join: [{team: {id: TEAM}}]}];
        const outcome = await run({mode: 'apply', policy: policyOf(rules), user: '', by_admin: true} as never, ports);
        expect(outcome).toMatchObject({state: 'partial', error: {code: 'group_not_found', params: {group: ID(8)}}});
        expect(membersOf(ports, TEAM)).toEqual(['u3@corp.example']);
    });

    test('a user who left stays out, or is added again', async () => {
        const ports = company();
        await run({mode: 'apply', policy: everyone, user: '', by_admin: true} as never, ports);
        const [account] = ports.stored;
        ports.memberships.members.get(TEAM)!.delete(account!.id);
        await run({mode: 'apply', policy: everyone, user: ''} as never, ports);
        expect(membersOf(ports, TEAM)).toHaveLength(2);
        await run({mode: 'apply', policy: policyOf([{who: {everyone: true}, join: [{team: {id: TEAM}}]}], {rejoin: 'always'}), user: ''} as never, ports);
        expect(membersOf(ports, TEAM)).toHaveLength(3);
    });
});
