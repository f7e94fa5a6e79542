import fc from 'fast-check';

import {Bits} from './bits';
import {decideTarget, type TargetFacts, type TargetPlan, type TargetRules} from './decide';

const SETS = ['wanted', 'wanted_admins', 'unknown', 'members', 'admins', 'added', 'found', 'ended', 'promoted', 'removable'] as const;
type Known = Partial<Record<typeof SETS[number], true>>;

const kept: TargetRules = {rejoin: 'respect', removes_everyone: false};

function factsOf(users: readonly Known[]): TargetFacts {
    const facts = Object.fromEntries(SETS.map((set) => [set, new Bits(users.length)])) as unknown as TargetFacts;
    users.forEach((user, at) => SETS.filter((set) => user[set]).forEach((set) => facts[set].add(at)));
    return facts;
}

/** What happens to one user. */
function decided(user: Known, rules: TargetRules = kept): string[] {
    const plan = decideTarget(factsOf([user]), rules);
    return (Object.keys(plan) as Array<keyof TargetPlan>).filter((key) => plan[key].has(0));
}

describe('what happens to a user and a target', () => {
    test.each<[string, Known, string[]]>([
        ['joins if a rule wants it', {wanted: true}, ['join']],
        ['stays out if someone else has ended what the sync gave', {wanted: true, added: true}, ['note_ended', 'stay_out']],
        ['stays out if someone else has ended what others gave', {wanted: true, found: true}, ['note_ended', 'stay_out']],
        ['goes on staying out, told once', {wanted: true, ended: true}, ['stay_out']],
        ['is noted if others have added the user', {wanted: true, members: true}, ['note_found']],
        ['stays as it is if the sync has added the user', {wanted: true, members: true, added: true, removable: true}, []],
        ['leaves if no rule wants what the sync has given', {members: true, added: true, removable: true}, ['leave']],
        ['stays if the rule that gave it is gone or removes no one', {members: true, added: true}, []],
        ['stays if others have added the user', {members: true, found: true}, []],
        ['stays if the ledger knows nothing', {members: true}, []],
        ['is left alone while a rule is unknown', {unknown: true, members: true, added: true, removable: true}, []],
        ['does not join while the only rule is unknown', {unknown: true}, []],
        ['joins by a known rule though another is unknown', {unknown: true, wanted: true}, ['join']],
        ['is noted as added again', {wanted: true, members: true, ended: true}, ['note_back']],
        ['joins as admin', {wanted: true, wanted_admins: true}, ['join', 'promote']],
        ['becomes admin', {wanted: true, wanted_admins: true, members: true, added: true}, ['promote']],
        ['is no longer admin if the sync made the user one', {wanted: true, members: true, added: true, admins: true, promoted: true}, ['demote']],
        ['stays admin if others made the user one', {wanted: true, members: true, added: true, admins: true}, []],
        ['stays admin while a rule is unknown', {wanted: true, unknown: true, members: true, added: true, admins: true, promoted: true}, []],
        ['is not made admin while staying out', {wanted: true, wanted_admins: true, added: true}, ['note_ended', 'stay_out']],
    ])('%s', (_, user, expected) => {
        expect(decided(user)).toEqual(expected);
    });

    test('a rejoin policy of always adds users again who left', () => {
        expect(decided({wanted: true, added: true}, {...kept, rejoin: 'always'})).toEqual(['join']);
        expect(decided({wanted: true, ended: true}, {...kept, rejoin: 'always'})).toEqual(['join']);
    });

    test('a target of the directory alone loses users whom others have added', () => {
        expect(decided({members: true}, {...kept, removes_everyone: true})).toEqual(['leave']);
        expect(decided({members: true, unknown: true}, {...kept, removes_everyone: true})).toEqual([]);
    });

    test('many users are decided as each of them alone', () => {
        const user = fc.record(Object.fromEntries(SETS.map((set) => [set, fc.constant(true as const)])), {requiredKeys: []});
        const rules = fc.record({rejoin: fc.constantFrom('respect' as const, 'always' as const), removes_everyone: fc.boolean()});
        fc.assert(fc.property(fc.array(user, {maxLength: 100}), rules, (users, rule) => {
            const plan = decideTarget(factsOf(users), rule);
            users.forEach((each, at) => {
                expect((Object.keys(plan) as Array<keyof TargetPlan>).filter((key) => plan[key].has(at))).toEqual(decided(each, rule));
            });
        }));
    });
});

describe('a set of users', () => {
    test('lists and counts its users in their order', () => {
        fc.assert(fc.property(fc.array(fc.nat(199), {maxLength: 200}), (users) => {
            const bits = new Bits(200);
            users.forEach((at) => bits.add(at));
            const expected = [...new Set(users)].sort((one, other) => one - other);
            expect(bits.list()).toEqual(expected);
            expect(bits.count).toBe(expected.length);
            expect(bits.isEmpty).toBe(expected.length === 0);
        }));
    });
});
