import type {Lists} from '../policy/scope';

/** What decided: an entry of a list, a rule, or what a policy says of everybody or of guests. */
export interface Rule {
    kind: 'everyone' | 'guest' | 'no_rule_matches' | 'rule' | keyof Lists;

    /** The entry as it stands in the policy, or the rule's name; else ''. */
    value: string;

    /** Where it stands, such as `Policy.scope.deny.email[2]`. */
    path: string;
}

export interface Verdict {
    in: boolean;
    rule: Rule;
}

export function verdict(isIn: boolean, kind: Rule['kind'], value: string, path: string): Verdict {
    return {in: isIn, rule: {kind, value, path}};
}
