import {Bits} from './bits';

/** What is known of one target, for the users of a run. */
export interface TargetFacts {

    /** The users whom a rule wants in the target, and those of them whom it wants as admins. */
    wanted: Bits;
    wanted_admins: Bits;

    /** The users of whom it is unknown whether a rule wants them: a group or an attribute could not be read. */
    unknown: Bits;

    /** The users with an active account; the others neither join nor leave. */
    active: Bits;

    /** The users whose account is a guest, which no role of an admin can have. */
    guests: Bits;

    /** The users whom only a person removes: their account has a role beyond member and guest, or is protected. */
    kept: Bits;

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

    /** The users whose membership, or role, full reads have seen unwanted before, and those of them of whom that is proved. */
    seen_unwanted: Bits;
    proved_unwanted: Bits;
    seen_role_unwanted: Bits;
    proved_role_unwanted: Bits;
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

    /** Users who would leave, or lose the role, if it were proved that no rule wants them. */
    leave_waits: Bits;
    demote_waits: Bits;

    /** Whose membership, or role, is unwanted for the first time, and whose is wanted again. */
    note_unwanted: Bits;
    note_wanted: Bits;
    note_role_unwanted: Bits;
    note_role_wanted: Bits;

    /** Members whom others had added: noted, so that their leaving is theirs too. */
    note_found: Bits;

    /** Members of whom the ledger says that they had left: someone has added them again. */
    note_back: Bits;

    /** Users who should be members and whose membership someone else has ended; told once. */
    note_ended: Bits;

    /** Users who stay out because someone else has ended their membership. */
    stay_out: Bits;

    /** Users whom a rule wants as admins and who cannot be one. */
    guests_as_admins: Bits;
}

/**
 * The table of docs/policy.md, "What happens to a user and a target", for all users at once. A user is in at most one of `added`,
 * `found`, and `ended`.
 */
export function decideTarget(facts: TargetFacts, {rejoin, removes_everyone}: TargetRules): TargetPlan {
    const {wanted, unknown, active, guests, kept, members, added, found, ended, removable} = facts;
    const known = added.or(found);
    const absent = wanted.and(active).andNot(members);
    const out = absent.and(known.or(ended));
    const stay_out = rejoin === 'respect' ? out : new Bits(out.size);
    const join = absent.andNot(stay_out);
    const unwanted = members.and(active).andNot(wanted).andNot(unknown);
    const leaving = removes_everyone ? unwanted.and(removable.or(unwanted.andNot(kept))) : unwanted.and(removable);
    const leave = leaving.and(facts.proved_unwanted);
    const role = decideRole(facts, members.and(active).andNot(leave), join);
    return {
        join,
        leave,
        ...role,
        leave_waits: leaving.andNot(leave),
        note_unwanted: leaving.andNot(facts.seen_unwanted),
        note_wanted: facts.seen_unwanted.and(active).andNot(leaving).andNot(unknown),
        note_found: wanted.and(members).and(active).andNot(known).andNot(ended),
        note_back: members.and(ended),
        note_ended: absent.and(known).and(stay_out),
        stay_out,
        guests_as_admins: facts.wanted_admins.and(guests).and(members.or(join)),
    };
}

type RolePlan = Pick<TargetPlan, 'promote' | 'demote' | 'demote_waits' | 'note_role_unwanted' | 'note_role_wanted'>;

function decideRole({wanted_admins, guests, admins, promoted, unknown, seen_role_unwanted, proved_role_unwanted}: TargetFacts, staying: Bits, join: Bits): RolePlan {
    const losing = staying.and(admins).and(promoted).andNot(wanted_admins).andNot(unknown);
    const demote = losing.and(proved_role_unwanted);
    return {
        promote: wanted_admins.and(staying.or(join)).andNot(admins).andNot(guests),
        demote,
        demote_waits: losing.andNot(demote),
        note_role_unwanted: losing.andNot(seen_role_unwanted),
        note_role_wanted: seen_role_unwanted.and(staying).andNot(losing).andNot(unknown),
    };
}
