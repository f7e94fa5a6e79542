/** The shapes that the sync logic, the Go server and the page exchange. JSON names are snake_case. */

import type {Fault} from './errors';
import type {
    AccountField, Action, ChangeStatus, CountName, DirectoryReading, HoldKind, Phase, Reading, RunMode, RunState, SignInService, Trigger,
} from './lists';
import type {Reason} from './reasons';

/**
 * A user object as Microsoft Graph sends it, with Graph's own attribute names.
 * An absent attribute was not read; `null` was read and is empty.
 * Source: https://learn.microsoft.com/graph/api/resources/user
 */
export interface DirectoryUser {
    id: string;
    displayName?: string | null;
    givenName?: string | null;
    surname?: string | null;
    jobTitle?: string | null;
    mail?: string | null;
    userPrincipalName?: string | null;
    preferredLanguage?: string | null;
    accountEnabled?: boolean | null;
    userType?: string | null;
    [attribute: string]: unknown;
}

/** Graph accepts 1 to 999 for `top`. */
export interface DirectoryQuery {
    cursor: string;
    select: string[];
    top: number;

    /**
     * The digest of the policy. Users that the directory describes as it did when their account was last confirmed under the same
     * policy are not sent again. '' sends all users.
     */
    policy_digest: string;
}

/** `next` is '' on the last page. */
export interface DirectoryPage {
    users: DirectoryUser[];
    next: string;

    /** Object ids of users who are in scope and whose account is as it was when it was confirmed; they are not among `users`. */
    unchanged?: string[];

    /** Object ids of those `users` who are described as before, but whose account was changed since. */
    same?: string[];
}

/** One page of a group's members, those of groups within it included: the object ids of the users and of these groups. */
export interface MemberPage {
    ids: string[];
    groups: string[];

    /** '' on the last page. */
    next: string;
}

/** `cursor` is '' for the first page; `latest` asks there for the delta link of this moment, without any user. */
export interface DeltaQuery {
    cursor: string;
    latest: boolean;
    select: string[];
}

/**
 * A user object in an answer about changes: with its id, and with what changed or `@removed`. The reason is `changed` for one
 * that can be restored and `deleted` for one that cannot.
 * Source: https://learn.microsoft.com/graph/delta-query-overview
 */
export type ChangedUser = Pick<DirectoryUser, 'id'> & {'@removed'?: {reason?: string}};

/** `next` is '' on the last page, and `delta` on all others: it is the link to the changes after these. */
export interface DeltaPage {
    users: ChangedUser[];
    next: string;
    delta: string;
}

/** An account as the database has it. Times are in ms; `delete_at` is 0 for an active account. */
export interface Account {
    id: string;
    username: string;
    email: string;

    /** Mattermost has verified the address. */
    email_verified: boolean;
    nickname: string;
    first_name: string;
    last_name: string;
    position: string;
    locale: string;

    /** The time zone that was chosen by hand or by the sync, '' if the account uses its device's. */
    timezone: string;

    /** '' for an account with a password. */
    auth_service: string;
    auth_data: string;
    delete_at: number;

    /** When anything about the account last changed. */
    updated_at: number;
    is_bot: boolean;

    /** The account stands in for a user of another server (shared channels) or service: no one can sign in to it here. */
    is_remote: boolean;

    /** All roles of the server, separated by spaces. */
    roles: string;

    /** The only active system administrator. */
    is_last_admin: boolean;

    /** Object id of the directory user whose account this is, or ''. */
    linked_object_id: string;

    /** What the sync remembers about a linked user who left; `null` for other users. */
    departure: Departure | null;

    /** What the link remembers of the user when in scope (scope/scope_values.ts), or ''. */
    scope_values: string;
}

/** What a link remembers about a user who left. */
export interface Departure {

    /** When a run first saw that the user left, in ms; 0 for a user who did not. */
    since: number;

    /** From how many full directory reads in a row the user was missing, or out of a scope that groups decide. */
    absent_reads: number;

    /** When the last of these reads was counted, in ms; 0 if none was. */
    counted_at: number;

    /** The account's `delete_at` if the sync deactivated it, `DEACTIVATING` if it was about to, else 0. */
    deactivated_at: number;
}

/** In `Departure.deactivated_at`: a run started to deactivate the account and did not record how that ended. */
export const DEACTIVATING = -1;

/** Emails and usernames are in lower case. */
export interface AccountKeys {
    object_ids: string[];
    emails: string[];
    usernames: string[];
    auth_data: string[];
    auth_service: string;
}

/**
 * How a new account signs in. Passwords never enter the sync logic:
 * the host makes a random one or takes the initial one from its secret setting.
 */
