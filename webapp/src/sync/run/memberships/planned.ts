import type {MembershipAction} from '../../lists';
import type {Bits} from '../../memberships/bits';
import type {TargetPlan} from '../../memberships/decide';
import type {Notice} from '../../memberships/limits';

import type {Site} from './sites';

/** Lines of one action and rule; the users are numbers of `MembershipUsers`, in the order of their lines. */
export interface PlannedLines {
    first_seq: number;
    action: MembershipAction;
    rule_id: string;
    users: number[];
}

/** What a run does about one team or channel. Teams come before their channels. */
export interface PlannedTarget extends Site {
    plan: TargetPlan;

    /** What is told instead of being done. */
    notices: Notice[];

    /** For which rules the sync gave memberships and roles, as the ledger says. */
    given: Given[];

    /** The users whom the sync added, and those of them for whom another rule answers from now on. */
    added: Bits;
    handed_over: Bits;
    handed_over_roles: Bits;

    /** The users whom only missing proof, or that a target keeps its last admin, keeps in it. */
    kept_back: Bits;

    /** The users of the run who are in the target after the plan. */
    after: Bits;

    /** What the run does, and what it holds. */
    lines: PlannedLines[];
    held: PlannedLines[];
}

/** What a run does about the team of a channel, if anything; `byPlace` has the planned targets by the keys of their places. */
export function plannedTeam({team}: Site, byPlace: ReadonlyMap<string, PlannedTarget>): PlannedTarget | undefined {
    return team ? byPlace.get(team.wanted.place.key) : undefined;
}

/** Planned targets by the keys of their places. */
export function byPlaceOf(targets: readonly PlannedTarget[]): Map<string, PlannedTarget> {
    return new Map(targets.map((planned) => [planned.wanted.place.key, planned]));
}

interface Given {
    rule_id: string;
    promoted_by: string;
    users: Bits;
}
