import {faultOf, type Fault} from '../../errors';
import type {DirectoryGroup} from '../../group_types';
import type {NamedGroup} from '../../policy/condition';
import type {MembershipRule} from '../../policy/memberships';

import {atOnce, readGroupIfPossible, type GroupReader} from '../reading/group_members';
import {readGroupsStartingWith, type GroupLister} from '../reading/group_names';

/** What the directory says about the groups of membership rules, as far as it could be read. */
export interface ReadGroups {

    /** The object ids of the members, nested ones included, in lower case; null for a group that could not be read. */
    membersOf(group_id: string): readonly string[] | null;

    /** The groups whose name starts with a prefix, in any case; null if they could not be read. */
    groupsStartingWith(prefix: string): readonly DirectoryGroup[] | null;

    /** Why groups could not be read, and which of them. */
    faults: readonly Fault[];
}

/** The groups that enabled rules name, each once, in lower case, and with its first path. */
export function groupsOfMemberships(rules: readonly MembershipRule[]): NamedGroup[] {
    const named = rules.flatMap(({enabled, who}, at) => (enabled && who && 'groups' in who ?
        who.groups.map((group, place) => ({group: group.toLowerCase(), path: `Policy.memberships.rules[${at}].who.groups[${place}]`})) : []));
    return firstOfEach(named);
}

/** The prefixes of group names for which enabled rules have targets, each once and with its first path. */
export function prefixesOfMemberships(rules: readonly MembershipRule[]): Array<{prefix: string; path: string}> {
    const named = rules.flatMap(({enabled, for_each}, at) => (enabled && for_each && 'groups_starting_with' in for_each ?
        [{prefix: for_each.groups_starting_with, path: `Policy.memberships.rules[${at}].for_each.groups_starting_with`}] : []));
    return named.filter(({prefix}, at) => named.findIndex((other) => other.prefix === prefix) === at);
}

/**
 * Reads the groups of the rules, those of a prefix with the others, each to its end. What cannot be read is unknown, never empty;
 * everything else goes on.
 */
export async function readGroups(rules: readonly MembershipRule[], directory: GroupReader & GroupLister): Promise<ReadGroups> {
    const faults: Fault[] = [];
    const starting = new Map<string, DirectoryGroup[] | null>();
    await atOnce(prefixesOfMemberships(rules), async ({prefix, path}) => {
        starting.set(prefix, await listIfPossible(prefix, path, directory, faults));
    });
    const ofPrefixes = prefixesOfMemberships(rules).flatMap(({prefix, path}) => (starting.get(prefix) ?? []).map(({id}) => ({group: id, path})));
    const members = new Map<string, readonly string[] | null>();
    await atOnce(firstOfEach([...groupsOfMemberships(rules), ...ofPrefixes]), async (named) => {
        members.set(named.group, await readGroupIfPossible(named, directory, faults));
    });
    return {
        membersOf: (group_id) => members.get(group_id.toLowerCase()) ?? null,
        groupsStartingWith: (prefix) => starting.get(prefix) ?? null,
        faults,
    };
}

async function listIfPossible(prefix: string, path: string, directory: GroupLister, faults: Fault[]): Promise<DirectoryGroup[] | null> {
    try {
        return await readGroupsStartingWith(prefix, directory);
    } catch (error) {
        const fault = faultOf(error);
        if (!fault || fault.code === 'cancelled') {
            throw error;
        }
        faults.push({...fault, path});
        return null;
    }
}

function firstOfEach(named: readonly NamedGroup[]): NamedGroup[] {
    const first = new Map<string, NamedGroup>();
    named.forEach((each) => first.set(each.group, first.get(each.group) ?? each));
    return [...first.values()];
}
