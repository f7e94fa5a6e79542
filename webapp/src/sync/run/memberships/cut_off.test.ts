import type {MembershipAction} from '../../lists';
import * as fc from 'fast-check';

import {SyncError} from '../../errors';
import {NO_VALUE, type Place} from '../../memberships/places';
import type {MembershipTarget} from '../../memberships/shapes';
import {MemoryPorts} from '../../testing/memory_ports';

import {RunProgress} from '../context/progress';
import {openContext} from '../context/run_context';
import {applyMemberships} from './apply';
import type {WritableTarget} from './writer';

/** Each user has one change, in the order of the lines. */
const DOES: ReadonlyArray<[MembershipAction, string[]]> = [
    ['join', ['j1', 'j2', 'refused']], ['leave', ['l1', 'l2']], ['promote', ['p1', 'refused']], ['demote', ['d1', 'd2']]];

const team: MembershipTarget = {
    id: '', kind: 'team', team_id: '', team_name: '', name: 'corp', display_name: 'Corp', is_archived: false, is_group_constrained: false, is_access_controlled: false,
    is_default_channel: false, members: 0, admins: 9, room: 1000,
};

function planOf(): {targets: WritableTarget[]; account_ids: string[]} {
    const account_ids = DOES.flatMap(([, users]) => users);
    let at = 0;
    const lines = DOES.map(([action, users]) => {
        const first = at;
        at += users.length;
        return {action, rule_id: 'r1', first_seq: first + 1, users: users.map((_, index) => first + index)};
    });
    const place: Place = {key: 'team corp', kind: 'team', id: 'team', create: null, team: null};
    const newPlace: Place = {key: 'team new', kind: 'team', id: '', create: {name: 'new', display_name: 'New', is_open: true, value: NO_VALUE}, team: null};
    return {account_ids, targets: [
        {target: {...team, id: 'team'}, wanted: {place}, create: null, lines},
        {target: {...team, name: 'new'}, wanted: {place: newPlace}, create: {name: 'new', display_name: 'New', is_open: true}, lines: [lines[0]!]},
    ]};
}

function server(): MemoryPorts {
    const ports = new MemoryPorts();
    const {memberships} = ports;
    memberships.targetsOfServer = [{...team, id: 'team'}];
    memberships.refused.add('refused');
    memberships.members.set('team', new Set(['l1', 'l2', 'p1', 'd1', 'd2']));
    memberships.admins.set('team', new Set(['d1', 'd2']));
    ['l1', 'l2', 'd1', 'd2'].forEach((id) => memberships.known.set(`team ${id}`, {rule_id: 'r1', state: 'added', promoted_by: id.startsWith('d') ? 'r1' : ''} as never));
    ports.history = Array.from({length: 20}, (_, at) => ({seq: at + 1, status: 'planned'}) as never);
    return ports;
}

/** Lets the server take so many calls, and ends the run at the next one: before it, or after the server has taken it. */
function cutOff(ports: MemoryPorts, calls: number, isTaken: boolean): void {
    let left = calls;
    const memberships = ports.memberships as unknown as Record<string, (request: unknown) => unknown>;
    for (const name of ['note', 'join', 'leave', 'set_admin', 'create', 'targets', 'present', 'ledger']) {
        const take = memberships[name]!.bind(ports.memberships);
        memberships[name] = (request) => {
            left--;
            if (left < 0 && !(isTaken && left === -1)) {
                throw new SyncError({code: 'lock_lost'});
            }
            const answer = take(request);
            if (left < 0) {
                throw new SyncError({code: 'lock_lost'});
            }
            return answer;
        };
    }
}

async function apply(ports: MemoryPorts): Promise<void> {
    const {targets, account_ids} = planOf();
    const context = await openContext({mode: 'apply', user: '', policy: '{}'}, ports, new RunProgress(ports));
    await applyMemberships({targets, users: {account_ids}}, context);
}

test('a run that is cut off anywhere leaves no membership or role that looks like the work of others', async () => {
    await fc.assert(fc.asyncProperty(fc.nat({max: 40}), fc.boolean(), async (calls, isTaken) => {
        const ports = server();
        cutOff(ports, calls, isTaken);
        await apply(ports).catch((error: unknown) => expect(error).toMatchObject({fault: {code: 'lock_lost'}}));
        const {members, admins, known, createdTargets} = ports.memberships;
        for (const target of ['team', ...createdTargets.map(({target_id}) => target_id)]) {
            for (const id of ['j1', 'j2', 'refused', ...(target === 'team' ? ['l1', 'l2'] : [])]) {
                const state = known.get(`${target} ${id}`)?.state;
                expect([id, members.get(target)?.has(id) ? ['adding', 'added'] : ['adding', undefined]].flat()).toContain(state);
            }
        }
        for (const id of ['p1', 'd1', 'd2']) {
            expect(!admins.get('team')!.has(id) || known.get(`team ${id}`)?.promoted_by === 'r1').toBe(true);
        }
        expect(createdTargets.length).toBeLessThanOrEqual(1);
    }), {numRuns: 200});
});

test('what the ledger says of a finished run is what happened', async () => {
    const ports = server();
    await apply(ports);
    const {known} = ports.memberships;
    expect([...known].map(([key, {state, promoted_by}]) => `${key} ${state} ${promoted_by}`.trim()).sort()).toEqual([
        'created0000000000000000001 j1 added', 'created0000000000000000001 j2 added',
        'team d1 added', 'team d2 added', 'team j1 added', 'team j2 added', 'team p1 found r1'].sort());
});
