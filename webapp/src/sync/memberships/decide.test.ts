import fc from 'fast-check';

import {Bits} from './bits';
import {decideTarget, type TargetFacts, type TargetPlan, type TargetRules} from './decide';

const SETS = [
    'wanted', 'wanted_admins', 'unknown', 'active', 'guests', 'kept', 'members', 'admins', 'added', 'found', 'ended', 'promoted', 'removable',
    'seen_unwanted', 'proved_unwanted', 'seen_role_unwanted', 'proved_role_unwanted',
] as const;
type Known = Partial<Record<typeof SETS[number], boolean>>;

/** A user with an active account of whom two full reads say what the last one says. */
const PROVED: Known = {active: true, seen_unwanted: true, proved_unwanted: true, seen_role_unwanted: true, proved_role_unwanted: true};

const kept: TargetRules = {rejoin: 'respect', removes_everyone: false};

function factsOf(users: readonly Known[]): TargetFacts {
    const facts = Object.fromEntries(SETS.map((set) => [set, new Bits(users.length)])) as unknown as TargetFacts;
    users.forEach((user, at) => SETS.filter((set) => user[set]).forEach((set) => facts[set].add(at)));
    return facts;
}

/** What is only noted for the next full read. */
const NOTES: Array<keyof TargetPlan> = ['note_wanted', 'note_role_wanted', 'note_unwanted', 'note_role_unwanted'];

/** What happens to one user. */
function decided(user: Known, rules: TargetRules = kept): string[] {
    const plan = decideTarget(factsOf([user]), rules);
    return (Object.keys(plan) as Array<keyof TargetPlan>).filter((key) => plan[key].has(0) && !NOTES.includes(key));
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
        expect(decided({...PROVED, ...user})).toEqual(expected);
    });

    test('a rejoin policy of always adds users again who left', () => {
        expect(decided({...PROVED, wanted: true, added: true}, {...kept, rejoin: 'always'})).toEqual(['join']);
        expect(decided({...PROVED, wanted: true, ended: true}, {...kept, rejoin: 'always'})).toEqual(['join']);
    });

    test('a target of the directory alone loses users whom others have added', () => {
        expect(decided({...PROVED, members: true}, {...kept, removes_everyone: true})).toEqual(['leave']);
        expect(decided({...PROVED, members: true, unknown: true}, {...kept, removes_everyone: true})).toEqual([]);
    });

    test.each<[string, Known, string[]]>([
        ['keeps the membership until a second full read', {active: true, members: true, added: true, removable: true}, ['leave_waits', 'note_unwanted']],
        ['waits while the reads are not apart', {active: true, members: true, added: true, removable: true, seen_unwanted: true}, ['leave_waits']],
        ['starts again when a rule wanted the user meanwhile', {active: true, wanted: true, members: true, added: true, seen_unwanted: true, proved_unwanted: true}, ['note_wanted']],
        ['keeps the proof while a rule is unknown', {active: true, unknown: true, members: true, added: true, removable: true, seen_unwanted: true}, []],
        ['keeps the role until a second full read', {active: true, wanted: true, members: true, added: true, admins: true, promoted: true}, ['demote_waits', 'note_role_unwanted']],
        ['keeps everything while the account is deactivated', {members: true, added: true, removable: true, proved_unwanted: true, seen_unwanted: true}, []],
        ['does not join while there is no account', {wanted: true, wanted_admins: true}, []],
        ['is told when a guest would be an admin', {active: true, guests: true, wanted: true, wanted_admins: true, members: true, added: true}, ['guests_as_admins']],
    ])('%s', (_, user, expected) => {
        const plan = decideTarget(factsOf([user]), kept);
        expect((Object.keys(plan) as Array<keyof TargetPlan>).filter((key) => plan[key].has(0))).toEqual(expected);
    });

    test('a target of the directory alone keeps accounts with power, unless the sync added them', () => {
        const rules = {...kept, removes_everyone: true};
        expect(decided({...PROVED, members: true, kept: true}, rules)).toEqual([]);
        expect(decided({...PROVED, members: true, kept: true, added: true, removable: true}, rules)).toEqual(['leave']);
    });

    test('many users are decided as each of them alone', () => {
        const user = fc.record(Object.fromEntries(SETS.map((set) => [set, fc.constant(true as const)])), {requiredKeys: []});
        const rules = fc.record({rejoin: fc.constantFrom('respect' as const, 'always' as const), removes_everyone: fc.boolean()});
        fc.assert(fc.property(fc.array(user, {maxLength: 100}), rules, (users, rule) => {
            const plan = decideTarget(factsOf(users), rule);
            users.forEach((each, at) => {
                expect((Object.keys(plan) as Array<keyof TargetPlan>).filter((key) => plan[key].has(at) && !NOTES.includes(key))).toEqual(decided(each, rule));
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
