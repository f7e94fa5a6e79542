/** The shapes that the logic of memberships and the Go server exchange. JSON names are snake_case. */

import type {Action, TargetKind} from '../lists';
import type {MembershipRole} from '../policy/memberships';
import type {Reason, ReasonParams} from '../types';

import type {WordPairs} from './bits';

/** A team or channel as Mattermost has it. Counts are of active users. */
export interface MembershipTarget {
    id: string;
    kind: TargetKind;

    /** The team of a channel, '' for a team and for direct messages. */
    team_id: string;

    /** The display name of the team of a channel, '' for a team. */
    team_name: string;
    name: string;
    display_name: string;
    is_archived: boolean;

    /** Mattermost's own groups decide who is in it. */
    is_group_constrained: boolean;

    /** A policy of Mattermost with user attributes decides who is in it. */
    is_access_controlled: boolean;

    /** Each member of the team is in this channel. */
    is_default_channel: boolean;
    members: number;
    admins: number;

    /** How many more active users the team takes, null for a channel. */
    room: number | null;
}

/** The accounts of a target whose memberships are written. */
export interface TargetAccounts {
    kind: TargetKind;
    target_id: string;
    account_ids: string[];
}

/** A team or channel to create for a place that rules name (places.ts). `team_id` is '' for a team. */
export interface NewTarget {
    place: string;
    value_key: string;
    value_text: string;
    kind: TargetKind;
    team_id: string;
    name: string;
    display_name: string;
    is_open: boolean;
}

/** A team or channel that the sync has created. It may be archived or deleted since. */
export interface CreatedTarget {
    place: string;
    value_key: string;
    value_text: string;
    target_id: string;
}

/** A name in the address of a team, or of a channel of the team `team_id`. */
export interface TargetName {
    kind: TargetKind;
    team_id: string;
    name: string;
}

/** Who of the users of a run is in a target. */
export interface PresentMembers {
    id: string;
    members: WordPairs;
    admins: WordPairs;
}

/**
 * `adding`: a run was about to add the user and may have been cut off. `added`: by the sync. `found`: by others, when a rule wanted it.
 * `ended`: by others, though a rule wanted it.
 */
export const ledgerStates = ['adding', 'added', 'found', 'ended'] as const;
export type LedgerState = typeof ledgerStates[number];

/** Memberships of one target of which the sync knows the same. */
export interface LedgerEntry {

    /** The rule for which the sync added the users, or that wanted them when it found them. */
    rule_id: string;
    state: LedgerState;

    /** The rule for which the sync made them admins of the target; '' if it did not. */
    promoted_by: string;

    /** Since when full reads say that no rule wants the membership, or the role, in ms since 1970; 0 while one does. */
    unwanted_since: number;
    role_unwanted_since: number;
    users: WordPairs;
}

export interface LedgerOfTarget {
    id: string;
    entries: LedgerEntry[];
}

/** What a run has learned about memberships. What a note leaves out stays as it is. */
export interface LedgerNote {
    target_id: string;
    account_ids: string[];
    rule_id: string;

    /** '' forgets the memberships. */
    state?: LedgerState | '';

    /** The rule for which the sync made the accounts admins of the target; '' once it no longer does. */
    promoted_by?: string;
}

/** Since when no rule wants memberships or roles, in ms since 1970; 0 says that a rule wants them. */
export interface UnwantedNote {
    target_id: string;
    account_ids: string[];

    /** For a membership of which nothing was known: the rule that removes it. */
    rule_id: string;
    role: MembershipRole;
    since: number;
}

/** What is known of the accounts of the users that a run asks about, in their order. */
export interface MemberAccounts {

    /** The active account of each user, or ''. */
    account_ids: string[];

    /** What the links remember of each user (placement.ts); '' where there is nothing. */
    placements: string[];

    /** The guests among them, as bits over their positions, and those that no rule removes: they have a role beyond member and guest, or are protected. */
    guests: WordPairs;
    kept: WordPairs;
}

/** Lines of the history about users and one target, which differ only in the user; `first_seq` is that of the first user. */
export interface MembershipLines {
    first_seq: number;
    action: Action;
    reason: Reason;
    reason_params: ReasonParams;
    object_ids: string[];
    account_ids: string[];
}
