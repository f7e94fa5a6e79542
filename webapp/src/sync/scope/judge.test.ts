import fc from 'fast-check';

import {readableAttributes} from '../policy/attributes';
import {parsePolicy} from '../policy/parse';
import type {PolicyInput} from '../policy/policy';
import {directoryUser} from '../testing/people';
import type {DirectoryUser} from '../types';

import {makeJudge, type Judge} from './judge';
import {groupMembersOf} from './group_members';

type Scope = NonNullable<PolicyInput['scope']>;

/** Invented groups and their members, by the ids of the users below. */
const [FEW, MANY, EMPTY] = ['1', '2', '3'].map((digit) => `bbbbbbbb-0000-4000-8000-00000000000${digit}`) as [string, string, string];
const groups = {[FEW]: ['Lee'], [MANY]: ['kim', 'LEE', 'park', '1'], [EMPTY]: []};

function judgeOf(scope: Scope): Judge {
    const {policy, faults} = parsePolicy({scope});
    expect(faults).toEqual([]);
    return makeJudge(policy!.scope, groupMembersOf(groups));
}

const word = fc.constantFrom('kim', 'Lee', 'park', '김', '1');
const address = fc.tuple(word, word).map(([local, domain]) => `${local}@${domain}.example`);
const attribute = fc.constantFrom('city', 'department', 'otherMails', 'accountEnabled', 'onPremisesExtensionAttributes.extensionAttribute1');
const group = fc.constantFrom(FEW, MANY, EMPTY, FEW.toUpperCase());
const comparison = fc.oneof(
    fc.record({attribute, operator: fc.constantFrom('equals', 'not_equals', 'contains', 'starts_with', 'ends_with', 'matches'), value: word, case_sensitive: fc.boolean()}),
    fc.record({attribute, operator: fc.constant('one_of'), values: fc.array(word, {minLength: 1, maxLength: 3})}),
    fc.record({attribute, operator: fc.constantFrom('is_empty', 'is_not_empty')}),
    fc.record({member_of: group}),
);
const when = fc.letrec((tie) => ({
    condition: fc.oneof({depthSize: 'small', maxDepth: 3}, comparison, fc.record({all: tie('parts')}), fc.record({any: tie('parts')})),
    parts: fc.array(tie('condition'), {minLength: 1, maxLength: 3}),
})).condition;
const lists = fc.record({
    display_name_contains: fc.array(word, {maxLength: 2}),
    email: fc.array(address, {maxLength: 2}),
    email_domain: fc.array(word.map((name) => `${name}.example`), {maxLength: 2}),
    object_id: fc.array(fc.constantFrom('kim', '1'), {maxLength: 2}),
    people: fc.array(fc.oneof(address, word), {maxLength: 2}),
    groups: fc.array(group, {maxLength: 2}),
}, {requiredKeys: []});
const rules = fc.array(fc.record({name: word, effect: fc.constantFrom('allow', 'deny'), enabled: fc.boolean(), when}), {maxLength: 4});
const scopes = fc.record({allow: lists, deny: lists, rules, everyone: fc.boolean(), guests: fc.boolean()}, {requiredKeys: []}) as fc.Arbitrary<Scope>;

const text = fc.oneof(word, address, fc.constant(null));
const users = fc.record({
    id: word,
    displayName: text,
    mail: text,
    userPrincipalName: text,
    userType: fc.constantFrom('Member', 'Guest', null),
    city: text,
    department: text,
    accountEnabled: fc.boolean(),
    otherMails: fc.array(address, {maxLength: 2}),
    onPremisesExtensionAttributes: fc.oneof(fc.constant(null), fc.record({extensionAttribute1: text})),
}) as fc.Arbitrary<DirectoryUser>;

