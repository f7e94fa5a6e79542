import {SyncError, type ErrorCode} from '../../errors';
import {parsePolicy} from '../../policy/parse';
import type {Ports} from '../../ports';
import {MemoryPorts} from '../../testing/memory_ports';
import {directoryUser, objectId} from '../../testing/people';
import type {RunRequest} from '../../types';

import {readGroupMembers} from './group_members';
import {run} from '../run';

const groupId = (number: number) => `bbbbbbbb-0000-4000-8000-${String(number).padStart(12, '0')}`;
const ids = (from: number, to: number) => Array.from({length: to - from + 1}, (_, at) => objectId(from + at));

function scopeOf(groups: number[]) {
    return parsePolicy({scope: {allow: {groups: groups.map(groupId)}}}).policy!.scope;
}

function portsWith(groups: Record<string, string[]>): MemoryPorts {
    const ports = new MemoryPorts();
    ports.groups = groups;
    return ports;
}

test('follows the pages of every group, each group once', async () => {
    const ports = portsWith({[groupId(1)]: ids(1, 7), [groupId(2)]: ids(7, 9), [groupId(3)]: []});
    const scope = parsePolicy({scope: {
        allow: {groups: [groupId(1), groupId(2)]},
        rules: [{name: 'R', effect: 'deny', when: {any: [{member_of: groupId(2)}, {member_of: groupId(3)}]}}],
    }}).policy!.scope;
    const {groups} = await readGroupMembers({scope, memberships: {rules: []}}, ports.directory);
    const isIn = (number: number, group: number) => groups.lettersOf(directoryUser(number)).includes(groups.letterOf(groupId(group)));
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect([1, 2, 3].map((group) => numbers.filter((number) => isIn(number, group)))).toEqual([[1, 2, 3, 4, 5, 6, 7], [7, 8, 9], []]);
    expect(ports.calls).toHaveLength(4 + 2 + 1);
});

test('reads nothing where no group is named', async () => {
    const ports = new MemoryPorts();
    await readGroupMembers({scope: scopeOf([]), memberships: {rules: []}}, ports.directory);
    expect(ports.calls).toEqual([]);
});

test('reads some groups at once, but not all', async () => {
    let going = 0;
    let most = 0;
    const read_group_members: Ports['directory']['read_group_members'] = async () => {
        most = Math.max(most, ++going);
        await Promise.resolve();
        going--;
        return {ids: [], groups: [], next: ''};
    };
    await readGroupMembers({scope: scopeOf(Array.from({length: 50}, (_, at) => at)), memberships: {rules: []}}, {read_group_members});
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThan(10);
});

test.each<[string, (cursor: number) => unknown, ErrorCode]>([
    ['links that lead back', (cursor) => ({ids: [objectId(cursor)], groups: [], next: String((cursor + 1) % 3 || 1)}), 'directory_incomplete'],
    ['the same members for ever', (cursor) => ({ids: [objectId(1)], groups: [], next: String(cursor + 1)}), 'directory_incomplete'],
    ['no ids', () => ({groups: [], next: ''}), 'directory_answer_invalid'],
    ['an id that is no text', () => ({ids: [7], groups: [], next: ''}), 'directory_answer_invalid'],
    ['a blank id', () => ({ids: [''], groups: [], next: ''}), 'directory_answer_invalid'],
    ['no word of the next page', () => ({ids: [], groups: []}), 'directory_answer_invalid'],
    ['no groups', () => ({ids: [], next: ''}), 'directory_answer_invalid'],
])('%s: is not a list of members', async (_, page, code) => {
    const read_group_members = (({cursor}) => page(Number(cursor || 0))) as Ports['directory']['read_group_members'];
    await expect(readGroupMembers({scope: scopeOf([1]), memberships: {rules: []}}, {read_group_members})).rejects.toMatchObject({name: 'SyncError', fault: {code}});
});

test('empty pages in between are no end', async () => {
    const pages = [{ids: [objectId(1)], next: '1'}, {ids: [], next: '2'}, {ids: [], next: '3'}, {ids: [objectId(2)], next: ''}].map((page) => ({...page, groups: []}));
    const {groups} = await readGroupMembers({scope: scopeOf([1]), memberships: {rules: []}}, {read_group_members: ({cursor}) => pages[Number(cursor || 0)]!});
    expect(groups.lettersOf(directoryUser(2))).toBe(groups.letterOf(groupId(1)));
});

describe.each(['apply', 'preview'] as const)('a run (%s)', (mode) => {
    const policy = JSON.stringify({scope: {allow: {groups: [groupId(1), groupId(2)]}}});
    const request: RunRequest = {mode, user: '', policy};

    test('has those in scope who are in a group', async () => {
        const ports = portsWith({[groupId(1)]: ids(1, 3), [groupId(2)]: ids(3, 4)});
        ports.users = Array.from({length: 6}, (_, at) => directoryUser(at + 1));
        expect(await run(request, ports)).toMatchObject({state: 'succeeded', counts: {directory: 6, in_scope: 4}});
    });

    test('for one user reads the groups as well', async () => {
        const ports = portsWith({[groupId(1)]: ids(1, 3), [groupId(2)]: []});
        ports.users = [directoryUser(1), directoryUser(4)];
        expect(await run({...request, user: objectId(1)}, ports)).toMatchObject({counts: {directory: 1, in_scope: 1}});
        expect(await run({...request, user: objectId(4)}, ports)).toMatchObject({counts: {directory: 1, in_scope: 0}});
    });

    test('fails when a group is missing, and names it; nothing is planned', async () => {
        const ports = portsWith({[groupId(1)]: ids(1, 3)});
        ports.users = [directoryUser(1)];
        expect(await run(request, ports)).toMatchObject({
            state: 'failed',
            error: {code: 'group_not_found', params: {group: groupId(2)}, path: 'Policy.scope.allow.groups[1]'},
        });
        expect([ports.history, ports.writes]).toEqual([[], []]);
    });

    test.each<ErrorCode>(['group_consent_missing', 'throttled', 'group_not_found', 'directory_incomplete'])('fails with %s on a later page, as on the first', async (code) => {
        const ports = portsWith({[groupId(1)]: ids(1, 5), [groupId(2)]: []});
        let asked = 0;
        ports.intercept = (port) => {
            if (port === 'directory.read_group_members' && ++asked === 3) {
                throw new SyncError({code, raw: {status: 403}});
            }
        };
        const {state, error} = await run(request, ports);
        expect([state, error?.code, error?.raw]).toEqual(['failed', code, {status: 403}]);
        expect(error?.path).toBe(code.startsWith('group_') ? 'Policy.scope.allow.groups[0]' : undefined);
        expect(ports.history).toEqual([]);
    });
});
