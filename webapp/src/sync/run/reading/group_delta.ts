import {SyncError} from '../../errors';
import type {ChangedGroup, GroupDeltaPage} from '../../group_types';
import {objectIdOf} from '../../object_id';
import type {Directory} from '../../ports';

import {isListOfIds} from './group_members';
import {PageTrail} from './page_trail';

/** With more changed groups than this, a full read is as fast. */
const MAX_CHANGED_GROUPS = 10_000;

export type GroupFollower = Pick<Directory, 'read_group_delta'>;

/** Users who joined a group or left it, and groups that joined it, by what the directory reports: they are direct members. */
export interface DirectChanges {
    joined: Set<string>;
    left: Set<string>;
    nested: Set<string>;
}

/** The changed groups by object id, and the delta link after these changes. */
export interface GroupChanges {
    groups: ReadonlyMap<string, DirectChanges>;
    delta: string;
}

/**
 * Reads which groups have changed since `delta_link`; null when they are too many. Answers can be partial, repeated and in any order, so
 * only that a group has changed counts: its members are read. Of a user who is reported as joined and as left, either may be true.
 */
export async function readGroupChanges(delta_link: string, directory: GroupFollower): Promise<GroupChanges | null> {
    const trail = new PageTrail({repeated: 'the changes of groups have no end', idle: 'the changes of groups have no end'});
    const groups = new Map<string, DirectChanges>();
    let news = 0;
    for (let cursor = delta_link; ;) {
        const page = await directory.read_group_delta({cursor});
        checkPage(page);
        const before = news;
        page.groups.forEach((group) => {
            news += add(group, groups);
        });
        if (groups.size > MAX_CHANGED_GROUPS) {
            return null;
        }
        if (page.next === '') {
            return {groups, delta: page.delta};
        }
        trail.follow(cursor, page.next, news > before);
        cursor = page.next;
    }
}

/** The delta link of this moment, from which later runs read changes of groups. */
export async function readLatestGroupLink(directory: GroupFollower): Promise<string> {
    const page = await directory.read_group_delta({cursor: ''});
    checkPage(page);
    if (page.next !== '') {
        throw new SyncError({code: 'directory_answer_invalid', raw: {message: 'groups came in place of the latest delta link'}});
    }
    return page.delta;
}

/** Adds what an answer says about a group, and returns how much of it is new. */
function add({id, joined, left, nested}: ChangedGroup, groups: Map<string, DirectChanges>): number {
    const key = objectIdOf(id);
    if (key === '') {
        throw new SyncError({code: 'directory_answer_invalid', raw: {message: 'a change without an object id'}});
    }
    const known = groups.get(key) ?? {joined: new Set(), left: new Set(), nested: new Set()};
    const before = groups.has(key) ? sizeOf(known) : -1;
    groups.set(key, known);
    joined.forEach((user) => known.joined.add(user.toLowerCase()));
    left.forEach((user) => known.left.add(user.toLowerCase()));
    nested.forEach((group) => known.nested.add(group.toLowerCase()));
    return sizeOf(known) - before;
}

function sizeOf({joined, left, nested}: DirectChanges): number {
    return joined.size + left.size + nested.size;
}

function checkPage({groups, next, delta}: GroupDeltaPage): void {
    const hasLinks = typeof next === 'string' && typeof delta === 'string' && (next === '') !== (delta === '');
    if (!hasLinks || !Array.isArray(groups) || !groups.every((group) => [group?.joined, group?.left, group?.nested].every(isListOfIds))) {
        throw new SyncError({code: 'directory_answer_invalid'});
    }
}
