import {SyncError} from '../../errors';
import {objectIdOf} from '../../object_id';
import type {Ports} from '../../ports';
import type {ChangedUser, DeltaPage} from '../../types';

import {PageTrail} from './page_trail';

/** With more changed users than this a full read is faster: it brings 999 users with each request. */
export const MAX_CHANGED = 2000;

/** How a user left the directory. */
export type Removal = 'soft_deleted' | 'hard_deleted';

/**
 * Who has changed, and no more: the attributes in Graph's answers may be partial, come twice and in any order, so the users are
 * read by id afterwards.
 */
export class ChangedUsers {

    /** Object ids of all users that the changes name. */
    readonly ids = new Set<string>();

    /** The users who were removed. One who was restored since is in the directory when asked for by id. */
    readonly removed = new Map<string, Removal>();

    /** Whether there are too many to be read one by one. */
    get isTooMany(): boolean {
        return this.ids.size > MAX_CHANGED;
    }

    /** Throws for anything that has no object id: it could be a change of a user. */
    add(user: ChangedUser): void {
        const id = objectIdOf((user as ChangedUser | null)?.id);
        if (id === '') {
            throw new SyncError({code: 'directory_answer_invalid', raw: {message: 'a change without an object id'}});
        }
        this.ids.add(id);
        const removed = user['@removed'];
        if (removed) {
            this.remove(id, removed.reason === 'deleted' ? 'hard_deleted' : 'soft_deleted');
        }
    }

    /** A user who was deleted and then erased is erased, in whichever order Graph reports the two. */
    remove(id: string, how: Removal): void {
        this.ids.add(id);
        if (this.removed.get(id) !== 'hard_deleted') {
            this.removed.set(id, how);
        }
    }
}

/** Adds what has changed since `delta_link` to `changed` and returns the next delta link; stops early, with '', at too many changes. */
export async function readDelta(delta_link: string, changed: ChangedUsers, directory: Ports['directory']): Promise<string> {
    const trail = new PageTrail({repeated: 'the changes of the directory have no end', idle: 'the changes of the directory have no end'});
    for (let cursor = delta_link; ;) {
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

/** The delta link of this moment, from which later runs read changes of the attributes `select`. */
export async function readLatestDeltaLink(select: string[], directory: Ports['directory']): Promise<string> {
    const page = await directory.read_delta({cursor: '', latest: true, select});
    checkPage(page);
    if (page.next !== '') {
        throw new SyncError({code: 'directory_answer_invalid', raw: {message: 'users came in place of the latest delta link'}});
    }
    return page.delta;
}

/** The last page has the link for the next round, all others the link to the next page. */
function checkPage({users, next, delta}: DeltaPage): void {
    const hasLinks = typeof next === 'string' && typeof delta === 'string' && (next === '') !== (delta === '');
    if (!Array.isArray(users) || !hasLinks) {
        throw new SyncError({code: 'directory_answer_invalid'});
    }
}
