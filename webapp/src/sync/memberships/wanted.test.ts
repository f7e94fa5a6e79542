import {parsePolicy} from '../policy/parse';
import {groupMembersOf} from '../scope/group_members';
import type {DirectoryUser} from '../types';

import {Bits} from './bits';
import {makePlacer} from './placement';
import {targetRules} from './target_rules';
import {wantedTargets, type DirectoryFacts, type NamedGroup} from './wanted';

const TEAM = 'teamteamteamteamteamteam26';
const GROUPS = {
    staff: '00000000-0000-4000-8000-000000000001',
    leads: '00000000-0000-4000-8000-000000000002',
    apollo: '00000000-0000-4000-8000-000000000003',
    gemini: '00000000-0000-4000-8000-000000000004',
};

const users: DirectoryUser[] = [
    {id: 'ann', department: 'Sales', jobTitle: 'Lead'},
    {id: 'ben', department: 'sales ', jobTitle: 'Agent'},
    {id: 'cho', department: '영업부', jobTitle: 'Agent'},
    {id: 'dan', department: null, jobTitle: 'Lead'},
    {id: 'eva', jobTitle: 'Agent'},
];
const members: Record<string, string[]> = {[GROUPS.staff]: ['ann', 'ben', 'cho'], [GROUPS.leads]: ['ann', 'dan'], [GROUPS.apollo]: ['ben', 'eva'], [GROUPS.gemini]: []};
const named: NamedGroup[] = [{id: GROUPS.apollo, name: 'MM-Apollo'}, {id: GROUPS.gemini, name: 'MM-Gemini'}];

interface Unread {
    groups?: string[];
    names?: boolean;
    values?: DirectoryFacts['values'];
}

function wanted(rules: object[], {groups: unreadGroups = [], names = true, values = []}: Unread = {}) {
    const {policy, faults} = parsePolicy({memberships: {rules: rules.map((rule, at) => ({id: `r${at}`, name: `Rule ${at}`, ...rule}))}});
    expect(faults).toEqual([]);
    const place = makePlacer(targetRules(policy!), groupMembersOf(members));
    const ids = users.map(({id}) => id);
    const targets = wantedTargets(targetRules(policy!), {
        object_ids: ids,
        placements: users.map(place),
        membersOf: (group) => {
            const bits = new Bits(ids.length);
            members[group]?.forEach((id) => bits.add(ids.indexOf(id)));
            return unreadGroups.includes(group) ? null : bits;
        },
        groupsStartingWith: (prefix) => (names ? named.filter(({name}) => name.startsWith(prefix)) : null),
        values,
    });
    const idsOf = (bits: Bits) => bits.list().map((at) => ids[at]!);
    return Object.fromEntries([...targets].map(([key, target]) => [key, {
        users: Object.fromEntries(target.rules.map((rule) => [rule.rule_id, idsOf(rule.users)])),
        unknown: idsOf(target.unknown),
    }]));
}

const team = {id: TEAM};
const channelFor = (name: string) => ({team, channel: {create: {name, display_name: '{value}'}}});

describe('who should be in which team and channel', () => {
    test('all users in scope', () => {
        expect(wanted([{who: {everyone: true}, join: [{team}]}])).toEqual({[`team ${TEAM}`]: {users: {r0: ['ann', 'ben', 'cho', 'dan', 'eva']}, unknown: []}});
    });

    test('members of groups, and of a channel its team as well', () => {
        const id = 'channelchannelchannelchann';
        const expected = {users: {r0: ['ann', 'ben', 'cho', 'dan']}, unknown: []};
        expect(wanted([{who: {groups: [GROUPS.staff, GROUPS.leads]}, join: [{team, channel: {id}}]}])).toEqual({[`team ${TEAM}`]: expected, [`channel ${id}`]: expected});
    });

    test('a channel for each department, upper and lower case alike, and no channel for none', () => {
        const targets = wanted([{who: {everyone: true}, for_each: {attribute: 'department'}, join: [channelFor('dept-{value}')]}]);
        expect(targets[`team ${TEAM} channel dept-{value} = sales`]).toEqual({users: {r0: ['ann', 'ben']}, unknown: ['eva']});
        expect(targets[`team ${TEAM} channel dept-{value} = 영업부`]).toEqual({users: {r0: ['cho']}, unknown: ['eva']});
        expect(targets[`team ${TEAM}`]).toEqual({users: {r0: ['ann', 'ben', 'cho']}, unknown: ['eva']});
        expect(Object.keys(targets)).toHaveLength(3);
    });

    test('a condition within a rule for each department', () => {
        const when = {attribute: 'jobTitle', operator: 'equals', value: 'lead'};
        const targets = wanted([{who: {when}, for_each: {attribute: 'department'}, join: [channelFor('dept-{value}')]}]);
        expect(targets[`team ${TEAM} channel dept-{value} = sales`]!.users).toEqual({r0: ['ann']});
    });

    test('a team for each group whose name begins with a prefix', () => {
        const targets = wanted([{for_each: {groups_starting_with: 'MM-'}, join: [{team: {create: {name: '{value}', display_name: '{value}'}}}]}]);
        expect(targets).toEqual({
            [`team {value} # ${GROUPS.apollo}`]: {users: {r0: ['ben', 'eva']}, unknown: []},
            [`team {value} # ${GROUPS.gemini}`]: {users: {r0: []}, unknown: []},
        });
    });

    test('several rules for one target, each with its users', () => {
        const targets = wanted([
            {who: {everyone: true}, for_each: {attribute: 'department'}, join: [channelFor('dept-{value}')]},
            {who: {groups: [GROUPS.leads]}, for_each: {attribute: 'department'}, join: [channelFor('dept-{value}')], role: 'admin'},
        ]);
        expect(targets[`team ${TEAM} channel dept-{value} = sales`]!.users).toEqual({r0: ['ann', 'ben'], r1: ['ann']});
    });

    test('a rule that is off has no targets', () => {
        expect(wanted([{enabled: false, who: {everyone: true}, join: [{team}]}])).toEqual({});
    });
});

