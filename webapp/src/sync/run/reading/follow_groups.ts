import type {Fault} from '../../errors';
import type {GroupTree} from '../../group_types';

import type {RunContext} from '../context/run_context';
import {followGroups, type FollowedGroups} from './followed_groups';
import {readLatestGroupLink} from './group_delta';
import {ifPossible} from './group_members';
import {forgetGroupState, keepGroups, readGroupState, type GroupState} from './group_state';
import {dependsOnGroups, neededGroups} from './needed_groups';
import type {RunGroups} from './run_groups';

/**
 * Follows the groups that the policy names from run to run: their trees are kept together with the link to later changes, so that either
 * both count or none (docs/decisions/0015-group-trees.md).
 */
export class FollowGroups {
    private followed: FollowedGroups | null = null;

    /** The link of the moment before a full run began to read; null if there is none. */
    private link: string | null = null;
    private readonly read = new Set<string>();
    private readonly unread = new Set<string>();

    /** `keeps` is whether the run keeps anything for the next one. */
    constructor(private readonly keeps: boolean) {}

    /** Asks for the link before a full run reads any group. Without one, the next incremental run reads everything; `warn` says so. */
    async begin({policy, ports: {directory}}: RunContext, warn: (fault: Fault) => Promise<void>): Promise<void> {
        this.followed = null;
        if (this.keeps && dependsOnGroups(policy)) {
            const faults: Fault[] = [];
            this.link = await ifPossible(() => readLatestGroupLink(directory), (fault) => faults.push(fault));
            await Promise.all(faults.map(warn));
        }
    }

    /** What has changed in the groups; null if the policy names none. `undefined` means that the run has to read everything. */
    async follow(context: RunContext): Promise<FollowedGroups | null | undefined> {
        const {policy, policy_digest, ports} = context;
        if (!dependsOnGroups(policy)) {
            return null;
        }
        const state = await readGroupState(policy_digest, ports);
        this.followed = state && await followGroups(state, context, this.takerFor(context));
        return this.followed ?? undefined;
    }

    /** Stores each tree that the run reads, to be kept at its end. */
    takerFor({ports: {group_trees}}: RunContext): (group_id: string, tree: GroupTree | null) => Promise<void> {
        return async (group_id, tree) => {
            (tree ? this.read : this.unread).add(group_id);
            if (tree && this.keeps) {
                await group_trees.put(tree);
            }
        };
    }

    /** Keeps the trees and the link, after the run has applied all that it could. */
    async keep(groups: RunGroups, {policy, policy_digest, ports}: RunContext): Promise<void> {
        if (!this.keeps || !dependsOnGroups(policy)) {
            return;
        }
        if (this.followed) {
            await keepGroups({...this.followed.next(), policy_digest}, this.followed.needed, ports);
            return;
        }

        // All groups must be read by now: the link tells of later changes only.
        const {groupsStartingWith} = await groups.ofRules();
        const isListed = neededGroups(policy).prefixes.every(({prefix}) => groupsStartingWith(prefix) !== null);
        if (this.link === null) {
            await forgetGroupState(ports);
            return;
        }
        const {trees} = isListed ? {trees: []} : await ports.group_trees.list();
        const unread = new Set([...this.unread, ...trees.map(({group_id}) => group_id).filter((group) => !this.read.has(group))]);
        const again = [...unread].map((group_id): GroupState['again'][number] => ({group_id, until: 0}));
        await keepGroups({delta: this.link, policy_digest, again}, isListed ? [...this.read, ...this.unread] : null, ports);
    }
}
