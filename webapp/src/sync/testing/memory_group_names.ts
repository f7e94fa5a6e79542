import {SyncError} from '../errors';
import type {GroupPage} from '../types';

/** The names of the groups of a directory in memory. */
export class MemoryGroupNames {

    /** By the groups' object ids. */
    of: Record<string, string> = {};

    /** The groups whose name starts with `prefix`, in any case, `size` on a page. */
    list({prefix, cursor}: {prefix: string; cursor: string}, size: number): GroupPage {
        const groups = Object.entries(this.of).filter(([, name]) => name.toLowerCase().startsWith(prefix.toLowerCase())).map(([id, name]) => ({id, name}));
        const start = Number(cursor || 0);
        const end = start + size;
        return {groups: groups.slice(start, end), next: end < groups.length ? String(end) : ''};
    }
}

/** The members of a group, which must exist. */
export function membersIn(groups: Readonly<Record<string, string[]>>, group_id: string): string[] {
    const members = groups[group_id];
    if (!members) {
        throw new SyncError({code: 'group_not_found'});
    }
    return members;
}