describe('what could not be read', () => {
    test('of a group leaves all users unknown, whatever other groups say', () => {
        const targets = wanted([{who: {groups: [GROUPS.staff, GROUPS.leads]}, join: [{team}]}], {groups: [GROUPS.leads]});
        expect(targets[`team ${TEAM}`]).toEqual({users: {r0: ['ann', 'ben', 'cho']}, unknown: ['ann', 'ben', 'cho', 'dan', 'eva']});
    });

    test('of one group of a prefix leaves the other groups known', () => {
        const targets = wanted([{for_each: {groups_starting_with: 'MM-'}, join: [{team: {create: {name: '{value}', display_name: '{value}'}}}]}], {groups: [GROUPS.gemini]});
        expect(targets[`team {value} # ${GROUPS.apollo}`]!.unknown).toEqual([]);
        expect(targets[`team {value} # ${GROUPS.gemini}`]!.unknown).toHaveLength(5);
    });

    const apollo = {key: `# ${GROUPS.apollo}`, text: 'Apollo'};
    const projects = {for_each: {groups_starting_with: 'MM-'}, join: [{team: {create: {name: '{value}', display_name: '{value}'}}}]};

    test('of the names of groups leaves the targets that were created unknown', () => {
        expect(wanted([projects], {names: false, values: [apollo]})).toEqual({
            [`team {value} ${apollo.key}`]: {users: {r0: []}, unknown: ['ann', 'ben', 'cho', 'dan', 'eva']}});
    });
});

test('a target whose value no one has any longer is wanted by no one', () => {
    const rule = {who: {everyone: true}, for_each: {attribute: 'department'}, join: [channelFor('dept-{value}')]};
    const targets = wanted([rule], {values: [{key: '= legal', text: 'Legal'}, {key: '= sales', text: 'Sales'}]});
    expect(targets[`team ${TEAM} channel dept-{value} = legal`]).toEqual({users: {r0: []}, unknown: ['eva']});
    expect(targets[`team ${TEAM} channel dept-{value} = sales`]!.users).toEqual({r0: ['ann', 'ben']});
});

test('what another rule with the same template has is not lost to a rule that never had it', () => {
    const project = (prefix: string) => ({for_each: {groups_starting_with: prefix}, join: [{team: {create: {name: '{value}', display_name: '{value}'}}}]});
    const targets = wanted([project('MM-'), project('PX-')], {values: [{key: `# ${GROUPS.apollo}`, text: 'Apollo'}]});
    expect(targets[`team {value} # ${GROUPS.apollo}`]!.users).toEqual({r0: ['ben', 'eva']});
});

test('a rule goes on answering for a value that no user of it has any longer, though another rule has the value', () => {
    const lead = {when: {attribute: 'jobTitle', operator: 'equals', value: 'director'}};
    const rule = {who: {everyone: true}, for_each: {attribute: 'department'}, join: [channelFor('dept-{value}')]};
    const targets = wanted([rule, {...rule, who: lead, role: 'admin'}], {values: [{key: '= sales', text: 'Sales'}]});
    expect(targets[`team ${TEAM} channel dept-{value} = sales`]!.users).toEqual({r0: ['ann', 'ben'], r1: []});
});
