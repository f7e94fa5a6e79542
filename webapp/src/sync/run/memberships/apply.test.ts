import type {MembershipAction} from '../../lists';
import {SyncError} from '../../errors';
import type {MembershipTarget} from '../../memberships/shapes';
import {NO_VALUE, type Place} from '../../memberships/places';
import {MemoryPorts} from '../../testing/memory_ports';

import {RunProgress} from '../context/progress';
import {openContext} from '../context/run_context';
import {applyMemberships} from './apply';
import type {WritableTarget} from './writer';

const USERS = Array.from({length: 12}, (_, at) => `account${String(at).padStart(2, '0')}`);

const team: MembershipTarget = {
    id: 'team', kind: 'team', team_id: '', team_name: '', name: 'corp', display_name: 'Corp', is_archived: false, is_group_constrained: false, is_access_controlled: false,
    is_default_channel: false, members: 0, admins: 0, room: 1000,
};
const channel: MembershipTarget = {...team, id: 'channel', kind: 'channel', team_id: 'team', team_name: 'Corp', name: 'sales', display_name: 'Sales', room: null};

type Does = Array<[action: MembershipAction, users: number[]]>;

/** Plans what is done to targets; the lines are numbered over all of them. */
class Company {
    readonly ports = new MemoryPorts();
    readonly targets: WritableTarget[] = [];
    private last = 0;

    plan(target: MembershipTarget, does: Does, create: WritableTarget['create'] = null): this {
        const key = `${target.kind} ${target.name}`;
        const place: Place = {
            key, kind: target.kind, id: target.id, create: create && {...create, value: NO_VALUE},
            team: target.kind === 'channel' ? {key: 'team corp', kind: 'team', id: target.team_id, create: null, team: null} : null,
        };
        const lines = does.map(([action, users]) => {
            const first_seq = this.last + 1;
            this.last += users.length;
            return {action, users, rule_id: 'r1', first_seq};
        });
        this.targets.push({target, wanted: {place}, create, lines});
        if (target.id !== '' && !this.ports.memberships.targetsOfServer.some(({id}) => id === target.id)) {
            this.ports.memberships.targetsOfServer.push(target);
        }
        return this;
    }

    async apply(memberships: object = {}) {
        const {ports} = this;
        ports.stored = USERS.map((id) => ({id, username: `name-of-${id}`}) as never);
        ports.history = Array.from({length: this.last}, (_, at) => ({seq: at + 1, status: 'planned'}) as never);
        const progress = new RunProgress(ports);
        const context = await openContext({mode: 'apply', user: '', policy: JSON.stringify({memberships})}, ports, progress);
        await applyMemberships({targets: this.targets, users: {account_ids: USERS}}, context);
        return progress.counts;
    }

    /** How the lines ended, each with its error. */
    get ended() {
        return this.ports.history.map(({status, error}) => error?.code ?? status);
    }

    members(target: string): string[] {
        return [...this.ports.memberships.members.get(target) ?? []].sort();
    }
}

const some = (from: number, to: number) => Array.from({length: to - from}, (_, at) => from + at);

test('teams come before channels, roles after both, and who leaves goes the other way round', async () => {
    const company = new Company().
        plan(team, [['demote', [5]], ['leave', [3]], ['promote', [0]], ['join', [0, 1]]]).
        plan(channel, [['leave', [3]], ['promote', [1]], ['join', [0, 1]]]);
    const {memberships} = company.ports;
    memberships.admins.set('team', new Set([USERS[5]!, 'other']));
    memberships.targetsOfServer[0] = {...team, admins: 2};
    expect(await company.apply()).toMatchObject({joined: 4, promoted: 2, demoted: 1, left: 2, failed: 0});
    expect(memberships.calls).toEqual([
        'join team', 'join channel', 'promote team', 'promote channel', 'demote team', 'leave channel', 'leave team']);
    expect(company.ended).toEqual(Array.from({length: 9}, () => 'done'));
});

test('the ledger knows who was added and promoted for which rule, and forgets who left', async () => {
    const company = new Company().plan(team, [['join', [0, 1]], ['promote', [0]], ['leave', [2]], ['demote', [3]]]);
    const {known} = company.ports.memberships;
    known.set(`team ${USERS[2]}`, {rule_id: 'r1', state: 'added', promoted_by: ''} as never);
    known.set(`team ${USERS[3]}`, {rule_id: 'r9', state: 'found', promoted_by: 'r1'} as never);
    await company.apply();
    expect([...known].map(([key, {rule_id, state, promoted_by}]) => `${key} ${rule_id} ${state} ${promoted_by}`).sort()).toEqual([
        `team ${USERS[0]} r1 added r1`, `team ${USERS[1]} r1 added `, `team ${USERS[3]} r9 found `]);
});

