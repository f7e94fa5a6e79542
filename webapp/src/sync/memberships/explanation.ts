import type {Fault} from '../errors';
import type {TargetKind} from '../lists';

import type {LedgerState} from './shapes';

/** Whether a rule wants a user in a target. */
export const wantedAnswers = ['yes', 'no', 'unknown'] as const;

export const causeKinds = ['everyone', 'condition', 'group', 'value'] as const;

/** Why a rule applies to a user. */
export interface RuleCause {
    kind: typeof causeKinds[number];

    /** Of `group`: the names of the groups, from that of the rule to the one that has the user as a member. */
    path?: string[];

    /** Of `value`: the attribute and its value, for which the target is. */
    attribute?: string;
    value?: string;
}

/** One rule for a target, and whether it applies to the user. */
export interface ExplainedRule {
    id: string;
    name: string;
    role: string;
    applies: boolean;

    /** Why it applies; empty if it does not. */
    causes: RuleCause[];
}

/** Why a user is in a team or channel, or is not. JSON names are snake_case. */
export interface ExplainedTarget {
    kind: TargetKind;

    /** '' for one that the sync has not created yet. */
    id: string;
    name: string;
    team_name: string;
    is_archived: boolean;
    is_member: boolean;
    is_admin: boolean;

    /** Whether a rule wants the user in it; unknown where a group or an attribute could not be read. */
    wanted: typeof wantedAnswers[number];

    /** The role that rules want, `member` or `admin`; '' if none wants the user. */
    role: string;
    rules: ExplainedRule[];

    /** What the sync remembers; null for nothing. `rule` and `role_rule` are the names of rules, or '' . */
    ledger: {state: LedgerState; rule: string; role_rule: string; unwanted_since: number} | null;
}

/** Where rules put one user, and why. */
export interface Explanation {
    object_id: string;
    display_name: string;

    /** The active account that the sync has linked, or ''. Only users with one join. */
    account_id: string;

    /** Whether the user is in scope; null if that is unknown. Only users in scope join. */
    in_scope: boolean | null;

    /** Whether a user who left a target stays out of it. */
    stays_out: boolean;
    targets: ExplainedTarget[];

    /** How many further targets of rules are left out, in none of which the user is or should be. */
    more: number;

    /** What could not be read. */
    fault: Fault | null;
}
