import type {Fault} from '../../errors';
import {objectIdOf} from '../../object_id';
import type {Ports} from '../../ports';

/** A read of the directory lacked a user that the directory returns by id. */
export const NOT_MISSING: Fault = {code: 'directory_incomplete', raw: {message: 'the read of the directory lacked this user, but the directory has the user'}};

/**
 * Those of these users that the directory has now. It is asked right before something is taken from a user who is missing: a page can
 * be lost without a trace, and a user can be restored while a change waits for approval.
 */
export async function presentAmong(ids: readonly string[], {directory}: Pick<Ports, 'directory'>): Promise<Set<string>> {
    if (ids.length === 0) {
        return new Set();
    }
    const {users} = await directory.get({ids: [...ids], select: ['id']});
    return new Set(users.map(({id}) => objectIdOf(id)));
}