test('a run that is cut off in a join has noted who was being added', async () => {
    const company = new Company().plan(team, [['join', [0, 1]]]);
    company.ports.memberships.join = () => {
        throw new SyncError({code: 'lock_lost'});
    };
    await expect(company.apply()).rejects.toMatchObject({fault: {code: 'lock_lost'}});
    expect([...company.ports.memberships.known.values()].map(({state}) => state)).toEqual(['adding', 'adding']);
});

test('a run that is cut off in a leave leaves no user who looks as if someone else had removed the user', async () => {
    const company = new Company().plan(team, [['leave', [0, 1, 2]]]);
    const {known} = company.ports.memberships;
    known.set(`team ${USERS[0]}`, {rule_id: 'r1', state: 'added', promoted_by: ''} as never);
    known.set(`team ${USERS[1]}`, {rule_id: 'r1', state: 'found', promoted_by: ''} as never);
    company.ports.memberships.leave = () => {
        throw new SyncError({code: 'lock_lost'});
    };
    await expect(company.apply()).rejects.toMatchObject({fault: {code: 'lock_lost'}});
    expect([...known].map(([key, {state}]) => [key, state])).toEqual([[`team ${USERS[0]}`, 'adding']]);
});

test('a leave that the server refuses leaves the membership to those who gave it', async () => {
    const company = new Company().plan(team, [['leave', [0, 1]]]);
    company.ports.memberships.known.set(`team ${USERS[0]}`, {rule_id: 'r1', state: 'added', promoted_by: ''} as never);
    company.ports.memberships.faults.set('team', {code: 'default_channel'});
    expect(await company.apply()).toMatchObject({left: 0, failed: 2});
    expect([...company.ports.memberships.known].map(([key, {state}]) => [key, state])).toEqual([[`team ${USERS[0]}`, 'added']]);
});

test('a run that is cut off in a promotion has noted the role as its own, and a refused one is not', async () => {
    const company = new Company().plan(team, [['promote', [0, 1]]]);
    const {set_admin} = company.ports.memberships;
    company.ports.memberships.set_admin = () => {
        throw new SyncError({code: 'lock_lost'});
    };
    await expect(company.apply()).rejects.toMatchObject({fault: {code: 'lock_lost'}});
    const promoters = () => [...company.ports.memberships.known.values()].map(({promoted_by}) => promoted_by);
    expect(promoters()).toEqual(['r1', 'r1']);
    company.ports.memberships.set_admin = set_admin;
    company.ports.memberships.refused.add(USERS[0]!);
    await company.apply();
    expect(promoters()).toEqual(['', 'r1']);
});

test('a cancellation ends after the batch that is being written', async () => {
    const company = new Company().plan(team, [['join', [0, 1]]]).plan(channel, [['join', [0, 1]]]);
    company.ports.progress.report = ({phase}) => {
        if (phase === 'apply') {
            throw new SyncError({code: 'cancelled'});
        }
    };
    await expect(company.apply({announce: 'digest'})).rejects.toMatchObject({fault: {code: 'cancelled'}});
    expect(company.ended).toEqual(['done', 'done', 'planned', 'planned']);
    expect(company.ports.memberships.posts).toHaveLength(1);
});

test.each<[string, Partial<MembershipTarget>, string]>([
    ['archived', {is_archived: true}, 'target_archived'],
    ['managed by groups', {is_group_constrained: true}, 'target_group_constrained'],
])('nothing is written to a target that was %s since the plan', async (_, fresh, code) => {
    const company = new Company().plan(channel, [['join', [0]], ['promote', [1]], ['leave', [2]]]);
    company.ports.memberships.targetsOfServer = [{...channel, ...fresh}];
    expect(await company.apply()).toMatchObject({joined: 0, left: 0, failed: 3});
    expect(company.ended).toEqual([code, code, code]);
    expect(company.ports.memberships.calls).toEqual([]);
});