test('denying wins: with everyone in scope, a denied user is out of scope', () => {
    fc.assert(fc.property(scopes, users, (scope, user) => {
        const denials = {deny: scope.deny ?? {}, rules: (scope.rules ?? []).map((rule) => (rule.effect === 'deny' ? rule : {...rule, enabled: false}))};
        const isDenied = !judgeOf({...denials, everyone: true, guests: true})(user).in;
        const verdict = judgeOf(scope)(user);
        expect(verdict.in && isDenied).toBe(false);
        expect(judgeOf({...scope, everyone: true, guests: true})(user).in).toBe(!isDenied);
    }));
});

test('a judge remembers nothing of the users before', () => {
    fc.assert(fc.property(scopes, fc.array(users, {maxLength: 6}), (scope, people) => {
        const judge = judgeOf(scope);
        const forth = people.map((user) => judge(user));
        const back = [...people].reverse().map((user) => judge(user)).reverse();
        expect(forth).toEqual(back);
        expect(forth).toEqual(people.map((user) => judgeOf(scope)(user)));
    }));
});

test('the order of rules, entries and members decides who is named, never who is in', () => {
    fc.assert(fc.property(scopes, users, (scope, user) => {
        const backwards = <T>(list: T[] | undefined): T[] => [...list ?? []].reverse();
        const turn = (entries: Scope['allow']) => Object.fromEntries(Object.entries(entries ?? {}).map(([kind, list]) => [kind, backwards(list)]));
        const turned = {...scope, allow: turn(scope.allow), deny: turn(scope.deny), rules: backwards(scope.rules)};
        const members = Object.fromEntries(backwards(Object.entries(groups)).map(([id, ids]) => [id, backwards(ids)]));
        expect(makeJudge(parsePolicy({scope: turned}).policy!.scope, groupMembersOf(members))(user).in).toBe(judgeOf(scope)(user).in);
    }));
});

test('a policy that allows nothing has no user in scope, whatever it denies', () => {
    fc.assert(fc.property(scopes, users, (scope, user) => {
        const rules = (scope.rules ?? []).map((rule) => ({...rule, effect: 'deny' as const}));
        expect(judgeOf({deny: scope.deny ?? {}, rules, guests: scope.guests ?? false})(user).in).toBe(false);
    }));
});

test('a policy that allows or denies a group allows or denies its members, and no one else', () => {
    fc.assert(fc.property(group, users, (id, user) => {
        const isMember = groups[id.toLowerCase()]!.some((member) => member.toLowerCase() === user.id.toLowerCase());
        expect(judgeOf({guests: true, allow: {groups: [id]}})(user).in).toBe(isMember);
        expect(judgeOf({guests: true, everyone: true, deny: {groups: [id]}})(user).in).toBe(!isMember);
    }));
});

test('a group whose members were not read stops the judge before any user is judged', () => {
    const other = 'cccccccc-0000-4000-8000-000000000001';
    expect(() => judgeOf({deny: {groups: [other]}})).toThrow(other);
    expect(() => judgeOf({rules: [{name: 'R', effect: 'allow', when: {any: [{member_of: FEW}, {member_of: other}]}}]})).toThrow(other);
});

test('the rule that decided is where the verdict says', () => {
    fc.assert(fc.property(scopes, users, (scope, user) => {
        const {rule: {kind, value, path}} = judgeOf(scope)(user);
        const found = path.replace('Policy.', '').split(/[.[\]]+/).filter((key) => key !== '').
            reduce((part, key) => (part as Record<string, unknown> | undefined)?.[key], {scope} as unknown);
        if (kind === 'rule') {
            expect(found).toMatchObject({name: value, enabled: true});
        } else if (value !== '') {
            expect(found).toBe(value);
        }
    }));
});

test('whatever the directory sends is judged, never thrown at', () => {
    const scope: Scope = {
        allow: {display_name_contains: ['a'], user_principal_name: ['a@b'], email: ['a@b'], email_domain: ['b'], object_id: ['a'], people: ['a']},
        rules: readableAttributes.flatMap((name) => [
            {name, effect: 'allow' as const, when: {attribute: name, operator: 'matches' as const, value: '^a+b$'}},
            {name, effect: 'deny' as const, when: {attribute: name, operator: 'contains' as const, value: 'zz', case_sensitive: true}},
        ]),
    };
    const judge = judgeOf(scope);
    const hostile = fc.record(Object.fromEntries([...new Set(readableAttributes.map((name) => name.split('.')[0]!))].map((name) => [name, fc.jsonValue()])), {requiredKeys: []});
    fc.assert(fc.property(fc.oneof(hostile, fc.dictionary(fc.string(), fc.jsonValue())), (user) => {
        expect(typeof judge(user as unknown as DirectoryUser).in).toBe('boolean');
    }));
});

