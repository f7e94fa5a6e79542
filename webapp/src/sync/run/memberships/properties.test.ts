import fc from 'fast-check';

import type {MembershipTarget} from '../../memberships/shapes';
import {smallScene} from '../../testing/guards';
import {MemoryPorts} from '../../testing/memory_ports';
import {directoryUser, objectId} from '../../testing/people';
import {MINUTE_MS} from '../../time';
import type {DirectoryUser, RunRequest} from '../../types';
import {run} from '../run';

const TEAM = 'teamteamteamteamteamteam26';
const OTHER_TEAM = 'otherteamotherteamother26x';
const CHANNEL = 'channelchannelchannelchann';
const SIZE = 5;
const GROUPS = [objectId(901), objectId(902)];

const TARGET: MembershipTarget = {
    id: TEAM, kind: 'team', team_id: '', team_name: '', name: 'corp', display_name: 'Corp', is_archived: false, is_group_constrained: false,
    is_access_controlled: false, is_default_channel: false, members: 0, admins: 0, room: null,
};

/** What the directory says about each user, by number, and the members of the groups; null for a group that cannot be read. */
interface Directory {
    departments: Array<string | null | undefined>;
    groups: Array<number[] | null>;
}

const users = fc.uniqueArray(fc.nat(SIZE - 1), {maxLength: SIZE});
const department = fc.constantFrom('Sales', 'sales', '영업부', '', null);
const readable: fc.Arbitrary<Directory> = fc.record({
    departments: fc.array(department, {minLength: SIZE, maxLength: SIZE}),
    groups: fc.array(users, {minLength: GROUPS.length, maxLength: GROUPS.length}),
});

const who = fc.constantFrom(
    {everyone: true}, {groups: [GROUPS[0]]}, {groups: GROUPS}, {when: {attribute: 'department', operator: 'equals', value: 'sales'}},
    {when: {any: [{member_of: GROUPS[1]}, {attribute: 'department', operator: 'is_empty'}]}});
const place = fc.constantFrom(
    {team: {id: TEAM}}, {team: {id: TEAM}, channel: {id: CHANNEL}}, {team: {id: OTHER_TEAM}}, {team: {create: {name: 'made', display_name: 'Made'}}});
const forEach = {for_each: {attribute: 'department'}, join: [{team: {id: TEAM}, channel: {create: {name: 'dept-{value}', display_name: '{value}'}}}]};
const options = fc.record({
    role: fc.constantFrom('member', 'member', 'admin'),
    removal: fc.constantFrom('never', 'added_by_sync', 'added_by_sync', 'everyone'),
    enabled: fc.constantFrom(true, true, true, false),
    ending: fc.constantFrom(false, false, false, true),
});
const rule = fc.tuple(who, options, fc.oneof(fc.array(place, {minLength: 1, maxLength: 2}).map((join) => ({join})), fc.constant(forEach))).
    map(([users_of, rest, where]) => ({who: users_of, ...rest, ...where}));
const rules = fc.array(rule, {minLength: 1, maxLength: 4}).map((list) => list.map((each, at) => ({id: `r${at}`, name: `Rule ${at}`, ...each})));
type Rules = typeof rules extends fc.Arbitrary<infer T> ? T : never;

/** Who is added to and removed from the targets by hand between runs, as a number of a user. */
const byHand = fc.array(fc.record({target: fc.constantFrom(TEAM, CHANNEL, OTHER_TEAM), user: fc.nat(SIZE - 1), what: fc.constantFrom('add', 'remove', 'promote')}), {maxLength: 6});
type ByHand = typeof byHand extends fc.Arbitrary<infer T> ? T : never;

const rejoin = fc.constantFrom('respect', 'always');

const apply = (list: Rules, memberships: object = {}): RunRequest => ({mode: 'apply', user: '', by_admin: true, policy: JSON.stringify({
    scope: {everyone: true}, guard: {...smallScene, leaves: {more_than: 1000, max_percent: 100}, leaves_per_target: {more_than: 1000, max_percent: 100}},
    memberships: {rules: list, ...memberships}})});

/** Accounts exist and are linked after a first run without rules. */
async function stage(directory: Directory): Promise<MemoryPorts> {
    const ports = new MemoryPorts();
    ports.now = 1_000 * MINUTE_MS;
    ports.memberships.targetsOfServer = [{...TARGET}, {...TARGET, id: CHANNEL, kind: 'channel', team_id: TEAM, name: 'town'}, {...TARGET, id: OTHER_TEAM, name: 'other'}];
    say(ports, directory);
    await run(apply([]), ports);
    return ports;
}

