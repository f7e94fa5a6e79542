import {SyncError} from '../../errors';
import type {Ports} from '../../ports';
import type {ChangedUser, DeltaPage} from '../../types';

import {PageTrail} from './page_trail';

/** With more changed people than this it is quicker to read everybody: one request brings one of them, or 999 of all. */
export const MAX_CHANGED = 2000;

/** How somebody has left the directory. */
export type Removal = 'soft_deleted' | 'hard_deleted';

/**
 * Who has changed, and no more than that: the attributes in Graph's answers may be partial, come twice and in any order, so the
 * people are read by id afterwards.
 */
export class ChangedPeople {

    /** Object ids of everybody whom the changes name. */
    readonly ids = new Set<string>();

    /** Those who have left, unless they are back: then the directory has them when asked for by id. */
    readonly removed = new Map<string, Removal>();

    /** Whether there are too many to be read one by one. */
    get isTooMany(): boolean {
        return this.ids.size > MAX_CHANGED;
    }

    /** Throws for whatever is no user: whoever it was might be overlooked. */
    add(user: ChangedUser): void {
        const id: unknown = (user as ChangedUser | null)?.id;
        if (typeof id !== 'string' || id === '') {
            throw new SyncError({code: 'directory_answer_invalid', raw: {message: 'a change without an object id'}});
        }
        this.ids.add(id);
        const removed = user['@removed'];
        if (removed) {
            this.remove(id, removed.reason === 'deleted' ? 'hard_deleted' : 'soft_deleted');
        }
    }

    /** Whoever was deleted and then erased is erased, in whichever order Graph tells. */
    remove(id: string, how: Removal): void {
        this.ids.add(id);
        if (this.removed.get(id) !== 'hard_deleted') {
            this.removed.set(id, how);
        }
    }
}

/** Adds what has changed since the mark `delta` to `changed` and returns the mark after it; stops early, with '', when it is too much. */
export async function readDelta(delta: string, changed: ChangedPeople, directory: Ports['directory']): Promise<string> {
    const trail = new PageTrail({repeated: 'the changes of the directory have no end', idle: 'the changes of the directory have no end'});
    for (let cursor = delta; ;) {
        const page = await directory.read_delta({cursor, latest: false, select: []});
        checkPage(page);
        const before = changed.ids.size;
        page.users.forEach((user) => changed.add(user));
        if (changed.isTooMany || page.next === '') {
            return changed.isTooMany ? '' : page.delta;
        }
        trail.follow(cursor, page.next, changed.ids.size > before);
        cursor = page.next;
    }
}

/** The mark of this moment, from which changes of the attributes `select` can be read later. */
export async function readMark(select: string[], directory: Ports['directory']): Promise<string> {
    const page = await directory.read_delta({cursor: '', latest: true, select});
    checkPage(page);
    if (page.next !== '') {
        throw new SyncError({code: 'directory_answer_invalid', raw: {message: 'people came in place of the mark of this moment'}});
    }
    return page.delta;
}

/** The last page leads to the next round, all others to the next page. */
function checkPage({users, next, delta}: DeltaPage): void {
    const hasLinks = typeof next === 'string' && typeof delta === 'string' && (next === '') !== (delta === '');
    if (!Array.isArray(users) || !hasLinks) {
        throw new SyncError({code: 'directory_answer_invalid'});
    }
}
