import type {SystemRole} from '../lists';
import type {RoleRule} from '../policy/accounts';
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

    /** Left out where only teams and channels matter. */
    accounts?: {roles: readonly RoleRule[]};
}

/**
 * All rules of a policy. The ID of a rule for a system role begins with `role:`, so that it is no other rule's. All users are members of
 * the server, so such a rule only says who is an admin of it, of this kind.
 */
export function targetRules({memberships, accounts}: RuleParts): TargetRule[] {
    return [
        ...memberships.rules.map((rule, at) => ({...rule, path: `Policy.memberships.rules[${at}]`})),
        ...(accounts?.roles ?? []).map(({role, ...rule}, at): TargetRule => ({
            ...rule, id: `role:${rule.id}`, ending: false, join: [], role: 'admin', removal: 'added_by_sync', system_role: role, path: `Policy.accounts.roles[${at}]`})),
    ];
}