function say(ports: MemoryPorts, {departments, groups}: Directory): void {
    ports.users = departments.map((value, at) => userOf(at, value));
    ports.groups = Object.fromEntries(groups.flatMap((members, at) => (members ? [[GROUPS[at]!, members.map(objectId)]] : [])));
}

function userOf(number: number, value: string | null | undefined): DirectoryUser {
    return directoryUser(number, value === undefined ? {} : {department: value});
}

const accountOf = (ports: MemoryPorts, number: number) => ports.stored.find(({linked_object_id}) => linked_object_id === objectId(number))!.id;

function meddle(ports: MemoryPorts, changes: ByHand): void {
    const {members, admins} = ports.memberships;
    const setOf = (sets: Map<string, Set<string>>, target: string) => sets.get(target) ?? sets.set(target, new Set()).get(target)!;
    for (const {target, user, what} of changes) {
        const account = accountOf(ports, user);
        if (what === 'remove') {
            setOf(members, target).delete(account);
            setOf(admins, target).delete(account);
        } else {
            setOf(members, target).add(account);
            if (what === 'promote') {
                setOf(admins, target).add(account);
            }
        }
    }
}

async function later(ports: MemoryPorts, request: RunRequest) {
    ports.now += 30 * MINUTE_MS;
    ports.history = [];
    return run(request, ports);
}

/** Everyone who is in a target, with the role, as `target user role`. */
function inTargets({memberships: {members, admins, targetsOfServer}, stored}: MemoryPorts): string[] {
    const nameOf = (id: string) => targetsOfServer.find((target) => target.id === id)!.name;
    return [...members].flatMap(([target, accounts]) => [...accounts].map((id) => (
        `${nameOf(target)} ${stored.find((each) => each.id === id)!.linked_object_id} ${admins.get(target)?.has(id) ? 'admin' : 'member'}`))).sort();
}

const changesOf = ({history}: MemoryPorts) => history.filter(({action}) => ['join', 'leave', 'promote', 'demote'].includes(action));
const removals = (ports: MemoryPorts) => changesOf(ports).filter(({action, status}) => (action === 'leave' || action === 'demote') && status !== 'held');

const world = fc.record({first: readable, second: readable, list: rules, hand: byHand, memberships: fc.record({rejoin})});

test('the order of rules, users, and answers does not matter', async () => {
    const shuffled = world.chain((each) => fc.tuple(fc.constant(each), fc.shuffledSubarray(each.list, {minLength: each.list.length})));
    await fc.assert(fc.asyncProperty(shuffled, async ([{first, second, list, hand, memberships}, other]) => {
        const play = async (order: Rules, isReversed: boolean) => {
            const ports = await stage(first);
            const runs = async (directory: Directory) => {
                say(ports, directory);
                if (isReversed) {
                    ports.users.reverse();
                    Object.values(ports.groups).forEach((members) => members.reverse());
                }
                for (let times = 0; times < 3; times++) {
                    await later(ports, apply(order, memberships));
                }
            };
            await runs(first);
            meddle(ports, hand);
            await runs(second);
            return inTargets(ports);
        };
        expect(await play(other, true)).toEqual(await play(list, false));
    }), {numRuns: 60});
});

test('after a run, another one at once changes nothing', async () => {
    await fc.assert(fc.asyncProperty(world, async ({first, second, list, hand, memberships}) => {
        const ports = await stage(first);
        await later(ports, apply(list, memberships));
        meddle(ports, hand);
        say(ports, second);
        for (let times = 0; times < 3; times++) {
            await later(ports, apply(list, memberships));
            const before = inTargets(ports);
            ports.history = [];
            const {counts} = await run(apply(list, memberships), ports);
            expect(counts).toMatchObject({joined: 0, left: 0, promoted: 0, demoted: 0, failed: 0});
            expect(inTargets(ports)).toEqual(before);
        }
    }), {numRuns: 60});
});

