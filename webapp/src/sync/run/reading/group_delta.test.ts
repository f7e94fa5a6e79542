import fc from 'fast-check';

import type {ChangedGroup, GroupDeltaPage} from '../../group_types';

import {readGroupChanges, readLatestGroupLink} from './group_delta';

const groupId = (number: number) => `bbbbbbbb-0000-4000-8000-${String(number).padStart(12, '0')}`;
const changeOf = (number: number, parts: Partial<ChangedGroup> = {}): ChangedGroup => ({id: groupId(number), removed: false, joined: [], left: [], nested: [], ...parts});

/** A directory that answers with these pages. */
const sending = (pages: ChangedGroup[][]) => ({
    read_group_delta: ({cursor}: {cursor: string}): GroupDeltaPage => {
        const at = Number(/\d+$/.exec(cursor)?.[0] ?? 0);
        return at < pages.length - 1 ? {groups: pages[at]!, next: `page-${at + 1}`, delta: ''} : {groups: pages[at] ?? [], next: '', delta: 'mark'};
    },
});

const change = fc.record({number: fc.integer({min: 1, max: 4}), joined: fc.subarray(['A', 'b']), left: fc.subarray(['b', 'c']), nested: fc.subarray(['n'])}).
    map(({number, ...parts}) => changeOf(number, parts));

test('order, repeats and pages of the changes do not matter', async () => {
    await fc.assert(fc.asyncProperty(fc.array(change), fc.array(fc.nat(), {maxLength: 8}), fc.integer({min: 1, max: 3}), async (changes, again, size) => {
        const told = [...again.flatMap((at) => (changes.length > 0 ? [changes[at % changes.length]!] : [])), ...[...changes].reverse()];
        const pages: ChangedGroup[][] = [[]];
        for (let start = 0; start < told.length; start += size) {
            pages.push(told.slice(start, start + size), []);
        }
        const plain = await readGroupChanges('mark', sending([changes]));
        const odd = await readGroupChanges('mark', sending(pages));
        expect(odd?.delta).toBe('mark');
        const sorted = (read: typeof odd) => [...read!.groups].map(([id, {joined, left, nested}]) => [id, ...[joined, left, nested].map((ids) => [...ids].sort())]).sort();
        expect(sorted(odd)).toEqual(sorted(plain));
    }));
});

test('groups that were removed have changed, however their ids are written', async () => {
    const read = await readGroupChanges('mark', sending([[changeOf(10, {removed: true, id: groupId(10).toUpperCase()})]]));
    expect([...read!.groups.keys()]).toEqual([groupId(10)]);
});

test('too many changed groups are no changes to follow', async () => {
    const many = Array.from({length: 10_001}, (_, at) => changeOf(at));
    expect(await readGroupChanges('mark', sending([many, []]))).toBeNull();
});

test.each<[string, unknown]>([
    ['no links', {groups: [], next: '', delta: ''}],
    ['two links', {groups: [], next: 'a', delta: 'b'}],
    ['no list', {next: '', delta: 'b'}],
    ['a group without an id', {groups: [{...changeOf(1), id: ''}], next: '', delta: 'b'}],
    ['a group without members', {groups: [{id: groupId(1), removed: false}], next: '', delta: 'b'}],
    ['null', {groups: [null], next: '', delta: 'b'}],
])('%s: is no answer', async (_, page) => {
    await expect(readGroupChanges('mark', {read_group_delta: () => page as GroupDeltaPage})).rejects.toMatchObject({fault: {code: 'directory_answer_invalid'}});
});

test('changes without an end are no answer', async () => {
    let page = 0;
    const endless = {read_group_delta: () => ({groups: [changeOf(1)], next: `page-${++page}`, delta: ''})};
    await expect(readGroupChanges('mark', endless)).rejects.toMatchObject({fault: {code: 'directory_incomplete'}});
    const circle = {read_group_delta: ({cursor}: {cursor: string}) => ({groups: [changeOf(++page)], next: cursor === 'a' ? 'b' : 'a', delta: ''})};
    await expect(readGroupChanges('a', circle)).rejects.toMatchObject({fault: {code: 'directory_incomplete'}});
});

test('groups in place of the latest link are no answer', async () => {
    expect(await readLatestGroupLink(sending([[]]))).toBe('mark');
    await expect(readLatestGroupLink(sending([[changeOf(1)], []]))).rejects.toMatchObject({fault: {code: 'directory_answer_invalid'}});
});
