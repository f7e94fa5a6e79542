import {expiryOf, isTooMany} from '../../guard/guard';
import {membershipHoldKinds, type MembershipHoldKind} from '../../lists';
import {removesEveryone} from '../../memberships/target_facts';
import {HOUR_MS} from '../../time';
import type {HeldKind, Hold} from '../../types';

import type {RunContext} from '../context/run_context';
import {recordHeld} from '../planning/hold';
import {givesSystemRole} from './lines';
import {byPlaceOf, plannedTeam, type PlannedLines, type PlannedTarget} from './planned';
import {readApprovedRemovals} from './removals';

/** What one target would lose. */
interface Loss {
    planned: PlannedTarget;

    /** Memberships and roles that the run takes away, those that it holds already among them. */
    count: number;

    /** Those that runs of the window took away. */
    recent: number;

    /** Members now, and before the runs of the window. */
    members: number;
}

/**
 * Moves the lines that need an approval from `lines` to `held`, marks all held ones in the history, and returns why they are held. Of what
 * gives, only system roles are held (lines.ts).
 */
export async function holdMemberships(targets: readonly PlannedTarget[], context: RunContext): Promise<HeldKind[]> {
    const {policy, ports, mode, progress} = context;
    const removing = targets.filter(({lines, held}) => [...lines, ...held].some(({action}) => isTaking(action)));
    const kinds = new HeldKinds(policy.guard.window_hours);
    if (removing.length > 0) {
        await holdRemovals(removing, targets, kinds, context);
    }
    kinds.addRoles(sum(targets.flatMap((planned) => planned.held.filter(({action}) => givesSystemRole(planned, action)).map(({users}) => users.length))));
    const held = targets.flatMap((planned) => planned.held);
    progress.counts.held += sum(held.map(({users}) => users.length));
    if (mode === 'apply') {
        await recordHeld(held.flatMap(({first_seq, users}) => users.map((_, at) => first_seq + at)), ports);
    }
    return kinds.list;
}

async function holdRemovals(
    removing: readonly PlannedTarget[], targets: readonly PlannedTarget[], kinds: HeldKinds, {policy: {guard}, ports}: RunContext,
): Promise<void> {
    const hours = guard.window_hours;
    const {targets: before} = hours > 0 ? await ports.memberships.recent_leaves({within_ms: hours * HOUR_MS}) : {targets: []};
    const known = await readApprovedRemovals(ports);
    const losses = removing.map((planned) => lossOf(planned, before.find(({id}) => id === planned.target.id)?.users ?? 0));
    const all = {count: sum(losses.map(({count}) => count)), recent: sum(before.map(({users}) => users)), total: sum(targets.map(({target}) => target.members)) + sum(before.map(({users}) => users))};
    const tooManyInAll = isTooMany(all.count + all.recent, all.total, guard.leaves);
    for (const loss of losses) {
        const {planned, count, recent, members} = loss;
        const reasons: MembershipHoldKind[] = [
            ...(isTooMany(count + recent, members, guard.leaves_per_target) ? ['leaves_per_target'] as const : []),
            ...(empties(planned) ? ['target_emptied'] as const : []),
            ...(removesOthers(planned) && !known.has(planned.target.id) ? ['first_removal'] as const : []),
            ...(tooManyInAll || planned.held.some(({action}) => isTaking(action)) ? ['leaves'] as const : []),
        ];
        if (reasons.length > 0) {
            const taking = planned.lines.filter(({action}) => isTaking(action));
            planned.held.push(...(reasons.some((reason) => reason !== 'leaves') || tooManyInAll ? taking : []));
            planned.lines = planned.lines.filter((line) => !planned.held.includes(line));
            kinds.add(reasons, loss, all);
        }
    }
    holdInTeams(targets);
}

/** What a run holds, with the reasons why it holds memberships. */
export function withKinds(hold: Hold | null, memberships: {kinds: readonly HeldKind[]} | null, {policy, now}: RunContext): Hold | null {
    const kinds = memberships?.kinds ?? [];
    return kinds.length === 0 ? hold : {kinds: [...hold?.kinds ?? [], ...kinds], expires_at: hold?.expires_at ?? expiryOf(policy.guard, now)};
}

