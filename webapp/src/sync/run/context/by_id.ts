import {isObjectId} from '../../object_id';
import type {Ports} from '../../ports';
import type {DirectoryUser} from '../../types';

/** Users who are asked for by id at once. */
const IDS_AT_ONCE = 500;

/**
 * Asks for users by their object ids, as they are now, and calls `take` with each answer; users that the directory does not have are
 * left out. What an earlier version remembered and is no object id is not asked for: the directory would refuse the whole request.
 */
export async function eachById(
    ids: readonly string[], select: string[], directory: Ports['directory'], take: (users: DirectoryUser[]) => Promise<void> | void,
): Promise<void> {
    const askable = ids.filter(isObjectId);
    for (let start = 0; start < askable.length; start += IDS_AT_ONCE) {
        const {users} = await directory.get({ids: askable.slice(start, start + IDS_AT_ONCE), select});
        await take(users);
    }
}
