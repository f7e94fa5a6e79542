import type {Fault} from '../../errors';
import type {GroupTree} from '../../group_types';
import type {NamedGroup} from '../../policy/condition';
import {HOUR_MS} from '../../time';

import type {RunContext} from '../context/run_context';
import {AskedGroups} from './asked_groups';
import {readGroupChanges, type GroupChanges} from './group_delta';
import {atOnce, readTree, readTreeIfPossible, type TreeTaker} from './group_members';
import type {GroupState} from './group_state';
import {neededGroups} from './needed_groups';
import {groupsOfPrefixes, readStarting} from './run_groups';

/** Answers of the directory can lag behind its changes for so long: until then, a group whose members contradict the changes is read again. */
const LAG_MS = HOUR_MS;

/** What an incremental run learns about the groups of the policy. */
export interface FollowedGroups {
    groups: AskedGroups;

    /** Object ids of users who joined or left a group since the last run, or who may have. */
    changed: ReadonlySet<string>;

    /** Where the next incremental run continues, once the run knows the users. */
    next(): Omit<GroupState, 'policy_digest'>;

    /** The groups whose trees stay; null for all. */
    needed: string[] | null;

    /** Users about whom the members of a group and the answer about the user contradict each other, once the run knows the users. */
    contradicted(): string[];
}

/**
 * Asks which groups have changed since an earlier run, and reads only those trees of the policy's groups again that contain one of them.
 * `take` gets each. Null if too many groups have changed. Throws for a group of the scope that cannot be read.
 */
export async function followGroups(state: GroupState, context: RunContext, take: TreeTaker): Promise<FollowedGroups | null> {
    const {ports} = context;
    const changes = await readGroupChanges(state.delta, ports.directory);
    if (!changes) {
        return null;
    }
    const {trees} = await ports.group_trees.list();
    return new Follower(state, changes, new Map(trees.map(({group_id, nested}) => [group_id, nested])), context, take).follow();
}

/** A user who is in a group now and was not, or the other way round. */
interface Move {
    group: string;
    id: string;
    isIn: boolean;
}

class Follower {
    private readonly changed = new Set<string>();
    private readonly again: GroupState['again'] = [];
    private readonly readable = new Set<string>();
    private readonly faults = {conditions: [] as Fault[], rules: [] as Fault[]};

    private readonly moves: Move[] = [];

    /** Who is in a kept tree and has not left it. */
    private readonly held: Move[] = [];

    /** `kept` are the groups within each group with a kept tree. */
    constructor(
        private readonly state: GroupState,
        private readonly changes: GroupChanges,
        private readonly kept: ReadonlyMap<string, readonly string[]>,
        private readonly context: RunContext,
        private readonly take: TreeTaker,
    ) {}

    async follow(): Promise<FollowedGroups> {
        const {policy, ports: {directory}} = this.context;
        const needed = neededGroups(policy);
        const {scope, conditions, others, prefixes} = needed;
        const starting = await readStarting(prefixes, directory, this.faults.rules);
        const named = new Set([...scope, ...conditions, ...others].map(({group}) => group));
        const ofPrefixes = groupsOfPrefixes(prefixes, starting, named);
        await atOnce(scope, (each) => this.update(each, () => readTree(each, directory)));
        await atOnce(conditions, (each) => this.update(each, () => readTreeIfPossible(each, directory, this.faults.conditions)));
        await atOnce([...others, ...ofPrefixes], (each) => this.update(each, () => readTreeIfPossible(each, directory, this.faults.rules)));

        // A group is no longer one of the policy's only if the groups of all prefixes are known.
        const isListed = [...starting.values()].every((groups) => groups !== null);
        const rest = [...this.kept.keys()].filter((group) => !named.has(group));
        if (isListed) {
            await this.leave(rest);
        } else {
            rest.filter((group) => !this.isSame(group)).forEach((group_id) => this.again.push({group_id, until: 0}));
        }
        const groups = new AskedGroups({needed, starting, readable: this.readable, faults: this.faults}, directory, (ids) => this.expected(ids));
        return {
            groups,
            changed: this.changed,
            next: () => ({delta: this.changes.delta, again: [...this.again, ...this.doubted(groups)]}),
            needed: isListed ? [...named] : null,
            contradicted: () => this.contradictions(groups).map(({id}) => id),
        };
    }

