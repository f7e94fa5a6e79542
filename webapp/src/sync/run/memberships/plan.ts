import type {Fault} from '../../errors';
import type {Bits} from '../../memberships/bits';
import type {TargetPlan} from '../../memberships/decide';
import type {MembershipLines, MembershipTarget} from '../../memberships/shapes';
import {planTarget, ruleOf} from '../../memberships/target_facts';
import {wantedTargets, type WantedTarget} from '../../memberships/wanted';
import type {Action, Reason} from '../../types';

import type {RunContext} from '../context/run_context';
import type {People} from '../reading/people';
import type {ReadGroups} from '../reading/run_groups';
import {MembershipUsers} from './users';

/** Targets that are read at once. */
const TARGETS_AT_ONCE = 100;

/** What a run does about one team or channel. */
export interface PlannedTarget {
    target: MembershipTarget;
    wanted: WantedTarget;
    plan: TargetPlan;
    lines: PlannedLines[];
}

/** Lines of one action and rule; the users are numbers of `MembershipUsers`, in the order of their lines. */
export interface PlannedLines {
    first_seq: number;
    action: Extract<Action, 'join' | 'leave' | 'promote' | 'demote'>;
    rule_id: string;
    users: number[];
}

export interface MembershipPlan {
    users: MembershipUsers;
    targets: PlannedTarget[];

    /** What could not be read or used, else null. */
    fault: Fault | null;
}

/** Decides who joins and who leaves, and records it in the history; `last_seq` is the last line before. */
export async function planMemberships(people: People, last_seq: number, context: RunContext): Promise<MembershipPlan | null> {
    const {policy, ports} = context;
    const rules = policy.memberships.rules.filter(({enabled}) => enabled);
    if (rules.length === 0 || !people.is_complete) {
        return null;
    }
    const groups = await people.groups.ofRules();
    const users = await MembershipUsers.read(people, ports);
    const wanted = [...wantedTargets(rules, factsOf(users, groups)).values()].filter(({place}) => place.id !== '');
    const plan: MembershipPlan = {users, targets: [], fault: groups.faults[0] ?? null};
    const seq = {last: last_seq};
    for (let start = 0; start < wanted.length; start += TARGETS_AT_ONCE) {
        plan.targets.push(...await planTargets(wanted.slice(start, start + TARGETS_AT_ONCE), users, seq, context));
    }
    return plan;
}

function factsOf(users: MembershipUsers, {membersOf, groupsStartingWith}: ReadGroups) {
    const sets = new Map<string, Bits | null>();
    const setOf = (group: string) => {
        const ids = membersOf(group);
        return ids && users.among(ids);
    };
    return {
        object_ids: users.object_ids,
        placements: users.placements,
        membersOf: (group: string) => {
            const known = sets.has(group) ? sets.get(group)! : setOf(group);
            sets.set(group, known);
            return known;
        },
        groupsStartingWith,
        values: [],
    };
}

async function planTargets(wanted: WantedTarget[], users: MembershipUsers, seq: {last: number}, context: RunContext): Promise<PlannedTarget[]> {
    const {policy, ports} = context;
    const ids = wanted.map(({place}) => place.id);
    const account_ids = [...users.account_ids];
    const {targets} = await ports.memberships.targets({ids});
    const present = await ports.memberships.present({account_ids, targets: ids});
    const ledger = await ports.memberships.ledger({account_ids, targets: ids});
    const planned = wanted.flatMap((each): PlannedTarget[] => {
        const target = targets.find(({id}) => id === each.place.id);
        if (!target || target.is_archived) {
            return [];
        }
        const known = {members: present.targets.find(({id}) => id === target.id), ledger: ledger.targets.find(({id}) => id === target.id)?.entries ?? []};
        const plan = planTarget(each, known, users.size, policy.memberships);
        return [{target, wanted: each, plan, lines: linesOf(each, plan, seq)}];
    });
    await record(planned, users, context);
    return planned;
}

/** Numbers the lines of a target: the users of each rule together, because they differ in nothing else. */
function linesOf(wanted: WantedTarget, {join}: TargetPlan, seq: {last: number}): PlannedLines[] {
    const byRule = new Map<string, number[]>();
    join.list().forEach((user) => {
        const rule_id = ruleOf(wanted, user);
        byRule.set(rule_id, [...byRule.get(rule_id) ?? [], user]);
    });
    return [...byRule].map(([rule_id, users]) => {
        const lines: PlannedLines = {first_seq: seq.last + 1, action: 'join', rule_id, users};
        seq.last += users.length;
        return lines;
    });
}

const REASON: Record<PlannedLines['action'], Reason> = {join: 'wanted_by_rule', leave: 'no_rule_wants', promote: 'wanted_by_rule', demote: 'no_rule_wants'};

async function record(planned: readonly PlannedTarget[], users: MembershipUsers, {policy, ports}: RunContext): Promise<void> {
    const nameOf = new Map(policy.memberships.rules.map(({id, name}) => [id, name]));
    const lines = planned.flatMap(({target, lines: of}) => of.map((each): MembershipLines => ({
        first_seq: each.first_seq,
        action: each.action,
        reason: REASON[each.action],
        reason_params: {
            target_kind: target.kind, target_id: target.id, target_name: target.display_name, rule_id: each.rule_id, rule_value: nameOf.get(each.rule_id) ?? '',
        },
        object_ids: each.users.map((user) => users.object_ids[user]!),
        account_ids: each.users.map((user) => users.account_ids[user]!),
    })));
    if (lines.length > 0) {
        await ports.changes.record_memberships({lines});
    }
}