test('a group that cannot be read, and an attribute that is not sent, remove no one', async () => {
    const silent: fc.Arbitrary<Directory> = fc.constant({departments: Array<undefined>(SIZE).fill(undefined), groups: GROUPS.map(() => null)});
    const attributes = rules.map((list) => list.filter(({who: users_of}) => !('everyone' in users_of)).map((each) => ({...each, ending: false})));
    await fc.assert(fc.asyncProperty(readable, silent, attributes, byHand, async (first, second, list, hand) => {
        const ports = await stage(first);
        await later(ports, apply(list));
        meddle(ports, hand);
        say(ports, second);
        for (let times = 0; times < 3; times++) {
            await later(ports, apply(list));
            expect(removals(ports)).toEqual([]);
        }
    }), {numRuns: 60});
});

test('rules with the removal never take neither memberships nor roles', async () => {
    const harmless = rules.map((list) => list.map((each) => ({...each, removal: 'never' as const, ending: false})));
    await fc.assert(fc.asyncProperty(readable, readable, harmless, byHand, async (first, second, list, hand) => {
        const ports = await stage(first);
        await later(ports, apply(list));
        meddle(ports, hand);
        say(ports, second);
        for (let times = 0; times < 3; times++) {
            await later(ports, apply(list));
            expect(removals(ports)).toEqual([]);
        }
    }), {numRuns: 60});
});

test('a run for one user and a single full run remove no one', async () => {
    await fc.assert(fc.asyncProperty(world, fc.nat(SIZE - 1), async ({first, second, list, hand, memberships}, user) => {
        const ports = await stage(first);
        await later(ports, apply(list, memberships));
        meddle(ports, hand);
        await later(ports, apply(list, memberships));
        say(ports, second);
        const seen = new Set([...ports.memberships.known].filter(([, known]) => known.unwanted_since + known.role_unwanted_since > 0).map(([key]) => key));
        await later(ports, {...apply(list, memberships), user: objectId(user)});
        expect(removals(ports)).toEqual([]);
        await later(ports, apply(list, memberships));
        expect(removals(ports).filter(({account_id, reason_params}) => !seen.has(`${String(reason_params!.target_id)} ${account_id}`))).toEqual([]);
    }), {numRuns: 60});
});

test('no run takes the last admin of a target, a member whom others added without a rule that says everyone, or a role that others gave', async () => {
    await fc.assert(fc.asyncProperty(world, async ({first, second, list, hand, memberships}) => {
        const ports = await stage(first);
        const {members, admins} = ports.memberships;
        const removesEveryone = list.some(({removal, enabled, ending}) => removal === 'everyone' && enabled && !ending);
        const given = {members: new Set<string>(), admins: new Set<string>()};
        const runAndCompare = async () => {
            const before = {members: keysOf(members), admins: keysOf(admins)};
            await later(ports, apply(list, memberships));
            const after = {members: keysOf(members), admins: keysOf(admins)};
            const lost = {members: without(before.members, after.members), admins: without(before.admins, after.admins)};
            expect(lost.members.filter((key) => !removesEveryone && !given.members.has(key) && !isLostWithTeam(key, lost.members, ports))).toEqual([]);
            expect(lost.admins.filter((key) => !lost.members.includes(key) && !given.admins.has(key))).toEqual([]);
            expect(without(targetsIn(before.admins), targetsIn(after.admins)).filter((target) => isManaged(target, list))).toEqual([]);
            without(after.members, before.members).forEach((key) => given.members.add(key));
            without(after.admins, before.admins).forEach((key) => given.admins.add(key));
        };
        await runAndCompare();
        meddle(ports, hand);
        say(ports, second);
        await runAndCompare();
        await runAndCompare();
        await runAndCompare();
        expect(without(keysOf(admins), keysOf(members))).toEqual([]);
    }), {numRuns: 60});
});

function keysOf(sets: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
    return new Set([...sets].flatMap(([target, accounts]) => [...accounts].map((account) => `${target} ${account}`)));
}

/** Who leaves a team leaves its channels. */
function isLostWithTeam(key: string, lost: readonly string[], {memberships: {targetsOfServer}}: MemoryPorts): boolean {
    const [target, account] = key.split(' ');
    return lost.includes(`${targetsOfServer.find(({id}) => id === target)!.team_id} ${account}`);
}

/** A channel that no rule names can lose its last admin with the team. */
function isManaged(target: string, list: Rules): boolean {
    return target !== CHANNEL || list.some(({enabled, join}) => enabled && JSON.stringify(join).includes(CHANNEL));
}

function targetsIn(keys: ReadonlySet<string>): Set<string> {
    return new Set([...keys].map((key) => key.split(' ')[0]!));
}

function without(keys: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
    return [...keys].filter((key) => !others.has(key));
}
