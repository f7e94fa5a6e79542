import {SyncError} from '../../errors';
import {parsePolicy} from '../../policy/parse';
import type {Policy} from '../../policy/policy';
import {MemoryPorts} from '../../testing/memory_ports';
import {run} from '../run';

import {WholeGroups} from './run_groups';

const TEAM = 'teamteamteamteamteamteam26';
const ID = (number: number) => `00000000-0000-4000-8000-00000000000${number}`;
const create = {name: 'project-{value}', display_name: '{value}'};
const rulesOf = (...prefixes: string[]) => parsePolicy({memberships: {rules: prefixes.map((groups_starting_with, at) => (
    {id: `r${at}`, name: `Rule ${at}`, for_each: {groups_starting_with}, join: [{team: {create}}]}))}}).policy!;

async function readGroups(policy: Policy, directory: MemoryPorts['directory']) {
    const groups = await WholeGroups.read(policy, directory, () => undefined);
    return groups.ofRules();
}

function company(): MemoryPorts {
    const ports = new MemoryPorts();
    ports.groupsOfDirectory.names = {[ID(1)]: 'MM-One', [ID(2)]: 'mm-two', [ID(3)]: 'MM-Three', [ID(4)]: 'Other MM-4'};
    ports.groups = {[ID(1)]: [ID(7)], [ID(2)]: [ID(7), ID(8)], [ID(3)]: []};
    return ports;
}

test('reads the groups of a prefix, in any case, page by page, and their members with the others', async () => {
    const ports = company();
    const read = await readGroups(rulesOf('MM-'), ports.directory);
    expect(read.groupsStartingWith('MM-')).toEqual([{id: ID(1), name: 'MM-One'}, {id: ID(2), name: 'mm-two'}, {id: ID(3), name: 'MM-Three'}]);
    expect([1, 2, 3, 4].map((number) => read.membersOf(ID(number)))).toEqual([[ID(7)], [ID(7), ID(8)], [], null]);
    expect(ports.calls.filter((port) => port === 'directory.list_groups')).toHaveLength(2);
});

test('leaves out what the directory sends besides, and does not depend on the order of the answer', async () => {
    const ports = company();
    ports.directory.list_groups = () => ({groups: [{id: ID(3).toUpperCase(), name: 'MM-Three'}, {id: ID(4), name: 'Other MM-4'}, {id: ID(1), name: 'MM-One'}], next: ''});
    const read = await readGroups(rulesOf('MM-'), ports.directory);
    expect(read.groupsStartingWith('MM-')).toEqual([{id: ID(1), name: 'MM-One'}, {id: ID(3), name: 'MM-Three'}]);
});

test('groups that cannot be listed are unknown, and other rules go on', async () => {
    const ports = company();
    const {list_groups} = ports.directory;
    ports.directory.list_groups = (request) => {
        if (request.prefix === 'X-') {
            throw new SyncError({code: 'directory_unavailable'});
        }
        return list_groups(request);
    };
    const read = await readGroups(rulesOf('X-', 'MM-'), ports.directory);
    expect([read.groupsStartingWith('X-'), read.groupsStartingWith('MM-')?.length]).toEqual([null, 3]);
    expect(read.faults).toEqual([{code: 'directory_unavailable', path: 'Policy.memberships.rules[0].for_each.groups_starting_with'}]);
});

test.each<[string, unknown]>([
    ['no list', {next: ''}],
    ['a group without an id', {groups: [{id: '', name: 'MM-x'}], next: ''}],
    ['a group without a name', {groups: [{id: ID(1), name: null}], next: ''}],
    ['no word of the next page', {groups: []}],
])('%s is no answer', async (_, page) => {
    const ports = company();
    ports.directory.list_groups = (() => page) as never;
    expect((await readGroups(rulesOf('MM-'), ports.directory)).faults).toMatchObject([{code: 'directory_answer_invalid'}]);
});

test('pages of groups without an end are no answer', async () => {
    const ports = company();
    let page = 0;
    ports.directory.list_groups = () => ({groups: [{id: ID(1), name: 'MM-One'}], next: String(++page)});
    expect((await readGroups(rulesOf('MM-'), ports.directory)).faults).toMatchObject([{code: 'directory_incomplete'}]);
});

test('a cancellation ends the run', async () => {
    const ports = company();
    ports.directory.list_groups = () => {
        throw new SyncError({code: 'cancelled'});
    };
    await expect(readGroups(rulesOf('MM-'), ports.directory)).rejects.toMatchObject({fault: {code: 'cancelled'}});
});

test('a run in which the groups of a prefix cannot be listed is partial and says which rule', async () => {
    const ports = company();
    ports.directory.list_groups = () => {
        throw new SyncError({code: 'group_consent_missing'});
    };
    const policy = JSON.stringify({scope: {everyone: true}, memberships: {rules: [{id: 'r1', name: 'R', for_each: {groups_starting_with: 'MM-'}, join: [{team: {create}}]},
        {id: 'r2', name: 'S', who: {everyone: true}, join: [{team: {id: TEAM}}]}]}});
    expect(await run({mode: 'preview', user: '', policy}, ports)).toMatchObject({
        state: 'partial', error: {code: 'group_consent_missing', path: 'Policy.memberships.rules[0].for_each.groups_starting_with'}});
});
