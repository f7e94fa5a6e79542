import {parsePolicy} from './parse';

const TEAM = {id: 'teamteamteamteamteamteam26'};
const CHANNEL = {id: 'channelchannelchannelchann'};
const everyone = {everyone: true};
const created = (name: string) => ({create: {name, display_name: 'X'}});

/** The paths of faults within the first rule, with the kind of each. */
function faultsOf(...rules: object[]): string[] {
    const {faults} = parsePolicy({memberships: {rules: rules.map((rule, at) => ({id: `r${at}`, name: 'R', ...rule}))}});
    return faults.map(({path, params}) => [path!.replace('Policy.memberships.rules[0].', ''), params?.problem].filter(Boolean).join(' '));
}

describe('a fault of a rule for teams and channels names the field', () => {
    test.each<[string, object, string[]]>([
        ['no target', {who: everyone, join: []}, ['join length']],
        ['no team', {who: everyone, join: [{team: {id: ''}}]}, ['join[0].team.id']],
        ['no channel', {who: everyone, join: [{team: TEAM, channel: {id: ''}}]}, ['join[0].channel.id']],
        ['empty names', {who: everyone, join: [{team: created('')}]}, ['join[0].team.create.name']],
        ['a misspelt key of a new team', {who: everyone, join: [{team: {create: {name: 'a', display_name: 'A', opened: true}}}]}, ['join[0].team.create.opened unknown_key']],
        ['a name of the wrong type', {who: everyone, join: [{team: TEAM, channel: {create: {name: 1, display_name: 'A'}}}]}, ['join[0].channel.create.name kind']],
        ['no groups', {who: {groups: []}, join: [{team: TEAM}]}, ['who.groups length']],
        ['a group by its name', {who: {groups: ['Staff']}, join: [{team: TEAM}]}, ['who.groups[0]']],
        ['an empty comparison', {who: {when: {all: [{attribute: '', operator: 'equals', value: ''}]}}, join: [{team: TEAM}]},
            ['who.when.all[0].attribute choice', 'who.when.all[0].value length']],
        ['no users', {join: [{team: TEAM}]}, ['who without_who']],
        ['no attribute', {who: everyone, for_each: {attribute: ''}, join: [{team: created('{value}')}]}, ['for_each.attribute choice']],
        ['no prefix', {for_each: {groups_starting_with: ''}, join: [{team: created('{value}')}]}, ['for_each.groups_starting_with length']],
        ['one target for all values', {who: everyone, for_each: {attribute: 'department'}, join: [{team: TEAM, channel: CHANNEL}]}, ['join without_value']],
        ['a value without values', {who: everyone, join: [{team: created('{value}')}]}, ['join stray_value']],
    ])('%s', (_, rule, expected) => {
        expect(faultsOf(rule)).toEqual(expected);
    });

    test('two rules with the same ID', () => {
        const rule = {id: 'same', who: everyone, join: [{team: TEAM}]};
        expect(faultsOf(rule, rule)).toEqual(['Policy.memberships.rules same_id']);
    });
});