test('a target that was deleted since the plan is a fault of its lines, and others go on', async () => {
    const company = new Company().plan(channel, [['join', [0]]]).plan(team, [['join', [0]]]);
    company.ports.memberships.targetsOfServer = [team];
    expect(await company.apply()).toMatchObject({joined: 1, failed: 1});
    expect(company.ended).toEqual(['target_not_found', 'done']);
});

test('a team that is full is asked once, and no one tries its channels', async () => {
    const company = new Company().plan(team, [['join', some(0, 2)], ['join', some(2, 5)], ['promote', [7]]]).plan(channel, [['join', some(0, 6)]]);
    company.ports.memberships.faults.set('team', {code: 'team_member_limit'});
    company.ports.memberships.set_admin = ({account_ids}) => ({results: account_ids.map((account_id) => ({account_id, error: null}))});
    expect(await company.apply()).toMatchObject({joined: 1, promoted: 1, failed: 10});
    expect(company.ports.memberships.calls).toEqual(['join team', 'join channel']);
    expect(company.members('channel')).toEqual([USERS[5]]);
    expect(new Set(company.ended.slice(0, 5))).toEqual(new Set(['team_member_limit']));
});

test('a team without room is not asked at all', async () => {
    const company = new Company().plan(team, [['join', [0]]]);
    company.ports.memberships.targetsOfServer = [{...team, room: 0}];
    await company.apply();
    expect([company.ended, company.ports.memberships.calls]).toEqual([['team_member_limit'], []]);
});

test('a user whom the server refuses is not promoted, and the ledger forgets the user', async () => {
    const company = new Company().plan(team, [['join', [0, 1]], ['promote', [0, 1]]]);
    company.ports.memberships.refused.add(USERS[0]!);
    expect(await company.apply()).toMatchObject({joined: 1, promoted: 1, failed: 2});
    expect(company.ended).toEqual(['mattermost_refused', 'done', 'mattermost_refused', 'done']);
    expect([...company.ports.memberships.known.keys()]).toEqual([`team ${USERS[1]}`]);
});

test('a server that fails after it has added the user has added the user', async () => {
    const company = new Company().plan(team, [['join', [0, 1]]]);
    company.ports.memberships.join = ({account_ids}) => {
        company.ports.memberships.members.set('team', new Set([account_ids[0]!]));
        return {results: account_ids.map(() => ({account_id: '', error: {code: 'database_failed'}}))};
    };
    expect(await company.apply()).toMatchObject({joined: 1, failed: 1});
    expect(company.ended).toEqual(['done', 'database_failed']);
    expect([...company.ports.memberships.known]).toMatchObject([[`team ${USERS[0]}`, {state: 'added'}]]);
});

test('refusals never end the run, however many there are; a server that fails does', async () => {
    const refusing = new Company().plan(team, [['join', some(0, 12)]]);
    USERS.forEach((id) => refusing.ports.memberships.refused.add(id));
    expect(await refusing.apply()).toMatchObject({failed: 12});
    const failing = new Company().plan(team, [['join', some(0, 12)]]);
    failing.ports.memberships.faults.set('team', {code: 'database_failed'});
    await expect(failing.apply()).rejects.toMatchObject({fault: {code: 'too_many_failures'}});
});

describe('the last admin of a target', () => {
    function led(does: Does): Company {
        const company = new Company().plan(team, does);
        company.ports.memberships.admins.set('team', new Set([USERS[0]!, USERS[1]!]));
        company.ports.memberships.members.set('team', new Set([USERS[0]!, USERS[1]!, USERS[2]!]));
        company.ports.memberships.targetsOfServer = [{...team}];
        return company;
    }

    test('keeps the role', async () => {
        const company = led([['demote', [0, 1]]]);
        await company.apply();
        expect(company.ended).toEqual(['done', 'last_admin']);
    });

    test('stays in the target, and others leave', async () => {
        const company = led([['leave', [0, 1, 2]]]);
        await company.apply();
        expect(company.ended).toEqual(['done', 'last_admin', 'done']);
        expect(company.members('team')).toEqual([USERS[1]]);
    });
});

describe('a system role', () => {
    function holders(role: string): Company {
        const company = new Company().plan({...team, id: role, kind: 'system_role', name: role, room: null}, [['promote', [2]], ['demote', [0, 1, 2]]]);
        company.ports.memberships.admins.set(role, new Set([USERS[0]!, USERS[1]!]));
        return company;
    }

    test('is given and taken away like the role of an admin, and can end for all users', async () => {
        const company = holders('system_manager');
        expect(await company.apply()).toMatchObject({promoted: 1, demoted: 3, failed: 0});
        expect(company.ports.memberships.calls).toEqual(['promote system_manager', 'demote system_manager']);
    });

    test('of a system admin stays with the last one', async () => {
        const company = holders('system_admin');
        await company.apply();
        expect(company.ended).toEqual(['done', 'done', 'done', 'last_admin']);
    });
});

