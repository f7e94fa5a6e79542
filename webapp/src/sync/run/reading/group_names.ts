import {SyncError} from '../../errors';
import type {DirectoryGroup, GroupPage} from '../../group_types';
import type {Directory} from '../../ports';

import {eachPage} from './page_trail';

export type GroupLister = Pick<Directory, 'list_groups'>;

/**
 * The groups whose name starts with `prefix`, sorted by id: the order of Graph's answers must decide nothing. Upper and lower case do not
 * matter, as they do not for Graph. What Graph sends besides is left out.
 */
export async function readGroupsStartingWith(prefix: string, directory: GroupLister): Promise<DirectoryGroup[]> {
    const found = new Map<string, DirectoryGroup>();
    await eachPage('group', (cursor) => readPage(prefix, cursor, directory), ({groups}) => {
        const before = found.size;
        groups.filter(({name}) => startsWith(name, prefix)).forEach((group) => found.set(group.id.toLowerCase(), {...group, id: group.id.toLowerCase()}));
        return found.size > before;
    });
    return [...found.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Whether a group's name starts with a text, in any case. */
export function startsWith(name: string, prefix: string): boolean {
    return name.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
}

async function readPage(prefix: string, cursor: string, directory: GroupLister): Promise<GroupPage> {
    const page = await directory.list_groups({prefix, cursor});
    const isList = Array.isArray(page.groups) && page.groups.every(({id, name}) => typeof id === 'string' && id !== '' && typeof name === 'string');
    if (!isList || typeof page.next !== 'string') {
        throw new SyncError({code: 'directory_answer_invalid'});
    }
    return page;
}