test('parts of conditions are what an independent reading says', () => {
    fc.assert(fc.property(when, users, (condition, user) => {
        const isIn = judgeOf({guests: true, rules: [{name: 'R', effect: 'allow', when: condition as never}]})(user).in;
        expect(isIn).toBe(holds(condition, user));
    }), {numRuns: 300});
});

/** The documentation's words, without any preparation. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the generated condition has many shapes
function holds(condition: any, user: DirectoryUser): boolean {
    if (condition.all) {
        return condition.all.every((part: unknown) => holds(part, user));
    }
    if (condition.any) {
        return condition.any.some((part: unknown) => holds(part, user));
    }
    if (condition.member_of) {
        return groups[condition.member_of.toLowerCase()]!.some((id) => id.toLowerCase() === user.id.toLowerCase());
    }
    const [outer, inner] = condition.attribute.split('.');
    const value = inner ? (user[outer] as Record<string, unknown> | null)?.[inner] : user[outer];
    const lower = (one: unknown) => (condition.case_sensitive ? String(one) : String(one).toLowerCase());
    const values = [value].flat().filter((one) => one !== null && one !== undefined).map(lower);
    const wanted = lower(condition.value);
    switch (condition.operator) {
    case 'equals': return values.includes(wanted);
    case 'not_equals': return !values.includes(wanted);
    case 'starts_with': return values.some((one) => one.startsWith(wanted));
    case 'ends_with': return values.some((one) => one.endsWith(wanted));
    case 'one_of': return condition.values.some((one: string) => values.includes(one.toLowerCase()));
    case 'is_empty': return values.length === 0;
    case 'is_not_empty': return values.length > 0;
    default: return values.some((one) => one.includes(wanted)); // contains, and a pattern of letters
    }
}

describe('licenses are compared by their SKU IDs', () => {
    const [e5, f1] = ['06ebc4ee-1bb5-47dd-8120-11324bc54e06', '50f60901-3181-4b75-8a2c-4c8e4c1d5a72'];
    const judgeOf = (when: object) => makeJudge(parsePolicy({scope: {rules: [{name: 'Licenses', effect: 'allow', when: {attribute: 'assignedLicenses', ...when}}]}}).policy!.scope, groupMembersOf({}));
    const both = [{skuId: e5, disabledPlans: []}, {skuId: f1, disabledPlans: ['a']}];

    test.each<[object, unknown, boolean]>([
        [{operator: 'is_not_empty'}, both, true],
        [{operator: 'is_not_empty'}, [], false],
        [{operator: 'is_not_empty'}, null, false],
        [{operator: 'is_empty'}, [], true],
        [{operator: 'is_empty'}, both, false],
        [{operator: 'equals', value: f1.toUpperCase()}, both, true],
        [{operator: 'equals', value: f1}, [{skuId: e5}], false],
        [{operator: 'not_equals', value: f1}, both, false],
        [{operator: 'not_equals', value: f1}, [], true],
        [{operator: 'one_of', values: [e5, 'other']}, both, true],
        [{operator: 'contains', value: e5}, both, true],
        [{operator: 'is_not_empty'}, [{disabledPlans: []}, null, 7, ['x']], true],
        [{operator: 'is_not_empty'}, [{disabledPlans: []}, null, {skuId: {}}], false],
        [{operator: 'equals', value: e5}, {skuId: e5}, false],
    ])('%j of %j: %s', (when, assignedLicenses, expected) => {
        expect(judgeOf(when)({...directoryUser(1), assignedLicenses}).in).toBe(expected);
    });
});