describe('targets that do not exist', () => {
    const create = {name: 'new', display_name: 'New', is_open: true};
    const newTeam = {...team, id: '', name: 'corp'};
    const newChannel = {...channel, id: '', team_id: ''};

    test('are created before users join, the team before its channel', async () => {
        const company = new Company().plan(newTeam, [['join', [0]]], create).plan(newChannel, [['join', [0]]], {...create, name: 'sales'});
        expect(await company.apply()).toMatchObject({joined: 2, failed: 0});
        const [made, room] = company.ports.memberships.targetsOfServer;
        expect([made, room].map((target) => [target!.kind, target!.name, target!.team_id])).toEqual([['team', 'new', ''], ['channel', 'sales', made!.id]]);
        expect(company.members(room!.id)).toEqual([USERS[0]]);
        expect([...company.ports.memberships.known.keys()]).toEqual([`${made!.id} ${USERS[0]}`, `${room!.id} ${USERS[0]}`]);
    });

    test('are not created without users', async () => {
        const company = new Company().plan(newTeam, [], create);
        await company.apply();
        expect(company.ports.memberships.calls).toEqual([]);
    });

    test('whose name is taken are a fault of all their lines, and those of their channels', async () => {
        const company = new Company().plan(newTeam, [['join', [0, 1]], ['promote', [0]]], create).plan(newChannel, [['join', [0]]], {...create, name: 'sales'});
        company.ports.memberships.targetsOfServer.push({...team, id: 'other', name: 'new'});
        expect(await company.apply()).toMatchObject({joined: 0, failed: 4});
        expect(new Set(company.ended)).toEqual(new Set(['target_name_taken']));
        expect(company.ports.memberships.calls).toEqual(['create team corp']);
    });
});

describe('what members see', () => {
    const quietOf = async (memberships: object) => {
        const company = new Company().plan(team, [['join', [0]], ['leave', [1]]]);
        const asked: boolean[] = [];
        const {join, leave} = company.ports.memberships;
        company.ports.memberships.join = (request) => (asked.push((request as never as {is_quiet: boolean}).is_quiet), join.call(company.ports.memberships, request));
        company.ports.memberships.leave = (request) => (asked.push((request as never as {is_quiet: boolean}).is_quiet), leave.call(company.ports.memberships, request));
        await company.apply(memberships);
        return [asked, company.ports.memberships.posts.length];
    };

    test('is nothing, the posts of the server, or one post', async () => {
        expect(await quietOf({})).toEqual([[true, true], 0]);
        expect(await quietOf({announce: 'posts'})).toEqual([[false, false], 0]);
        expect(await quietOf({announce: 'digest'})).toEqual([[true, true], 1]);
    });

    test('is one post for each target, with the number and the first names, in the language of the server', async () => {
        const company = new Company().plan(team, [['join', some(0, 12)], ['leave', [1]]]).plan(channel, [['join', [3]]]).
            plan({...channel, id: 'square', is_default_channel: true}, [['join', [0]]]);
        company.ports.memberships.locale = 'ko-KR';
        await company.apply({announce: 'digest'});
        const [ofTeam, ofChannel] = company.ports.memberships.posts;
        expect(company.ports.memberships.posts).toHaveLength(2);
        expect(ofTeam!.text).toMatch(/^사용자 12명이 참여했습니다: `name-of-account00`, .*`name-of-account09` 외 2명\n사용자 1명이 나갔습니다: `name-of-account01`$/);
        expect(ofChannel).toEqual({target_id: 'channel', text: '사용자 1명이 참여했습니다: `name-of-account03`'});
        expect(ofTeam!.text).not.toContain('@');
    });

    test('fails no run when the post cannot be written', async () => {
        const company = new Company().plan(team, [['join', [0]]]);
        company.ports.memberships.announce = () => {
            throw new SyncError({code: 'mattermost_refused'});
        };
        expect(await company.apply({announce: 'digest'})).toMatchObject({joined: 1, failed: 0});
    });
});