type SignIn =
    | {method: 'random_password'}
    | {method: 'initial_password'}
    | {method: 'single_sign_on'; service: SignInService; auth_data: string};

export interface NewAccount {
    object_id: string;
    username: string;
    email: string;
    nickname: string;
    first_name: string;
    last_name: string;
    position: string;

    /** '' takes the server's default. */
    locale: string;

    /** '' uses that of the user's device. */
    timezone: string;
    attributes: AttributeValue[];
    sign_in: SignIn;
}

/** A user attribute (custom profile attribute) that the server has. `type` is Mattermost's: `text`, `select`, `date`, … */
export interface AttributeField {
    id: string;

    /** Needed for writing; newer servers keep attributes in another group. */
    group_id: string;
    name: string;
    type: string;

    /** The required format of a text: `email`, `url`, `phone` or ''. */
    value_type: string;

    /** The server itself sets it, from LDAP or SAML. */
    is_synced: boolean;
}

/** A value to write; '' empties the attribute. */
export interface AttributeValue {
    group_id: string;
    field_id: string;
    value: string;
}

/** A value as the database has it. Only texts: the sync does not write attributes of other types. */
export interface StoredAttribute {
    account_id: string;
    field_id: string;
    value: string;
}

/**
 * What the account was when the change was planned. The host compares each of these with the account just before it writes, and refuses
 * with `account_changed` if one differs.
 */
export interface PlannedAccount {
    roles: string;
    is_bot: boolean;
    is_remote: boolean;
    auth_service: string;

    /** Only where the address decided that the account is the user's. */
    email?: string;
    email_verified?: boolean;
}

export interface AccountPatch {
    account_id: string;
    fields: Partial<Record<AccountField, string>>;
    attributes?: AttributeValue[];
    planned: PlannedAccount;

    /** Ends the account's sessions and tokens and replaces its password before anything else is written. */
    takes_over?: boolean;
}

/** An account to activate or deactivate. */
export type ActivatedAccount = Pick<AccountPatch, 'account_id' | 'planned'>;

/**
 * How one write went. With an error, `account_id` is '' unless the account was written and its attributes were not.
 * `updated_at` is the account's time of change after the write, in ms; absent where nothing is known of it.
 */
export interface WriteResult {
    account_id: string;
    updated_at?: number;
    error: Fault | null;
}

/** `delete_at` is the account's after the write: 0 for an active one. */
export interface ActivationResult extends WriteResult {
    delete_at: number;
}

export interface Link {
    object_id: string;
    account_id: string;

    /** See `Account`. */
    scope_values: string;

    /** The object id that had the account until now, and loses it. Any other owner of the account keeps it, and saving fails. */
    moved_from?: string;
}

/** What a link is to remember of a user in scope. */
export type RememberedValues = Pick<Link, 'object_id' | 'scope_values'>;

/** An account that is correct, and when it was last changed. */
export interface ConfirmedAccount {
    object_id: string;
    updated_at: number;
}

/** What the host knows about tenants: the settings `TenantId` and `MoveToTenant`, and under which tenants links are stored. */
export interface StoredTenants {
    written: string;
    move_to: string;
    tenants: Array<{tenant_id: string; links: number}>;
}

/** What a run remembers about a linked user who left or came back. */
export interface UserDeparture extends Departure {
    object_id: string;
}

export type {
    AccountField, Action, ChangeStatus, HoldKind, Reading, RunMode, RunState, SignInService, TextField, Trigger, UpdatableField,
} from './lists';
export {reasons, type Reason} from './reasons';

/** The details of a reason: the rule that decided, how long something still waits. Names and numbers only. */
export type ReasonParams = Record<string, string | number>;

export interface FieldChange {
    field: AccountField | 'attribute';

    /** The attribute's name in Mattermost, when `field` is `attribute`. */
    name?: string;

    /** '' for a field of a new account. */
    from: string;
    to: string;

    /** Set if the directory has more characters than Mattermost accepts. `to` is the beginning of the text. */
    shortened?: boolean;

    /** What the directory has and Mattermost does not accept, such as an unknown time zone. Then `to` equals `from`. */
    refused?: string;
}

/** One line of a plan and of the history. `seq` counts from 1 within its run. */
export interface Change {
    seq: number;
    object_id: string;
    account_id: string;
    email: string;
    username: string;
    display_name: string;
    action: Action;
    status: ChangeStatus;
    reason: Reason;
    reason_params?: ReasonParams | null;
    fields: FieldChange[];
    error: Fault | null;
}

