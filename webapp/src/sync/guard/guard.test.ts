import {guardKinds, type GuardKind} from '../lists';
import {parsePolicy} from '../policy/parse';
import type {Guard} from '../policy/guard';

import {holdOf, type Impact} from './guard';

const none = Object.fromEntries(guardKinds.map((kind) => [kind, 0])) as Record<GuardKind, number>;
const defaults = parsePolicy({}).policy!.guard;

function impact(linked: number, planned: Partial<Impact['planned']>, rest: Partial<Impact> = {}): Impact {
    return {linked, found: null, adopted: 0, recent: none, is_first_import: false, ...rest, planned: {...none, ...planned}};
}

const kindsOf = (given: Impact, guard: Guard = defaults) => holdOf(given, guard, 0)?.kinds.map(({kind}) => kind) ?? [];

const others = guardKinds.filter((kind) => kind !== 'creations');

/** Accounts that are activated again are not among the linked active ones, but count as such. */
const before = (kind: GuardKind, all: number, count: number) => (kind === 'reactivations' ? all - count : all);

describe.each(others)('%s', (kind) => {
    test.each([
        ['five of nine accounts, in a small company', 9, 5, true],
        ['four of nine', 9, 4, true],
        ['three of nine', 9, 3, false],
        ['both of two', 2, 2, true],
        ['the only account', 1, 1, false],
        ['one of two', 2, 1, false],
        ['exactly the upper percentage', 5, 2, false],
        ['six of a hundred', 100, 6, true],
        ['five of a hundred', 100, 5, false],
        ['fifty of a thousand', 1000, 50, false],
        ['fifty-one of a thousand', 1000, 51, true],
    ])('%s', (_, linked, count, isHeld) => {
        expect(kindsOf(impact(before(kind, linked, count), {[kind]: count}))).toEqual(isHeld ? [kind] : []);
    });

    test('an upper percentage of 100 holds nothing', () => {
        const guard = {...defaults, [kind]: {...defaults[kind], max_percent: 100}};
        expect(kindsOf(impact(5, {[kind]: 5}), guard)).toEqual([]);
    });

    test('what earlier runs did counts, and the accounts that they deactivated are still of the company', () => {
        expect(kindsOf(impact(100, {[kind]: 1}, {recent: {...none, [kind]: 5}}))).toEqual([kind]);
        expect(holdOf(impact(before(kind, 96, 3), {[kind]: 3}, {recent: {...none, [kind]: 4}}), defaults, 0)?.kinds).toEqual(
            [{kind, count: 3, total: kind === 'deactivations' ? 100 : 96, recent: 4, hours: 24}]);
        expect(kindsOf(impact(100, {[kind]: 0}, {recent: {...none, [kind]: 50}}))).toEqual([]);
    });
});

describe('new accounts', () => {
    test.each([
        ['fifty on an empty server', 0, 50, false],
        ['fifty-one on an empty server', 0, 51, true],
        ['five hundred of a bad read', 1000, 500, true],
        ['a hundred in a company of a thousand', 1000, 100, false],
        ['a hundred and one in a company of a thousand', 1000, 101, true],
        ['two in a company of one', 1, 2, false],
    ])('%s', (_, linked, creations, isHeld) => {
        expect(kindsOf(impact(linked, {creations}))).toEqual(isHeld ? ['creations'] : []);
    });

    test('of a first import that an administrator starts are approved by that, and nothing else is', () => {
        expect(kindsOf(impact(0, {creations: 5000, emptied_fields: 30}, {is_first_import: true}))).toEqual(['emptied_fields']);
    });
});

test('accounts that the run links count as linked, so that a first run that changes two of many holds nothing', () => {
    expect(kindsOf(impact(0, {email_changes: 2}, {adopted: 300}))).toEqual([]);
    expect(kindsOf(impact(0, {email_changes: 2}, {adopted: 3}))).toEqual(['email_changes']);
});

test('a guard that an earlier version saved keeps its numbers and gets the others', () => {
    const {policy} = parsePolicy({guard: {deactivations: {more_than: 20, percent: 2}, email_changes: {never_more_than: 0}}});
    expect(policy!.guard).toMatchObject({
        deactivations: {more_than: 20, percent: 2, max_percent: 40}, email_changes: {more_than: 5, never_more_than: 0}, creations: {more_than: 50}, window_hours: 24,
    });
});
