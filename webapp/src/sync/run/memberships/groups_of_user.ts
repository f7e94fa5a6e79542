import {faultOf, type Fault} from '../../errors';
import type {DirectoryGroup} from '../../group_types';
import {groupsOfPlacements} from '../../memberships/placement';
import type {TargetRule} from '../../memberships/target_rules';
import type {Policy} from '../../policy/policy';
import type {Ports} from '../../ports';
import {GroupMembers} from '../../scope/group_members';
import {groupsOfScope} from '../../scope/groups';

import {readGroupsStartingWith} from '../reading/group_names';

/** The groups of the policy that one user is in, and those that start with a prefix. What could not be read is missing or null. */
export interface GroupsOfUser {

    /** Object ids in lower case; null if they could not be read. */
    within: ReadonlySet<string> | null;
    byPrefix: ReadonlyMap<string, DirectoryGroup[] | null>;
    fault: Fault | null;
}

/** One request about the user for all groups of the policy. One that fails leaves all of them unknown. */
export async function readGroupsOfUser(object_id: string, {scope}: Policy, rules: readonly TargetRule[], {directory}: Pick<Ports, 'directory'>): Promise<GroupsOfUser> {
    let fault: Fault | null = null;
    const orNull = async <T>(read: () => Promise<T>): Promise<T | null> => {
        try {
            return await read();
        } catch (error) {
            const known = faultOf(error);
            if (!known) {
                throw error;
            }
            fault ??= known;
            return null;
        }
    };
    const byPrefix = new Map<string, DirectoryGroup[] | null>();
    for (const prefix of new Set(rules.flatMap(({for_each}) => (for_each && 'groups_starting_with' in for_each ? [for_each.groups_starting_with] : [])))) {
        byPrefix.set(prefix, await orNull(() => readGroupsStartingWith(prefix, directory)));
    }
    const named = [
        ...[...groupsOfScope(scope), ...groupsOfPlacements(rules)].map(({group}) => group),
        ...rules.flatMap(({who}) => (who && 'groups' in who ? who.groups : [])),
        ...[...byPrefix.values()].flatMap((groups) => groups?.map(({id}) => id) ?? []),
    ];
    const among = [...new Set(named.map((id) => id.toLowerCase()))];
    const within = among.length === 0 ? new Set<string>() : await orNull(async () => {
        const {users: [user]} = await directory.read_user_groups({object_ids: [object_id], among});
        return new Set(user?.groups);
    });
    return {within, byPrefix, fault};
}

/** The groups of conditions as they are read for all users, with this user alone; without those that could not be read. */
export function membersOf({within}: GroupsOfUser, groups: readonly string[], object_id: string): GroupMembers {
    const members = new GroupMembers();
    if (within) {
        groups.forEach((group) => members.add(group, within.has(group.toLowerCase()) ? [object_id] : []));
    }
    return members;
}
