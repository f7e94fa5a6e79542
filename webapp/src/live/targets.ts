import type {Bits} from '../sync/memberships/bits';
import type {MembershipLines} from '../sync/memberships/shapes';
import type {MembershipPlan} from '../sync/run/memberships/plan';
import type {PlannedTarget} from '../sync/run/memberships/planned';
import type {DirectoryUser, Reason, ReasonParams} from '../sync/types';

import {moves, type Move} from './moves';
import {addressOf, textOf} from './user_text';

/** Targets that an answer has, and users of one target and action who are named. */
const SHOWN_TARGETS = 200;
const SHOWN_USERS = 100;

export interface MovingUser {
    object_id: string;
    display_name: string;
    email: string;
}

/** `count` is the number of all users, `users` are the first of them. */
export interface Moving {
    count: number;
    users: MovingUser[];
}

/** The effect of the rules on one team or channel. */
export interface LiveTarget extends Record<Move, Moving> {

    /** The same for the same team or channel. */
    key: string;
    kind: PlannedTarget['target']['kind'];

    /** '' for one that a sync would create. */
    id: string;
    name: string;

    /** Of a channel: the name of its team. */
    team_name: string;

    /** Users of the rules who are in it and stay. */
    stay: number;

    /** Users for whom it is not known whether a rule applies to them. Nothing happens to them. */
    unknown: number;
}

/** Why a team or channel cannot be used, or does not take all users. */
export interface TargetProblem {
    reason: Reason;
    params: ReasonParams;
}

export interface LiveTargets {

    /** The first of them; those in which something happens come first. */
    targets: LiveTarget[];

    /** How many there are, and how many would be created. */
    total: number;
    created: number;

    /** Over all targets. */
    sums: Record<Move, number>;
    problems: TargetProblem[];
}

/**
 * What a sync would do in teams and channels. Removals that wait for a second directory read count as removals: it is about what
 * the rules come to.
 */
export function targetsOf({users, targets}: MembershipPlan, lines: readonly MembershipLines[], directory: readonly DirectoryUser[]): LiveTargets {
    const effects = targets.map((planned) => ({planned, moving: movingIn(planned)}));
    const changed = effects.filter(({moving}) => moves.some((move) => !moving[move].isEmpty));
    const shown = [...changed, ...effects.filter((effect) => !changed.includes(effect))].slice(0, SHOWN_TARGETS);
    const nameOf = namesOf(shown.flatMap(({moving}) => moves.flatMap((move) => firstOf(moving[move], users.object_ids))), directory);
    return {
        targets: shown.map(({planned, moving}) => ({
            ...described(planned),
            ...Object.fromEntries(moves.map((move) => [move, {count: moving[move].count, users: firstOf(moving[move], users.object_ids).map(nameOf)}])) as Record<Move, Moving>,
            stay: planned.after.andNot(moving.join).andNot(moving.leave).count,
            unknown: planned.wanted.unknown.count,
        })),
        total: targets.length,
        created: targets.filter(({create}) => create !== null).length,
        sums: Object.fromEntries(moves.map((move) => [move, effects.reduce((sum, {moving}) => sum + moving[move].count, 0)])) as Record<Move, number>,
        problems: lines.filter(({object_ids}) => object_ids[0] === '').map(({reason, reason_params}) => ({reason, params: reason_params})),
    };
}

function movingIn({plan}: PlannedTarget): Record<Move, Bits> {
    return {join: plan.join, leave: plan.leave.or(plan.leave_waits), promote: plan.promote, demote: plan.demote.or(plan.demote_waits)};
}

function described({wanted, target}: PlannedTarget): Pick<LiveTarget, 'key' | 'kind' | 'id' | 'name' | 'team_name'> {
    return {key: wanted.place.key, kind: target.kind, id: target.id, name: target.display_name || target.name, team_name: target.team_name};
}

function firstOf(moving: Bits, object_ids: readonly string[]): string[] {
    return moving.list().slice(0, SHOWN_USERS).map((at) => object_ids[at]!);
}

/** Says the names of the users with these object IDs. */
function namesOf(object_ids: readonly string[], directory: readonly DirectoryUser[]): (object_id: string) => MovingUser {
    const wanted = new Set(object_ids);
    const known = new Map(directory.filter(({id}) => wanted.has(String(id).toLowerCase())).map((user) => [String(user.id).toLowerCase(), user]));
    return (object_id) => {
        const user = known.get(object_id);
        return {object_id, display_name: user ? textOf(user.displayName) : '', email: user ? addressOf(user) : ''};
    };
}
