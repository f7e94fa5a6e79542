import type {SystemRole} from '../lists';
import type {MembershipRule} from '../policy/memberships';

/** A rule that puts users into teams and channels, or gives a system role: both are wanted, remembered, and taken away alike. */
export interface TargetRule extends MembershipRule {

    /** Where the policy has the rule. */
    path: string;

    /** The role that the rule gives; rules for teams and channels have none. */
    system_role?: SystemRole;
}

/** The parts of a policy that have such rules. */
export interface RuleParts {
    memberships: {rules: readonly MembershipRule[]};
}

/** All rules of a policy. */
export function targetRules({memberships}: RuleParts): TargetRule[] {
    return memberships.rules.map((rule, at) => ({...rule, path: `Policy.memberships.rules[${at}]`}));
}
