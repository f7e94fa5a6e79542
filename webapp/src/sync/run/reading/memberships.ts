import {faultOf, SyncError} from '../../errors';
import type {NamedGroup} from '../../policy/condition';
import type {Policy} from '../../policy/policy';
import type {Directory} from '../../ports';
import {groupsOfScope} from '../../scope/groups';
import {Memberships} from '../../scope/memberships';
import type {MemberPage} from '../../types';

import {PageTrail} from './page_trail';

/** Groups that are read at once: enough to hide the latency, few enough not to be throttled. */
const GROUPS_AT_ONCE = 4;

type Reader = Pick<Directory, 'read_group_members'>;

/**
 * Reads the members of every group that the scope names, before any user is judged. Throws unless each was read to its end:
 * missing members would look like users who left.
 */
export async function readMemberships(scope: Policy['scope'], directory: Reader): Promise<Memberships> {
    const memberships = new Memberships();
    const groups = groupsOfScope(scope);
    for (let start = 0; start < groups.length; start += GROUPS_AT_ONCE) {
        await Promise.all(groups.slice(start, start + GROUPS_AT_ONCE).map((named) => readGroup(named, memberships, directory)));
    }
    return memberships;
}

async function readGroup(named: NamedGroup, memberships: Memberships, directory: Reader): Promise<void> {
    const trail = new PageTrail({
        repeated: 'the directory sent a link to members that it had sent before', idle: 'the directory sends page after page without a new member'});
    let cursor = '';
    do {
        const page = await readPage(named, cursor, directory);
        trail.follow(cursor, page.next, memberships.add(named.group, page.ids) > 0);
        cursor = page.next;
    } while (cursor !== '');
}

/** Adds to an error about the group itself which group that is and where the policy names it. */
async function readPage({group, path}: NamedGroup, cursor: string, directory: Reader): Promise<MemberPage> {
    try {
        const page = await directory.read_group_members({group_id: group, cursor});
        checkPage(page);
        return page;
    } catch (error) {
        const fault = faultOf(error);
        if (fault?.code === 'group_not_found' || fault?.code === 'group_consent_missing') {
            throw new SyncError({...fault, params: {...fault.params, group}, path}, {cause: error});
        }
        throw error;
    }
}

function checkPage({ids, next}: MemberPage): void {
    if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string' && id !== '') || typeof next !== 'string') {
        throw new SyncError({code: 'directory_answer_invalid'});
    }
}
