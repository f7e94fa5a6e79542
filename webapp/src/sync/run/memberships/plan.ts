import type {Fault} from '../../errors';
import {Bits} from '../../memberships/bits';
import type {TargetPlan} from '../../memberships/decide';
import {limitPlan, onlyTeamMembers, type Notice} from '../../memberships/limits';
import type {ForEachValue} from '../../memberships/places';
import {addedTo, handedOver, handedOverRoles, planTarget, type Present} from '../../memberships/target_facts';
import {targetRules} from '../../memberships/target_rules';
import type {PresentMembers} from '../../memberships/shapes';
import {wantedTargets, type DirectoryFacts} from '../../memberships/wanted';
import type {HeldKind} from '../../types';

import type {RunContext} from '../context/run_context';
import type {Earlier} from '../planning/earlier';
import type {People} from '../reading/people';
import type {ReadGroups} from '../reading/run_groups';
import type {MembershipApproval} from './approval';
import {holdMemberships} from './hold';
import {LineWriter} from './lines';
import {plannedTeam, type PlannedTarget} from './planned';
import {findSites, type Site} from './sites';
import {MembershipUsers} from './users';

/** Targets that are read at once. */
const TARGETS_AT_ONCE = 100;

export interface MembershipPlan {
    users: MembershipUsers;
    targets: PlannedTarget[];

    /** What could not be read, else null. */
    fault: Fault | null;

    /** Why lines are held. */
    kinds: HeldKind[];

    /** Whether what earlier runs hold stays held, because something is unknown. */
    keeps_holds: boolean;
}

/** What the planning of memberships needs besides the context. */
export interface MembershipInput {
    people: People;

    /** The last line of the plan of the accounts. */
    last_seq: number;

    /** In a preview: the users who get an active account by its plan, each with the ID of the account if there is one. */
    arriving?: ReadonlyMap<string, string>;
    earlier: Earlier;

    /** Restricts the plan to approved changes. */
    approval?: MembershipApproval;
}

/** Decides who joins, who leaves and who is an admin, records it in the history, and holds back what needs an approval; null without rules. */
export async function planMemberships(input: MembershipInput, context: RunContext): Promise<MembershipPlan | null> {
    const {people, approval, earlier} = input;
    const {policy, ports} = context;
    const rules = targetRules(policy);
    if (!rules.some(({enabled}) => enabled)) {
        return null;
    }
    const groups = await people.groups.ofRules();
    const users = await MembershipUsers.read(people, input.arriving ?? new Map(), context);
    if (users.size === 0 && !people.is_complete) {
        return {users, targets: [], fault: people.group_faults[0] ?? groups.faults[0] ?? null, kinds: [], keeps_holds: false};
    }
    const {targets: created} = await ports.memberships.created();
    const values = created.map(({value_key, value_text}): ForEachValue => ({key: value_key, text: value_text}));
    const wanted = wantedTargets(rules, factsOf(users, groups, values));
    const sites = await findSites(wanted, new Map(created.map(({place, target_id}) => [place, target_id])), users.active, context);
    const lines = new LineWriter(input, users, context);
    if (people.is_complete && !approval) {
        await lines.tellUnusable(sites.unusable);
    }
    const targets: PlannedTarget[] = [];
    const byPlace = new Map<string, PlannedTarget>();
    for (let start = 0; start < sites.usable.length; start += TARGETS_AT_ONCE) {
        targets.push(...await planTargets(sites.usable.slice(start, start + TARGETS_AT_ONCE), byPlace, users, input, context));
    }
    keepInTeams(byPlace);
    for (const target of targets) {
        await lines.write(target);
    }
    await lines.flush();
    const faults = [...people.group_faults, ...groups.faults];
    const kinds = approval ? [] : await holdMemberships(targets, context);
    return {users, targets, fault: faults[0] ?? null, kinds, keeps_holds: faults.length > 0 && earlier.holdsMemberships};
}

