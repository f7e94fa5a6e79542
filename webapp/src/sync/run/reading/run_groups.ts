import type {Fault} from '../../errors';
import type {DirectoryGroup} from '../../group_types';
import type {Directory} from '../../ports';
import type {GroupMembers} from '../../scope/group_members';

import {atOnce, ifPossible, readGroupMembers, readTreeIfPossible, type GroupReader, type TreeTaker} from './group_members';
import {readGroupsStartingWith, type GroupLister} from './group_names';
import {neededGroups, newOnes, type GroupNaming, type NeededGroups} from './needed_groups';

/** What the directory says about the groups of membership rules, as far as it could be read. */
export interface ReadGroups {

    /** The object ids of the members, nested ones included, in lower case, at least of the run's users; null for a group that could not be read. */
    membersOf(group_id: string): readonly string[] | null;

    /** The groups whose name starts with a prefix, in any case; null if they could not be read. */
    groupsStartingWith(prefix: string): readonly DirectoryGroup[] | null;

    /** Why groups could not be read, and which of them. */
    faults: readonly Fault[];
}

/** Who is in the groups that the policy names, as one run knows it. Full runs read whole groups (here), others ask for users (asked_groups.ts). */
export interface RunGroups {

    /** Of the scope and of conditions. Before a user is judged by it, the run must know the user. */
    readonly deciding: GroupMembers;

    /** Which groups of conditions could not be read, and why. */
    readonly faults: readonly Fault[];

    /** Learns which groups these users are in. */
    know(object_ids: readonly string[]): Promise<void>;

    /** Whether it is known which groups the user is in: not of a user whom the directory does not have. */
    knows(object_id: string): boolean;

    /** The groups of membership rules. */
    ofRules(): Promise<ReadGroups>;
}

/** Whole groups: a run that reads all users needs them. The groups of rules are read once the users have been. */
export class WholeGroups implements RunGroups {
    private readonly members = new Map<string, readonly string[] | null>();
    private readonly ids = new Map<string, string>();
    private rules: ReadGroups | null = null;
    deciding!: GroupMembers;
    faults: readonly Fault[] = [];

    private constructor(private readonly policy: GroupNaming, private readonly directory: GroupReader & GroupLister, private readonly take: TreeTaker) {}

    /** Reads the groups that decide about users. Throws as `readGroupMembers` does. `take` gets each tree that is read now or later. */
    static async read(policy: GroupNaming, directory: Directory, take: TreeTaker): Promise<WholeGroups> {
        const read = new WholeGroups(policy, directory, take);
        const {groups, faults} = await readGroupMembers(policy, directory, (id, tree) => {
            read.members.set(id, tree && tree.members);
            return take(id, tree);
        });
        return Object.assign(read, {deciding: groups, faults});
    }

    async know(): Promise<void> {
        // All members are known.
    }

    knows(): boolean {
        return true;
    }

    async ofRules(): Promise<ReadGroups> {
        this.rules ??= await this.readRules();
        return this.rules;
    }

    /** The same text for the same user: most users are in several groups. */
    private oneOf(id: string): string {
        const known = this.ids.get(id);
        if (known !== undefined) {
            return known;
        }
        this.ids.set(id, id);
        return id;
    }

    private async readRules(): Promise<ReadGroups> {
        const faults: Fault[] = [];
        const {others, prefixes} = neededGroups(this.policy);
        const starting = await readStarting(prefixes, this.directory, faults);
        await atOnce([...others, ...groupsOfPrefixes(prefixes, starting, new Set([...this.members.keys(), ...others.map(({group}) => group)]))], async (named) => {
            const tree = await readTreeIfPossible(named, this.directory, faults);
            this.members.set(named.group, tree && tree.members.map((id) => this.oneOf(id)));
            await this.take(named.group, tree);
        });
        return {
            membersOf: (group_id) => this.members.get(group_id.toLowerCase()) ?? null,
            groupsStartingWith: (prefix) => starting.get(prefix) ?? null,
            faults,
        };
    }
}

/** The groups by prefix; null for those that cannot be listed, each with a fault. */
export type StartingGroups = ReadonlyMap<string, readonly DirectoryGroup[] | null>;

/** Lists the groups of each prefix. */
export async function readStarting(prefixes: NeededGroups['prefixes'], directory: GroupLister, faults: Fault[]): Promise<StartingGroups> {
    const starting = new Map<string, DirectoryGroup[] | null>();
    await atOnce(prefixes, async ({prefix, path}) => {
        starting.set(prefix, await ifPossible(() => readGroupsStartingWith(prefix, directory), (fault) => faults.push({...fault, path})));
    });
    return starting;
}

/** The groups that prefixes name and that are not `known`, each with the path of the prefix. */
export function groupsOfPrefixes(prefixes: NeededGroups['prefixes'], starting: StartingGroups, known: Set<string>) {
    return newOnes(prefixes.flatMap(({prefix, path}) => (starting.get(prefix) ?? []).map(({id}) => ({group: id, path}))), known);
}