    private contradictions(groups: AskedGroups): Move[] {
        return [...this.moves, ...this.held].filter(({group, id, isIn}) => this.readable.has(group) && groups.hasAnswered(id) && groups.isIn(group, id) !== isIn);
    }

    /** In which groups the trees have these users: a user whose own answer lacks one of them has not left it for certain. */
    private async expected(object_ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
        const {users} = await this.context.ports.group_trees.holding({object_ids: [...object_ids]});
        const left = new Set(this.moves.filter(({isIn}) => !isIn).map(({group, id}) => `${group} ${id}`));
        const expected = new Map(users.map(({object_id, groups}) => [object_id, groups.filter((group) => !left.has(`${group} ${object_id}`))]));
        expected.forEach((groups, id) => groups.forEach((group) => this.held.push({group, id, isIn: true})));
        this.moves.filter(({isIn}) => isIn).forEach(({group, id}) => expected.set(id, [...expected.get(id) ?? [], group]));
        return expected;
    }

    /** The groups whose members the answers about users contradict: their trees are not right yet. */
    private doubted(groups: AskedGroups): GroupState['again'] {
        const listed = new Set(this.again.map(({group_id}) => group_id));
        const doubted = new Set(this.contradictions(groups).map(({group}) => group).filter((group) => !listed.has(group)));
        return [...doubted].map((group_id) => ({group_id, until: this.context.now + LAG_MS}));
    }

    /** Reads a group again if it can have changed. One that cannot be read keeps its tree, to compare with once it can. */
    private async update({group}: NamedGroup, read: () => Promise<GroupTree | null>): Promise<void> {
        if (this.isSame(group)) {
            this.readable.add(group);
            return;
        }
        const tree = await read();
        if (!tree) {
            this.again.push({group_id: group, until: 0});
            return;
        }
        this.readable.add(group);
        await this.compare(tree, this.kept.get(group) ?? []);
        await this.take(group, tree);
    }

    /** Whether a group has a kept tree that is still right. */
    private isSame(group: string): boolean {
        const nested = this.kept.get(group);
        return nested !== undefined && ![group, ...nested].some((id) => this.changes.groups.has(id)) && !this.state.again.some(({group_id}) => group_id === group);
    }

    private async compare(tree: GroupTree, nested: readonly string[]): Promise<void> {
        const {group_id} = tree;
        const before = new Set((await this.context.ports.group_trees.members({group_id})).members ?? []);
        const now = new Set(tree.members);
        tree.members.filter((id) => !before.has(id)).forEach((id) => this.move(group_id, id, true));
        before.forEach((id) => now.has(id) || this.move(group_id, id, false));
        const known = this.state.again.find((each) => each.group_id === group_id);
        const until = this.isBehind(tree, now, nested) ? this.context.now + LAG_MS : known?.until ?? 0;
        if (until > this.context.now) {
            this.again.push({group_id, until});
        }
    }

    private move(group: string, id: string, isIn: boolean): void {
        this.changed.add(id);
        this.moves.push({group, id, isIn});
    }

    /**
     * Whether the members lack what the changes say: someone who joined, or still have someone who left. The latter can be in the group in
     * another way as well. All of them are asked about one by one.
     */
    private isBehind({group_id, nested}: GroupTree, members: ReadonlySet<string>, before: readonly string[]): boolean {
        const within = new Set([group_id, ...nested]);
        let isBehind = false;
        new Set([...within, ...before]).forEach((id) => {
            const {joined, left, nested: groups} = this.changes.groups.get(id) ?? NOTHING;
            joined.forEach((user) => this.changed.add(user));
            left.forEach((user) => this.changed.add(user));
            isBehind ||= within.has(id) && ([...joined].some((user) => !left.has(user) && !members.has(user)) || [...groups].some((group) => !within.has(group)));
            isBehind ||= [...left].some((user) => !joined.has(user) && members.has(user));
        });
        return isBehind;
    }

    /** The members of groups that the policy no longer means, such as one that was renamed, have left them. */
    private async leave(groups: readonly string[]): Promise<void> {
        await atOnce(groups, async (group_id) => {
            const {members} = await this.context.ports.group_trees.members({group_id});
            members?.forEach((id) => this.changed.add(id));
        });
    }
}

const NOTHING = {joined: new Set<string>(), left: new Set<string>(), nested: new Set<string>()};
