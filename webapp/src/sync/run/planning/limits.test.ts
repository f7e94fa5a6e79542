import fc from 'fast-check';

import {HOUR_MS} from '../../time';
import {smallScene} from '../../testing/guards';
import {MemoryPorts} from '../../testing/memory_ports';
import {account, directoryUser, objectId} from '../../testing/people';
import type {RunRequest} from '../../types';

import {isFailing} from '../applying/failure_watch';
import {overflow} from './user_limit';
import {run} from '../run';

const apply: RunRequest = {mode: 'apply', user: '', policy: JSON.stringify({scope: {everyone: true}, guard: smallScene})};
const preview: RunRequest = {...apply, mode: 'preview'};

function company(people: number): MemoryPorts {
    const ports = new MemoryPorts();
    ports.now = 1_000 * HOUR_MS;
    ports.pageSize = 999;
    ports.users = Array.from({length: people}, (_, at) => directoryUser(at + 1));
    return ports;
}

/** People whose addresses the server refuses. */
function refused(ports: MemoryPorts, ...numbers: number[]): void {
    ports.refusedDomains = ['refused.example'];
    numbers.forEach((number) => Object.assign(ports.users[number - 1]!, {mail: `person${number}@refused.example`}));
}

describe('room for accounts', () => {
    test.each([
        ['no limit is known', {create: 9, reactivate: 9, update: 0, deactivate: 0}, {limit: null, active: 1000}, 0],
        ['all fit', {create: 3, reactivate: 2, update: 0, deactivate: 0}, {limit: 10, active: 5}, 0],
        ['one does not', {create: 3, reactivate: 3, update: 0, deactivate: 0}, {limit: 10, active: 5}, 1],
        ['leavers make room', {create: 6, reactivate: 0, update: 0, deactivate: 4}, {limit: 10, active: 8}, 0],
        ['an account that moves needs a seat, too', {create: 1, reactivate: 1, update: 2, deactivate: 0}, {limit: 10, active: 8}, 2],
        ['a server with too many already has none', {create: 2, reactivate: 1, update: 0, deactivate: 3}, {limit: 10, active: 20}, 3],
    ])('%s', (_, planned, room, expected) => {
        expect(overflow(planned, room)).toBe(expected);
    });

    test('what does not fit are never more than come, and exactly those beyond the limit', () => {
        const some = fc.nat({max: 50});
        fc.assert(fc.property(some, some, some, some, some, some, (create, reactivate, update, deactivate, limit, active) => {
            const left = overflow({create, reactivate, update, deactivate}, {limit, active});
            const all = create + reactivate + update;
            expect(left).toBeLessThanOrEqual(all);
            const after = active - deactivate + all - left;
            expect(left === 0 ? after <= limit || all === 0 : after === Math.max(limit, active - deactivate)).toBe(true);
        }));
    });

    test('a preview says how many accounts the sync then cannot create', async () => {
        const ports = company(7);
        ports.maxAccounts = 4;
        expect((await run(preview, ports)).does_not_fit).toBe(3);
        expect(await run(apply, ports)).toMatchObject({does_not_fit: 3, state: 'partial', error: {code: 'user_limit'}, counts: {created: 4, failed: 0, skipped: 3}});
    });

    test('leavers of the same run make room, returners take it', async () => {
        const ports = company(6);
        ports.maxAccounts = 5;
        const disable = (...people: number[]) => ports.users.forEach((user, at) => Object.assign(user, {accountEnabled: !people.includes(at + 1)}));
        disable(6);
        await run(apply, ports);
        disable(1, 2);
        expect(await run(apply, ports)).toMatchObject({does_not_fit: 0, state: 'succeeded', counts: {created: 1, deactivated: 2}});
        ports.users.push(directoryUser(7));
        disable();
        expect((await run(preview, ports)).does_not_fit).toBe(2);
        ports.calls = [];
        ports.history = [];
        expect(await run(apply, ports)).toMatchObject({does_not_fit: 2, error: {code: 'user_limit'}, counts: {reactivated: 1, created: 0, failed: 0, skipped: 2}});
        expect(ports.calls).not.toContain('accounts.create');
    });

    test('the user limit is not read when no account becomes active', async () => {
        const ports = company(2);
        await run(apply, ports);
        ports.calls = [];
        await run(apply, ports);
        expect(ports.calls).not.toContain('accounts.room');
    });
});

