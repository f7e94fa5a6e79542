import type {Bits} from './bits';

/** What is known of one target, for the users of a run. */
export interface TargetFacts {

    /** The users whom a rule wants in the target, and those of them whom it wants as admins. */
    wanted: Bits;
    wanted_admins: Bits;

    /** The users of whom it is unknown whether a rule wants them: a group or an attribute could not be read. */
    unknown: Bits;

    members: Bits;
    admins: Bits;

    /** The memberships in the ledger: those that the sync gave, that it found, and that it saw ended by someone else. */
    added: Bits;
    found: Bits;
    ended: Bits;

    /** The users whom the sync made admins of the target. */
    promoted: Bits;

    /** The users whom the sync added for a rule that is in force and removes whom it added. */
    removable: Bits;
}

/** How the policy treats one target. */
export interface TargetRules {
    rejoin: 'respect' | 'always';

    /** A rule for the target says that it has only the users whom the directory says. */
    removes_everyone: boolean;
}

/** What a run does about one target. No user is in two of the first four sets, except that a user who joins can be promoted. */
export interface TargetPlan {
    join: Bits;
    leave: Bits;
    promote: Bits;
    demote: Bits;

    /** Members whom others had added: noted, so that their leaving is theirs too. */
    note_found: Bits;

    /** Members of whom the ledger says that they had left: someone has added them again. */
    note_back: Bits;

    /** Users who should be members and whose membership someone else has ended; told once. */
    note_ended: Bits;

    /** Users who stay out because someone else has ended their membership. */
    stay_out: Bits;
}

/**
 * The table of docs/policy.md, "What happens to a user and a target", for all users at once. A user is in at most one of `added`,
 * `found`, and `ended`.
 */
export function decideTarget(facts: TargetFacts, {rejoin, removes_everyone}: TargetRules): TargetPlan {
    const {wanted, wanted_admins, unknown, members, admins, added, found, ended, promoted, removable} = facts;
    const known = added.or(found);
    const absent = wanted.andNot(members);
    const out = absent.and(known.or(ended));
    const stay_out = rejoin === 'respect' ? out : out.andNot(out);
    const join = absent.andNot(stay_out);
    const unwanted = members.andNot(wanted).andNot(unknown);
    const leave = removes_everyone ? unwanted : unwanted.and(removable);
    const staying = members.andNot(leave);
    return {
        join,
        leave,
        promote: wanted_admins.and(staying.or(join)).andNot(admins),
        demote: staying.and(admins).and(promoted).andNot(wanted_admins).andNot(unknown),
        note_found: wanted.and(members).andNot(known).andNot(ended),
        note_back: members.and(ended),
        note_ended: absent.and(known).and(stay_out),
        stay_out,
    };
}
