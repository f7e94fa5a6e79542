import type {Lists} from '../policy/scope';

/** The part of a policy that decided: an entry of a list, a rule, or what it says about all users or about guests. */
export interface DecidingEntry {
    kind: 'everyone' | 'guest' | 'no_rule_matches' | 'rule' | keyof Lists;

    /** The entry as the policy has it, or the rule's name; else ''. */
    value: string;

    /** Its path, such as `Policy.scope.deny.email[2]`. */
    path: string;
}

export interface Verdict {
    in: boolean;
    rule: DecidingEntry;

    /** The attributes for lack of which it is unknown whether the user is in scope: the user counts as in scope, and nothing is decided. */
    unknown?: string;
}

export function verdict(isIn: boolean, kind: DecidingEntry['kind'], value: string, path: string): Verdict {
    return {in: isIn, rule: {kind, value, path}};
}