describe('a change that fails', () => {
    test('is tried again in the next run, then after one hour, two, four', async () => {
        const ports = company(1);
        refused(ports, 1);
        const attempts: number[] = [];
        for (let hour = 0; hour < 9; hour++) {
            ports.history = [];
            const {counts} = await run(apply, ports);
            if (counts.failed > 0) {
                attempts.push(hour);
            } else {
                expect(ports.history).toMatchObject([{action: 'skip', reason: 'retry_waits', reason_params: {failures: ports.remembered[0]!.failures, until: ports.remembered[0]!.retry_at}}]);
            }
            ports.now += HOUR_MS;
        }
        expect(attempts).toEqual([0, 1, 2, 4, 8]);
        expect(ports.remembered).toMatchObject([{object_id: objectId(1), failures: 5}]);
    });

    test('is forgotten once it is done', async () => {
        const ports = company(1);
        refused(ports, 1);
        await run(apply, ports);
        ports.refusedDomains = [];
        expect(await run(apply, ports)).toMatchObject({state: 'succeeded', counts: {created: 1}});
        expect(ports.remembered).toEqual([]);
    });

    describe('is forgotten when there is nothing left to do:', () => {
        const ways: Record<string, (ports: MemoryPorts) => void> = {
            'the user left the directory': (ports) => ports.users.shift(),
            'the user is disabled': (ports) => Object.assign(ports.users[0]!, {accountEnabled: false}),
            'the user is out of scope': (ports) => Object.assign(ports.users[0]!, {userType: 'Guest'}),
            'an administrator has made the account': (ports) => ports.stored.push(account('made', {email: 'person1@refused.example', delete_at: 5})),
        };
        test.each(Object.entries(ways))('%s', async (_, change) => {
            const ports = company(3);
            refused(ports, 1);
            await run(apply, ports);
            expect(ports.remembered).toHaveLength(1);
            change(ports);
            await run(preview, ports);
            expect(ports.remembered).toHaveLength(1);
            await run(apply, ports);
            expect(ports.remembered).toEqual([]);
        });

        test('not while the run for another user says nothing about this one', async () => {
            const ports = company(3);
            refused(ports, 1);
            await run(apply, ports);
            ports.users.shift();
            await run({...apply, user: objectId(2)}, ports);
            expect(ports.remembered).toHaveLength(1);
        });

        test('not when the directory shrank so much that it is not trusted', async () => {
            const ports = company(9);
            refused(ports, 1);
            await run(apply, ports);
            ports.users = [];
            expect(await run(apply, ports)).toMatchObject({state: 'held'});
            expect(ports.remembered).toHaveLength(1);
        });
    });

    test('is not postponed in a run for that user', async () => {
        const ports = company(2);
        ports.remembered = [{object_id: objectId(1), failures: 4, retry_at: ports.now + HOUR_MS}];
        expect((await run({...preview, user: objectId(1)}, ports)).counts.created).toBe(1);
        expect((await run(preview, ports)).counts).toMatchObject({created: 1, skipped: 1});
        expect((await run({...apply, user: objectId(1)}, ports)).counts.created).toBe(1);
        expect(ports.remembered).toEqual([]);
    });

    test('of a full server counts for no user', async () => {
        const ports = company(2);
        ports.maxAccounts = 1;
        await run(apply, ports);
        expect(ports.remembered).toEqual([]);
    });

    test('keeps no account open: while a postponed user waits for the account of a former user, that user is a leaver', async () => {
        const ports = company(3);
        const relinking = {...apply, policy: JSON.stringify({scope: {everyone: true}, guard: smallScene, accounts: {recreated: 'relink'}, lifecycle: {leavers: {missing_reads: 1}}})};
        await run(relinking, ports);
        ports.users[0] = directoryUser(1, {id: objectId(91)});
        ports.remembered = [{object_id: objectId(91), failures: 3, retry_at: ports.now + HOUR_MS}];
        expect((await run(relinking, ports)).counts).toMatchObject({deactivated: 1, skipped: 1, failed: 0});
        ports.now += 2 * HOUR_MS;
        expect((await run(relinking, ports)).counts).toMatchObject({deactivated: 0, held: 1});
        expect(ports.stored.find(({linked_object_id}) => linked_object_id === objectId(1))!.delete_at).not.toBe(0);
    });

    test('does not keep an account open whose owner leaves', async () => {
        const ports = company(1);
        await run(apply, ports);
        ports.remembered = [{object_id: objectId(1), failures: 4, retry_at: ports.now + HOUR_MS}];
        ports.users[0]!.accountEnabled = false;
        expect((await run(apply, ports)).counts.deactivated).toBe(1);
    });
});

describe('a run of which too much fails', () => {
    test.each([[9, 9, false], [4, 10, false], [5, 10, true], [40, 100, false], [41, 100, true], [0, 0, false]])('%d of %d', (failed, attempted, expected) => {
        expect(isFailing(failed, attempted)).toBe(expected);
    });

    test('stops, remembers the failures and leaves the rest planned', async () => {
        const ports = company(150);
        refused(ports, ...Array.from({length: 50}, (_, at) => at + 1));
        const outcome = await run(apply, ports);
        expect(outcome).toMatchObject({
            state: 'failed', error: {code: 'too_many_failures', params: {failed: 50, attempted: 50}}, counts: {created: 50, failed: 50},
        });
        expect(ports.history.filter(({status}) => status === 'planned')).toHaveLength(50);
        expect(ports.remembered).toHaveLength(50);
    });

    test('does not stop for users whose changes fail run after run', async () => {
        const ports = company(12);
        refused(ports, ...Array.from({length: 12}, (_, at) => at + 1));
        expect(await run(apply, ports)).toMatchObject({state: 'failed', error: {code: 'too_many_failures'}});
        expect(await run(apply, ports)).toMatchObject({state: 'partial', error: null, counts: {failed: 12}});
    });

    test('continues at the limit of the server', async () => {
        const ports = company(150);
        ports.maxAccounts = 10;
        expect(await run(apply, ports)).toMatchObject({state: 'partial', error: {code: 'user_limit'}, counts: {created: 10, failed: 0, skipped: 140}});
    });

    test('continues when few changes fail', async () => {
        const ports = company(9);
        refused(ports, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        expect(await run(apply, ports)).toMatchObject({state: 'partial', error: null, counts: {failed: 9}});
    });
});
