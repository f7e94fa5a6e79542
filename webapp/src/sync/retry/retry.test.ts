import fc from 'fast-check';

import {errorCodes, type ErrorCode} from '../errors';
import type {Decision} from '../plan/decision';
import {account, objectId} from '../testing/people';
import type {Retry} from '../types';

import {HOUR_MS} from '../time';

import {retryAt} from './backoff';
import {postpone, postponedAt} from './postponed';
import {isOfTheUser, RunFailures} from './run_failures';

const NOW = 1_000 * HOUR_MS;
const person = objectId(1);
const failed = (failures: number, retry_at = NOW + HOUR_MS): Retry => ({object_id: person, failures, retry_at});

test.each([[1, 0], [2, 1], [3, 2], [4, 4], [5, 8], [6, 16], [7, 24], [8, 24], [2000, 24]])('after %d failures the wait is %d hours', (failures, hours) => {
    expect(retryAt(failures, NOW) - NOW).toBe(hours * HOUR_MS);
});

test('the wait never shrinks with more failures and never passes a day', () => {
    fc.assert(fc.property(fc.nat(), fc.nat(), (one, other) => {
        const [fewer, more] = [Math.min(one, other), Math.max(one, other)];
        expect(retryAt(fewer, NOW)).toBeLessThanOrEqual(retryAt(more, NOW));
        expect(retryAt(more, NOW)).toBeLessThanOrEqual(NOW + (24 * HOUR_MS));
    }));
});

describe('who waits', () => {
    const waiting = postponedAt(NOW, [failed(3, NOW + 1)]);
    const existing = account('a');
    const forward: Decision[] = [
        {action: 'create', reason: 'new_person'},
        {action: 'update', reason: 'attributes_changed', account: existing, fields: [], addresses: []},
        {action: 'reactivate', reason: 'returned', account: existing, fields: [], addresses: []},
    ];

    test.each(forward)('has no $action', (decision) => {
        expect(postpone(decision, person, waiting)).toEqual({
            action: 'skip', reason: 'retry_waits', account: decision.action === 'create' ? null : existing, params: {failures: 3, until: NOW + 1},
        });
        expect(postpone(decision, objectId(2), waiting)).toBe(decision);
    });

    const others: Decision[] = [
        {action: 'deactivate', reason: 'disabled', account: existing, departure: {since: 1, absent_reads: 0, counted_at: 0, deactivated_at: 0}},
        {action: 'unchanged'},
        {action: 'skip', reason: 'no_email', account: null},
        {action: 'conflict', reason: 'several_accounts', account: null},
    ];

    test.each(others)('is $action all the same', (decision) => {
        expect(postpone(decision, person, waiting)).toBe(decision);
    });

    test('waits until the time has come', () => {
        expect([...postponedAt(NOW, [failed(2, NOW), failed(2, 0)])]).toEqual([]);
    });
});

describe('what a run leaves', () => {
    test('a failure more, or nothing once all is done', () => {
        const failures = new RunFailures(new Map([1, 2].map((number) => [objectId(number), {...failed(2), object_id: objectId(number)}])));
        failures.note(objectId(1), {code: 'email_taken'});
        failures.note(objectId(1), null);
        failures.note(objectId(1), {code: 'username_taken'});
        failures.note(objectId(2), null);
        failures.note(objectId(3), {code: 'email_domain_refused'});
        failures.note(objectId(4), null);
        expect(failures.toSave(NOW)).toEqual({
            retries: [{object_id: objectId(1), failures: 3, retry_at: NOW + (2 * HOUR_MS)}, {object_id: objectId(3), failures: 1, retry_at: NOW}],
            forget: [objectId(2)],
        });
    });

    test.each<ErrorCode>(['user_limit', 'cancelled', 'lock_lost', 'interrupted', 'database_failed', 'network', 'password_invalid', 'internal'])(
        '%s is not a failure of a user', (code) => {
            const failures = new RunFailures(new Map([[person, failed(2)]]));
            failures.note(person, {code});
            expect(failures.toSave(NOW)).toEqual({retries: [], forget: []});
        });

    test('no user is both saved and forgotten, none twice, and only failed ones are saved', () => {
        const ids = fc.integer({min: 1, max: 5}).map(objectId);
        const outcomes = fc.array(fc.tuple(ids, fc.option(fc.constantFrom(...errorCodes))));
        fc.assert(fc.property(fc.uniqueArray(ids), outcomes, (known, noted) => {
            const failures = new RunFailures(new Map(known.map((object_id) => [object_id, {...failed(1), object_id}])));
            noted.forEach(([id, code]) => failures.note(id, code && {code}));
            const {retries, forget} = failures.toSave(NOW);
            const named = [...retries.map(({object_id}) => object_id), ...forget];
            expect(new Set(named).size).toBe(named.length);
            expect(new Set(retries.map(({object_id}) => object_id))).toEqual(
                new Set(noted.filter(([, code]) => code && isOfTheUser({code})).map(([id]) => id)));
            expect(forget.every((id) => known.includes(id))).toBe(true);
        }));
    });
});
