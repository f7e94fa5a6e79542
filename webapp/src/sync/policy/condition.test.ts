import {parsePolicy} from './parse';

const group = (number: number) => `bbbbbbbb-0000-4000-8000-${String(number).padStart(12, '0')}`;
const groups = (count: number) => Array.from({length: count}, (_, at) => group(at));
const asking = (...when: object[]) => ({rules: when.map((one) => ({name: 'R', effect: 'allow', when: one}))});
const pathsOf = (scope: object) => parsePolicy({scope}).faults.map(({path}) => path);

test.each<[string, object, string[]]>([
    ['a name for a group', {allow: {groups: [group(1), 'Designers']}}, ['Policy.scope.allow.groups[1]']],
    ['an id that is too long', {deny: {groups: [`${group(1)}0`]}}, ['Policy.scope.deny.groups[0]']],
    ['101 groups', {deny: {groups: groups(101)}}, ['Policy.scope.deny.groups']],
    ['a name in a rule', asking({any: [{member_of: 'Designers'}]}), ['Policy.scope.rules[0].when.any[0].member_of']],
    ['no group in a rule', asking({member_of: null}), ['Policy.scope.rules[0].when.member_of']],
    ['a group and a comparison at once', asking({member_of: group(1), attribute: 'city', operator: 'is_empty'}), ['Policy.scope.rules[0].when.attribute']],
    ['101 groups in all rules', asking({any: groups(100).map((member_of) => ({member_of}))}, {member_of: group(100)}), ['Policy.scope.rules']],
])('%s is refused', (_, scope, paths) => {
    expect(pathsOf(scope)).toEqual(paths);
});

test('a hundred groups in a list, and as many in the rules, can be repeated and in any letter case', () => {
    const any = groups(100).map((member_of) => ({member_of}));
    expect(pathsOf({deny: {groups: groups(100)}, ...asking({any}, {any: any.slice(50)}, {member_of: group(7).toUpperCase()})})).toEqual([]);
});

test('blanks around a group are taken off', () => {
    expect(parsePolicy({scope: {allow: {groups: [` ${group(1)} `]}}}).policy!.scope.allow.groups).toEqual([group(1)]);
});
