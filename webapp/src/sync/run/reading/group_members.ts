import {faultOf, SyncError, type Fault} from '../../errors';
import {groupsOfPlacements} from '../../memberships/placement';
import type {NamedGroup} from '../../policy/condition';
import type {MembershipRule} from '../../policy/memberships';
import type {Policy} from '../../policy/policy';
import type {Directory} from '../../ports';
import {GroupMembers} from '../../scope/group_members';
import {groupsOfScope} from '../../scope/groups';
import type {MemberPage} from '../../types';

import {eachPage} from './page_trail';

/** Groups that are read at once: enough to hide the latency, few enough not to be throttled. */
const GROUPS_AT_ONCE = 4;

export type GroupReader = Pick<Directory, 'read_group_members'>;

/** The parts of a policy that name groups in conditions. */
interface GroupNaming {
    scope: Policy['scope'];
    memberships: {rules: readonly MembershipRule[]};
}

/** The members of the groups that conditions name. */
interface ReadGroups {

    /** Knows each group but those of `faults`. */
    groups: GroupMembers;

    /** Which groups of membership rules could not be read, and why. */
    faults: readonly Fault[];
}

/**
 * Reads the members of every group that the scope or a condition of a membership rule names, before any user is judged. Throws unless
 * each group of the scope was read to its end: missing members would look like users who left. A group that only membership rules name
 * is unknown when it cannot be read.
 */
export async function readGroupMembers({scope, memberships}: GroupNaming, directory: GroupReader): Promise<ReadGroups> {
    const ofScope = groupsOfScope(scope);
    const known = new Set(ofScope.map(({group}) => group.toLowerCase()));
    const others = groupsOfPlacements(memberships.rules).filter(({group}) => !known.has(group.toLowerCase()));
    const groups = new GroupMembers();
    await atOnce(ofScope, async (named) => groups.add(named.group, await readGroup(named, directory)));
    const faults: Fault[] = [];
    await atOnce(others, async (named) => {
        const ids = await readGroupIfPossible(named, directory, faults);
        if (ids) {
            groups.add(named.group, ids);
        }
    });
    return {groups, faults};
}

/** Calls `read` for each group, several at once. */
export async function atOnce<T>(groups: readonly T[], read: (group: T) => Promise<unknown>): Promise<void> {
    for (let start = 0; start < groups.length; start += GROUPS_AT_ONCE) {
        await Promise.all(groups.slice(start, start + GROUPS_AT_ONCE).map(read));
    }
}

/** The object ids of a group's members, or null and a further fault when they cannot be read: such a group is unknown, never empty. */
export async function readGroupIfPossible(named: NamedGroup, directory: GroupReader, faults: Fault[]): Promise<string[] | null> {
    try {
        return await readGroup(named, directory);
    } catch (error) {
        const fault = faultOf(error);
        if (!fault || fault.code === 'cancelled') {
            throw error;
        }
        faults.push({...fault, params: {...fault.params, group: named.group}, path: named.path});
        return null;
    }
}

async function readGroup(named: NamedGroup, directory: GroupReader): Promise<string[]> {
    const ids = new Set<string>();
    await eachPage('member', (cursor) => readPage(named, cursor, directory), (page) => {
        const before = ids.size;
        page.ids.forEach((id) => ids.add(id.toLowerCase()));
        return ids.size > before;
    });
    return [...ids];
}

/** Adds to an error about the group itself which group that is and where the policy names it. */
async function readPage({group, path}: NamedGroup, cursor: string, directory: GroupReader): Promise<MemberPage> {
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
