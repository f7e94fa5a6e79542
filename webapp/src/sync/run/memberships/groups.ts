import {faultOf, type Fault} from '../../errors';
import type {MembershipRule} from '../../policy/memberships';
import type {Directory} from '../../ports';

import {PageTrail} from '../reading/page_trail';

/** Groups that are read at once: enough to hide the latency, few enough not to be throttled. */
const GROUPS_AT_ONCE = 4;

/** The members of the groups of membership rules, as far as they could be read. */
export interface ReadGroups {

    /** Object ids in lower case, by the group's id in lower case; null for a group that could not be read. */
    members: ReadonlyMap<string, ReadonlySet<string> | null>;

    /** Why groups could not be read, and which of them. */
    faults: readonly Fault[];
}

/** The groups that enabled rules name, each once and in lower case. */
export function groupsOfMemberships(rules: readonly MembershipRule[]): string[] {
    const named = rules.flatMap(({enabled, who}) => (enabled && who && 'groups' in who ? who.groups : []));
    return [...new Set(named.map((group) => group.toLowerCase()))];
}

/** Reads each group to its end. One that cannot be read is unknown, never empty; everything else goes on. */
export async function readGroups(rules: readonly MembershipRule[], directory: Pick<Directory, 'read_group_members'>): Promise<ReadGroups> {
    const members = new Map<string, ReadonlySet<string> | null>();
    const faults: Fault[] = [];
    const groups = groupsOfMemberships(rules);
    const read = async (group: string) => {
        try {
            members.set(group, await readGroup(group, directory));
        } catch (error) {
            const fault = faultOf(error);
            if (!fault || fault.code === 'cancelled') {
                throw error;
            }
            members.set(group, null);
            faults.push({...fault, params: {...fault.params, group}});
        }
    };
    for (let start = 0; start < groups.length; start += GROUPS_AT_ONCE) {
        await Promise.all(groups.slice(start, start + GROUPS_AT_ONCE).map(read));
    }
    return {members, faults};
}

async function readGroup(group_id: string, directory: Pick<Directory, 'read_group_members'>): Promise<ReadonlySet<string>> {
    const ids = new Set<string>();
    const trail = new PageTrail({
        repeated: 'the directory sent a link to members that it had sent before', idle: 'the directory sends page after page without a new member'});
    let cursor = '';
    do {
        const before = ids.size;
        const page = await directory.read_group_members({group_id, cursor});
        page.ids.forEach((id) => ids.add(id.toLowerCase()));
        trail.follow(cursor, page.next, ids.size > before);
        cursor = page.next;
    } while (cursor !== '');
    return ids;
}
