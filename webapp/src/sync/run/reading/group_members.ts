import {faultOf, SyncError, type Fault} from '../../errors';
import type {GroupTree} from '../../group_types';
import type {NamedGroup} from '../../policy/condition';
import type {Directory} from '../../ports';
import {GroupMembers} from '../../scope/group_members';
import type {MemberPage} from '../../types';

import {neededGroups, type GroupNaming} from './needed_groups';
import {eachPage} from './page_trail';

/** Groups that are read at once: enough to hide the latency, few enough not to be throttled. */
const GROUPS_AT_ONCE = 4;

export type GroupReader = Pick<Directory, 'read_group_members'>;

/** The members of the groups that conditions name. */
interface DecidingGroups {

    /** Knows each group but those of `faults`. */
    groups: GroupMembers;

    /** Which groups of membership rules could not be read, and why. */
    faults: readonly Fault[];
}

/**
 * Reads the members of every group that the scope or a condition of a membership rule names, before any user is judged. Throws unless
 * each group of the scope was read to its end: missing members would look like users who left. A group that only membership rules name
 * is unknown when it cannot be read. `take` gets each tree.
 */
export async function readGroupMembers(policy: GroupNaming, directory: GroupReader, take: TreeTaker = takeNothing): Promise<DecidingGroups> {
    const {scope, conditions} = neededGroups(policy);
    const groups = new GroupMembers();
    const faults: Fault[] = [];
    const add = async (tree: GroupTree) => {
        groups.add(tree.group_id, tree.members);
        await take(tree.group_id, tree);
    };
    await atOnce(scope, async (named) => add(await readTree(named, directory)));
    await atOnce(conditions, async (named) => {
        const tree = await readTreeIfPossible(named, directory, faults);
        await (tree ? add(tree) : take(named.group, null));
    });
    return {groups, faults};
}

/** Gets what was read of a group; null if it could not be read. */
export type TreeTaker = (group_id: string, tree: GroupTree | null) => Promise<void> | void;

function takeNothing(): void {
    // Nothing is kept.
}

/** Calls `read` for each group, several at once. */
export async function atOnce<T>(groups: readonly T[], read: (group: T) => Promise<unknown>): Promise<void> {
    for (let start = 0; start < groups.length; start += GROUPS_AT_ONCE) {
        await Promise.all(groups.slice(start, start + GROUPS_AT_ONCE).map(read));
    }
}

/** Who and what is in a group, or null and a further fault when it cannot be read: such a group is unknown, never empty. */
export async function readTreeIfPossible(named: NamedGroup, directory: GroupReader, faults: Fault[]): Promise<GroupTree | null> {
    return ifPossible(() => readTree(named, directory), ({params, ...fault}) => faults.push({...fault, params: {...params, group: named.group}, path: named.path}));
}

/** What `read` answers, or null if it fails for a known reason, which `note` gets. A cancellation ends the run. */
export async function ifPossible<T>(read: () => Promise<T>, note: (fault: Fault) => void): Promise<T | null> {
    try {
        return await read();
    } catch (error) {
        const fault = faultOf(error);
        if (!fault || fault.code === 'cancelled') {
            throw error;
        }
        note(fault);
        return null;
    }
}

/** Who and what is in a group, to its end. */
export async function readTree(named: NamedGroup, directory: GroupReader): Promise<GroupTree> {
    const members = new Set<string>();
    const nested = new Set<string>();
    await eachPage('member', (cursor) => readPage(named, cursor, directory), (page) => {
        const before = members.size + nested.size;
        page.ids.forEach((id) => members.add(id.toLowerCase()));
        page.groups.forEach((id) => nested.add(id.toLowerCase()));
        return members.size + nested.size > before;
    });
    return {group_id: named.group.toLowerCase(), members: [...members], nested: [...nested]};
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

function checkPage({ids, groups, next}: MemberPage): void {
    if (!isListOfIds(ids) || !isListOfIds(groups) || typeof next !== 'string') {
        throw new SyncError({code: 'directory_answer_invalid'});
    }
}

/** Whether an answer has a list of ids. */
export function isListOfIds(ids: unknown): ids is string[] {
    return Array.isArray(ids) && ids.every((id) => typeof id === 'string' && id !== '');
}
