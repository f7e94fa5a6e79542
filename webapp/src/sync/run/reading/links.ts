import type {Leaver} from '../../lifecycle/leaver';
import {isObjectId} from '../../object_id';
import type {Ports} from '../../ports';

import type {People} from './people';

/** Object ids of linked users that are read at once. */
const LINKS_AT_ONCE = 10_000;

/** The users who are linked to an account. */
export interface Linked {

    /** How many of them have an active account, and how many of these the directory has (`null`: not all of it was read). */
    total: number;
    found: number | null;

    /** Whether there are none, not even with a deactivated account: the tenant was never synced. */
    is_none: boolean;
}

/** The linked users against the directory: how many it has, and after a full read those who are no longer in scope. */
export async function readLinked(people: People, ports: Ports): Promise<{linked: Linked; leavers: Leaver[]}> {
    if (!people.is_complete) {
        const {total, linked} = await ports.links.list_active({after: '', limit: 0});
        return {linked: {total, found: null, is_none: linked === 0}, leavers: []};
    }
    const leavers: Leaver[] = [];
    let found = 0;

    // What an earlier version linked by something else than an object id can never be found, so it says nothing about the directory.
    let unfindable = 0;
    for (let after = '';;) {
        const {object_ids, total, linked} = await ports.links.list_active({after, limit: LINKS_AT_ONCE});
        for (const object_id of object_ids) {
            const isThere = people.has(object_id);
            found += isThere ? 1 : 0;
            unfindable += isObjectId(object_id) ? 0 : 1;
            if (!people.isInScope(object_id)) {
                leavers.push({object_id, cause: isThere ? 'out_of_scope' : 'missing'});
            }
        }
        if (object_ids.length < LINKS_AT_ONCE) {
            return {linked: {total: total - unfindable, found, is_none: linked === 0}, leavers};
        }
        after = object_ids[object_ids.length - 1]!;
    }
}