function factsOf(users: MembershipUsers, {membersOf, groupsStartingWith}: ReadGroups, values: readonly ForEachValue[]): DirectoryFacts {
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
        values,
    };
}

/** Who leaves a team leaves all its channels: so a user stays in the team as long as one of them keeps the user back. */
function keepInTeams(byPlace: ReadonlyMap<string, PlannedTarget>): void {
    for (const channel of byPlace.values()) {
        const planned = plannedTeam(channel, byPlace);
        if (planned && !channel.kept_back.isEmpty) {
            planned.plan = {...planned.plan, leave: planned.plan.leave.andNot(channel.kept_back)};
        }
    }
}

/** Who is in the target. All users have a place on the server, where some have a system role. */
function membersOf({target}: Site, present: readonly PresentMembers[], users: MembershipUsers): PresentMembers | undefined {
    const found = present.find(({id}) => id === target.id);
    return target.kind === 'system_role' ? {id: target.id, members: users.active.pairs, admins: found?.admins ?? []} : found;
}

/** Adds each planned target to `byPlace`, where the channels find their teams. */
async function planTargets(
    sites: readonly Site[], byPlace: Map<string, PlannedTarget>, users: MembershipUsers, {people, approval}: MembershipInput, context: RunContext,
): Promise<PlannedTarget[]> {
    const {policy: {memberships: policy}, ports, now} = context;
    const ids = sites.map(({target}) => target.id).filter((id) => id !== '');
    const account_ids = [...users.account_ids];
    const present = ids.length > 0 ? (await ports.memberships.present({account_ids, targets: ids})).targets : [];
    const ledger = ids.length > 0 ? (await ports.memberships.ledger({account_ids, targets: ids})).targets : [];
    const evidence = {
        now, counts: people.is_complete && !approval, min_minutes_between_reads: policy.min_minutes_between_reads, asks_admin: approval !== undefined && !approval.isOfPreview,
    };
    return sites.map((site) => {
        const {id} = site.target;
        const known: Present = {members: membersOf(site, present, users), ledger: ledger.find((one) => one.id === id)?.entries ?? []};
        const team = plannedTeam(site, byPlace);
        const decided = planTarget(site.wanted, known, users, policy, evidence);
        const {plan, notices} = limitPlan(team ? onlyTeamMembers(decided, team.after) : decided, site.target, new Bits(users.size, known.members?.admins));
        const planned: PlannedTarget = {
            ...site,
            plan,
            notices: [...notices, ...told(plan, people.is_complete)],
            given: known.ledger.map(({rule_id, promoted_by, users: of}) => ({rule_id, promoted_by, users: new Bits(users.size, of)})),
            added: addedTo(known, users.size),
            handed_over: handedOver(site.wanted, known, users.size),
            handed_over_roles: handedOverRoles(site.wanted, known, users.size),
            kept_back: site.target.is_default_channel ? new Bits(users.size) : plan.leave_waits.or(decided.leave.andNot(plan.leave)),
            after: new Bits(users.size, known.members?.members).or(plan.join).andNot(plan.leave),
            lines: [],
            held: [],
        };
        byPlace.set(site.wanted.place.key, planned);
        return planned;
    });
}

/** What is told about single users. Only a full read says that a removal waits for another one. */
function told(plan: TargetPlan, is_full: boolean): Notice[] {
    return [
        {action: 'skip', reason: 'ended_by_others', users: plan.note_ended, instead_of: 'join'},
        {action: 'skip', reason: 'guest_not_admin', users: plan.guests_as_admins, instead_of: 'promote'},
        ...(is_full ? [
            {action: 'skip', reason: 'leave_unproved', users: plan.leave_waits, instead_of: 'leave'},
            {action: 'skip', reason: 'role_unproved', users: plan.demote_waits, instead_of: 'demote'},
        ] as const : []),
    ];
}