/** Who leaves a team leaves all its channels: so what is held of a channel holds the leave of its team as well. */
function holdInTeams(targets: readonly PlannedTarget[]): void {
    const byPlace = byPlaceOf(targets);
    for (const channel of targets) {
        const planned = plannedTeam(channel, byPlace);
        const waiting = new Set(channel.held.filter(({action}) => action === 'leave').flatMap(({users}) => users));
        if (planned && waiting.size > 0) {
            const parts = planned.lines.flatMap((line) => (line.action === 'leave' ? split(line, waiting) : [{line, isWaiting: false}]));
            planned.lines = parts.filter(({isWaiting}) => !isWaiting).map(({line}) => line);
            planned.held.push(...parts.filter(({isWaiting}) => isWaiting).map(({line}) => line));
        }
    }
}

/** Lines in a row, cut where the users change between those who wait and others: their numbers must stay together. */
function split(lines: PlannedLines, waiting: ReadonlySet<number>): Array<{line: PlannedLines; isWaiting: boolean}> {
    const parts: Array<{line: PlannedLines; isWaiting: boolean}> = [];
    lines.users.forEach((user, at) => {
        const isWaiting = waiting.has(user);
        const last = parts.at(-1);
        if (last?.isWaiting === isWaiting) {
            last.line.users.push(user);
        } else {
            parts.push({line: {...lines, first_seq: lines.first_seq + at, users: [user]}, isWaiting});
        }
    });
    return parts;
}

function isTaking(action: string): boolean {
    return action === 'leave' || action === 'demote';
}

function lossOf(planned: PlannedTarget, recent: number): Loss {
    const taking = [...planned.lines, ...planned.held].filter(({action}) => isTaking(action));
    return {planned, count: sum(taking.map(({users}) => users.length)), recent, members: planned.target.members + recent};
}

/** Whether no member would be left. */
function empties({target, plan}: PlannedTarget): boolean {
    return !plan.leave.isEmpty && target.members - plan.leave.count + plan.join.count <= 0;
}

/** Whether the target would lose members whom the sync did not add. */
export function removesOthers({wanted, plan, added}: PlannedTarget): boolean {
    return removesEveryone(wanted) && !plan.leave.andNot(added).isEmpty;
}

/** Adds up why lines are held, one entry a kind. */
class HeldKinds {
    private readonly byKind = new Map<MembershipHoldKind, HeldKind>();
    private roles: HeldKind[] = [];

    constructor(private readonly hours: number) {}

    add(reasons: readonly MembershipHoldKind[], {planned, count, recent, members}: Loss, all: {count: number; recent: number; total: number}): void {
        for (const kind of reasons) {
            const own = this.byKind.get(kind) ?? {kind, count: 0, total: 0};
            const next: HeldKind = kind === 'leaves' ? {kind, count: all.count, total: all.total} :
                kind === 'target_emptied' ? {kind, count: own.count + 1, total: own.total + 1} :
                kind === 'first_removal' ? {kind, count: own.count + planned.plan.leave.andNot(planned.added).count, total: own.total + members} :
                count > own.count ? {kind, count, total: members} : own;
            const before = kind === 'leaves' ? all.recent : kind === 'leaves_per_target' && next !== own ? recent : 0;
            this.byKind.set(kind, before > 0 ? {...next, recent: before, hours: this.hours} : next);
        }
    }

    /** Adds the system roles that wait for approval. */
    addRoles(count: number): void {
        this.roles = count === 0 ? [] : [{kind: 'system_role', count, total: count}];
    }

    get list(): HeldKind[] {
        return [...membershipHoldKinds.flatMap((kind) => this.byKind.get(kind) ?? []), ...this.roles];
    }
}

function sum(numbers: readonly number[]): number {
    return numbers.reduce((all, one) => all + one, 0);
}
