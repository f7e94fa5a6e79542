import {parsePolicy} from '../policy/parse';

import {groupsOfScope} from './groups';

const ids = [1, 2, 3, 4].map((number) => `bbbbbbbb-0000-4000-8000-00000000000${number}`) as [string, string, string, string];

function namedBy(scope: object) {
    return groupsOfScope(parsePolicy({scope}).policy!.scope);
}

test('names the groups of lists and rules, however deep, with their places', () => {
    const when = {all: [{attribute: 'city', operator: 'is_empty'}, {any: [{member_of: ids[2]}, {member_of: ids[3]}]}]};
    expect(namedBy({allow: {groups: [ids[0]]}, deny: {groups: [ids[1]]}, rules: [{name: 'R', effect: 'allow', when}]})).toEqual([
        {group: ids[1], path: 'Policy.scope.deny.groups[0]'},
        {group: ids[0], path: 'Policy.scope.allow.groups[0]'},
        {group: ids[2], path: 'Policy.scope.rules[0].when.all[1].any[0].member_of'},
        {group: ids[3], path: 'Policy.scope.rules[0].when.all[1].any[1].member_of'},
    ]);
});

test('names each group once, however its id is written', () => {
    expect(namedBy({allow: {groups: [ids[0], ids[0].toUpperCase()]}, rules: [{name: 'R', effect: 'deny', when: {member_of: ids[0]}}]})).
        toEqual([{group: ids[0], path: 'Policy.scope.allow.groups[0]'}]);
});

test('passes over rules that are switched off', () => {
    expect(namedBy({rules: [{name: 'R', effect: 'deny', enabled: false, when: {member_of: ids[0]}}]})).toEqual([]);
});