/** Changes with the same action and reason. */
export interface ChangesAlike extends Pick<Change, 'action' | 'reason'> {

    /** The team or channel of changes of memberships, else ''. */
    target_id?: string;
    object_ids: string[];
}

export interface ChangeOutcome {
    seq: number;
    status: Extract<ChangeStatus, 'done' | 'failed' | 'held' | 'planned'>;
    account_id: string;
    username: string;
    error: Fault | null;

    /** Set if the change is not made after all: its line becomes a skip. */
    action?: 'skip';
    reason?: Reason;
}

/** Users by what happened to them. `directory` counts all users read. */
export type Counts = Record<CountName, number>;

/** One reason to hold. `count` of `total`: changes of linked accounts, or linked users found of all linked users. */
export interface HeldKind {
    kind: HoldKind;
    count: number;
    total: number;

    /** Changes of this kind that runs made in the `hours` before, and that count as well. */
    recent?: number;
    hours?: number;
}

/** What a run holds and until when an administrator may approve it (ms). */
export interface Hold {
    kinds: HeldKind[];
    expires_at: number;
}

/** A run as the HTTP API answers it. Times are in ms since 1970; `finished_at` is 0 while it runs. */
export interface Run {
    id: string;
    mode: RunMode;
    trigger: Trigger;
    actor_id: string;

    /** The one user that the run is limited to, or ''. */
    user: string;
    state: RunState;
    started_at: number;
    finished_at: number;
    counts: Counts;
    progress: Progress | null;
    error: Fault | null;
    reading: Reading;

    /** Set on a run that held changes, in a preview on one that would. */
    hold: Hold | null;

    /** The run whose held changes, or the preview whose planned ones, this one applies, or ''. */
    approves: string;

    /** When (0: not) and by which account its held changes were approved. */
    approved_at: number;
    approved_by: string;

    /** When (0: not) and by which account held changes of it were last discarded. */
    discarded_at: number;
    discarded_by: string;

    /** How many of the planned accounts exceed the server's user limit. */
    does_not_fit: number;
}

/** How many users the server takes (`null`: no limit is known) and how many it has. */
export interface Room {
    limit: number | null;
    active: number;
}

/** What the server has of a single sign-on service. Without a license for it, the sign-in page does not offer it. */
export interface ServiceState {
    is_enabled: boolean;

    /** The server has what it needs to send users there: an application and its addresses. */
    is_complete: boolean;
    is_licensed: boolean;
}

/** The server's settings that decide which accounts it creates, and which of them their users can sign in to. */
export interface ServerRules {

    /** The email domains of new accounts and of changed addresses as the server's setting has them, '' for all. */
    member_domains: string;

    /** The same for guest accounts, which only Mattermost makes. */
    guest_domains: string;

    /** Whether guest accounts can sign in. */
    has_guests: boolean;

    /** Whether accounts with a password can sign in. */
    password_sign_in: boolean;
    single_sign_on: Record<SignInService, ServiceState>;
}

/** A user whose change failed: how often in a row, and from when (ms) it is tried again. */
export interface Retry {
    object_id: string;
    failures: number;
    retry_at: number;
}

/** `total` is 0 while it is not known. */
export interface Progress {
    phase: Phase;
    done: number;
    total: number;
    counts: Counts;
}

/** What the host passes to `run`. `policy` is the raw text of the setting. */
export interface RunRequest {
    mode: RunMode;
    user: string;
    policy: string;

    /** The run whose held changes, or the preview whose planned ones, are to be applied, or ''. */
    approves?: string;

    /** Which of them, by `seq`; none means all. */
    approved_changes?: number[];

    /** What a run for all users reads; an incremental one reads everything if changes cannot be followed. Left out, it is `full`. */
    reading?: DirectoryReading;

    /** Whether incremental runs come between the full ones, which then keep the delta link. */
    follows_changes?: boolean;

    /** Whether an administrator started the run, not a schedule or the trigger token. */
    by_admin?: boolean;

    /** A short digest of `policy`, made once for the run: it differs when the policy does. Left out, all users are compared. */
    policy_digest?: string;
}

/** How a run ended, for the host to store. */
export interface RunOutcome {
    state: Exclude<RunState, 'running' | 'interrupted'>;
    counts: Counts;
    error: Fault | null;
    hold?: Hold | null;
    does_not_fit?: number;

    /** What a run that should be incremental has read. */
    reading?: DirectoryReading;

    /** Whether the run was the first import, which its administrator approved by starting it. */
    first_import?: boolean;

    /** Whether the run could not decide about a user with a held change, so that what earlier runs hold stays held. */
    keeps_holds?: boolean;
}
