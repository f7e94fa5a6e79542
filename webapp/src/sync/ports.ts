/**
 * Everything that the sync logic asks of its host.
 *
 * The Go server implements these for the engine (server/job/ports), tests implement them in memory.
 * In goja a port blocks and returns its value, except for reads in the background (host_ports.ts); these, and ports under Node,
 * return a promise: callers await both.
 * All values are plain JSON. A port that fails throws a `SyncError` (errors.ts).
 */
import type {HeldFilter} from './approval/approvable';
import type {Fault} from './errors';
import type {GroupDeltaPage, GroupPage, GroupTree, NestedGroups, UserGroups} from './group_types';
import type {Action, ConnectionStep, HoldKind, LogLevel, TargetKind} from './lists';
import type {
    CreatedTarget, LedgerNote, LedgerOfTarget, MemberAccounts, MembershipLines, MembershipTarget, NewTarget, PresentMembers, TargetAccounts, TargetName, UnwantedNote,
} from './memberships/shapes';
import type {
    Account,
    AccountKeys,
    AccountPatch,
    ActivatedAccount,
    ActivationResult,
    AttributeField,
    Change,
    ChangeOutcome,
    ChangesAlike,
    ConfirmedAccount,
    DeltaPage,
    DeltaQuery,
    UserDeparture,
    DirectoryPage,
    DirectoryQuery,
    DirectoryUser,
    Link,
    MemberPage,
    NewAccount,
    Progress,
    Reason,
    RememberedValues,
    Retry,
    Room,
    ServerRules,
    StoredAttribute,
    StoredTenants,
    WriteResult,
} from './types';

export type Awaitable<T> = T | PromiseLike<T>;

/** Reads users from Microsoft Entra ID. */
export interface Directory {

    /** One page of users; `cursor` is '' for the first page, then the `next` of the page before. */
    read_page(request: DirectoryQuery): Awaitable<DirectoryPage>;

    /** The users whose object id, user principal name or mail equals `user`. */
    find(request: {user: string; select: string[]}): Awaitable<{users: DirectoryUser[]}>;

    /** The users with these object ids, as they are now; those that the directory does not have are left out. At most 1,000. */
    get(request: {ids: string[]; select: string[]}): Awaitable<{users: DirectoryUser[]}>;

    /** One page of what has changed since `cursor`, the `next` or the `delta` of a page before. Fails with `resync_required` when it is too old. */
    read_delta(request: DeltaQuery): Awaitable<DeltaPage>;

    /**
     * One page of a group's members, those of groups within it included; `cursor` as in `read_page`. Fails with `group_not_found`
     * or `group_consent_missing`; Microsoft answers from an index that lags behind, so a new member may be missing for a while.
     */
    read_group_members(request: {group_id: string; cursor: string}): Awaitable<MemberPage>;

    /** One page of the groups whose name starts with `prefix`, in any case; `cursor` as in `read_page`. Fails as `read_group_members` does. */
    list_groups(request: {prefix: string; cursor: string}): Awaitable<GroupPage>;

    /**
     * One page of the groups that have changed since `cursor`, the `next` or the `delta` of a page before; '' asks for the `delta` of this
     * moment. Fails with `resync_required` when it is too old.
     */
    read_group_delta(request: {cursor: string}): Awaitable<GroupDeltaPage>;

    /** Which of the groups `among` these users are in, at most 1,000 of them; users whom the directory does not have are left out. */
    read_user_groups(request: {object_ids: string[]; among: string[]}): Awaitable<{users: UserGroups[]}>;

    /** Those of `ids` that are ids of groups, in lower case. */
    existing_groups(request: {ids: string[]}): Awaitable<{ids: string[]}>;

    /** The name of a group and the groups directly in it; neither for a group that does not exist. */
    read_nested_groups(request: {group_id: string}): Awaitable<NestedGroups>;

    /**
     * The tenant's own id as Microsoft says it, and the ids of tenants with the domain names `names`; '' for each that is not known.
     * It asks Microsoft with the credential that reads the users.
     */
    tenant(request: {names: string[]}): Awaitable<{id: string; ids: string[]}>;

    /** One step of the connection test; returns what the tenant says about itself. */
    probe(request: {step: ConnectionStep}): Awaitable<{detail: string}>;
}

/** Reads and writes Mattermost accounts. */
export interface Accounts {

    /** All accounts that any of the keys points at, in no order, each with its link when it has one. */
    find(keys: AccountKeys): Awaitable<{accounts: Account[]}>;

    /** Which of `names` cannot be given to a new account: taken by an account (bots and deactivated ones too) or a group. */
    taken_usernames(request: {names: string[]}): Awaitable<{taken: string[]}>;

    /** The server's user limit, and how many users it has now. */
    room(): Awaitable<Room>;

    /** What the server refuses and which sign-in methods it has, as its settings are now. */
    server_rules(): Awaitable<ServerRules>;

    /** Creates the accounts, several at once; the results are in the order of the request. */
    create(request: {accounts: NewAccount[]}): Awaitable<{results: WriteResult[]}>;

    /** Changes only the named fields of each account; the results are in the order of the request. */
    update(request: {accounts: AccountPatch[]}): Awaitable<{results: WriteResult[]}>;

    /** Activates or deactivates the accounts; the results are in the order of the request. Deactivation ends all sessions. */
    set_active(request: {accounts: ActivatedAccount[]; active: boolean}): Awaitable<{results: ActivationResult[]}>;

    /** The user attributes (custom profile attributes) that the server has. */
    attribute_fields(): Awaitable<{fields: AttributeField[]}>;

    /** The texts in these attributes of these accounts; an attribute that is empty or has no text is left out. */
    attribute_values(request: {account_ids: string[]; field_ids: string[]}): Awaitable<{values: StoredAttribute[]}>;
}

/** Reads and writes who is in which teams and channels of Mattermost, and what the sync knows about that. */
export interface MembershipsPort {

    /** The active accounts of these users. `keep` are usernames, email addresses, and account ids in lower case that no rule removes. */
    accounts(request: {object_ids: string[]; keep: string[]}): Awaitable<MemberAccounts>;

    /** Keeps with the links what the attributes of users mean for the rules. Users without a link are skipped. */
    save_placements(request: {placements: Array<{placement: string; object_ids: string[]}>}): Awaitable<void>;

    /** The teams and channels with these ids, archived ones too. */
    targets(request: {ids: string[]}): Awaitable<{targets: MembershipTarget[]}>;

    /** Who of the accounts is in the targets; users are bits over the positions in `account_ids`. */
    present(request: {account_ids: string[]; targets: string[]}): Awaitable<{targets: PresentMembers[]}>;

    /** What the sync knows about memberships of the accounts in the targets. */
    ledger(request: {account_ids: string[]; targets: string[]}): Awaitable<{targets: LedgerOfTarget[]}>;

    /** Adds the accounts to a team or channel; the results are in their order. `is_quiet` writes no posts about it. */
    join(request: TargetAccounts & {is_quiet: boolean}): Awaitable<{results: WriteResult[]}>;

    /** Removes the accounts from a team with all its channels, or from a channel. Accounts that are not in it are done. */
    leave(request: TargetAccounts & {is_quiet: boolean}): Awaitable<{results: WriteResult[]}>;

    /** Makes the accounts admins of the team or channel, or takes the role away. All their other roles stay. */
    set_admin(request: TargetAccounts & {is_admin: boolean}): Awaitable<{results: WriteResult[]}>;

    /**
     * Creates a team or channel without members, and remembers it for its place. A target that was created for the place before, also
     * by a run that was cut off, is the answer instead; a team or channel of others is not.
     */
    create(request: NewTarget): Awaitable<{id: string; error: Fault | null}>;

    /** The teams and channels that the sync has created for this tenant. */
    created(): Awaitable<{targets: CreatedTarget[]}>;

    /** Which of the names are in use, in their order. Archived teams and channels keep theirs. */
    taken(request: {names: TargetName[]}): Awaitable<{taken: boolean[]}>;

    /** The usernames of these accounts, in their order and '' for an unknown one, and the language in which the server writes to all. */
    names(request: {account_ids: string[]}): Awaitable<{usernames: string[]; locale: string}>;

    /** Writes a post of the bot into the channel, or into the Town Square of the team. */
    announce(request: {kind: TargetKind; target_id: string; text: string}): Awaitable<void>;

    note(request: {notes: LedgerNote[]}): Awaitable<void>;

    /** Notes since when no rule wants memberships or roles. */
    note_unwanted(request: {notes: UnwantedNote[]}): Awaitable<void>;

    /** How many users lost a membership or role in each target by runs without an approval, in so many ms before. */
    recent_leaves(request: {within_ms: number}): Awaitable<{targets: Array<{id: string; users: number}>}>;
}

/** Keeps from one run to the next who is in the groups that the policy names. */
export interface GroupTreesPort {

    /** The kept trees, without their members. */
    list(): Awaitable<{trees: Array<Pick<GroupTree, 'group_id' | 'nested'>>}>;

    /** The kept members of one group; null for a group without a kept tree. */
    members(request: {group_id: string}): Awaitable<{members: string[] | null}>;

    /** For those of these users who are in kept trees, in which. */
    holding(request: {object_ids: string[]}): Awaitable<{users: UserGroups[]}>;

    /** Stores what the run has read of a group; it counts once the run keeps it. */
    put(tree: GroupTree): Awaitable<void>;

    /**
     * Keeps all that the run has put, together with the state `value` (`groups` in `State`), and forgets the trees of groups that are not
     * `needed`, or none for null. All of it or nothing.
     */
    keep(request: {value: string; needed: string[] | null}): Awaitable<void>;
}

/** Remembers which account belongs to which directory user. */
export interface Links {
    save(request: {links: Link[]}): Awaitable<void>;

    /** Remembers that these accounts need no change, so that they are not compared again while nothing changes. */
    confirm(request: {accounts: ConfirmedAccount[]}): Awaitable<void>;

    /**
     * The object ids whose accounts are active, in ascending order, at most `limit` of those after `after`; `total` is how many there
     * are in all, and `linked` how many accounts are linked, deactivated ones included.
     */
    list_active(request: {after: string; limit: number}): Awaitable<{object_ids: string[]; total: number; linked: number}>;

    /** How the setting names the tenant, which tenant an administrator has agreed to move to, and the tenants that have links. */
    tenants(): Awaitable<StoredTenants>;

    /** From here on, the run reads and writes what belongs to this tenant. What is stored under the names `carry` becomes this tenant's. */
    use_tenant(request: {tenant_id: string; carry: string[]}): Awaitable<void>;

    /** Remembers who has left and who is back; users without a link are ignored. */
    set_departures(request: {departures: UserDeparture[]}): Awaitable<void>;

    /** Remembers by which values these users are in scope; users without a link are ignored. */
    set_scope_values(request: {users: RememberedValues[]}): Awaitable<void>;
}

/** Remembers the users whose changes failed. */
export interface Retries {

    /** At most 10,000, those who wait longest first. */
    list(): Awaitable<{retries: Retry[]}>;

    /** Remembers `retries` in place of what was known about the same users, and forgets the failures of the users in `forget`. */
    save(request: {retries: Retry[]; forget: string[]}): Awaitable<void>;
}

/** Writes the history of the current run. */
export interface Changes {

    /**
     * Adds planned changes; `seq` counts from 1 within the run. Those in `tell_once`, by `seq`, are left out if an earlier run has
     * the same skip, or if an administrator has acknowledged the same conflict; the answer says which these are.
     */
    record(request: {changes: Change[]; tell_once: number[]}): Awaitable<{known: number[]}>;

    /** Adds planned lines about memberships. */
    record_memberships(request: {lines: MembershipLines[]}): Awaitable<void>;

    /** Forgets which skips were told and which conflicts were acknowledged, except those of this run: they have ended. */
    forget_told(): Awaitable<void>;

    /** Says how recorded changes ended. */
    finish(request: {outcomes: ChangeOutcome[]}): Awaitable<void>;

    /**
     * Changes that an earlier run held back or, for a preview, planned and that were not applied since; in the order of `seq`, at most
     * `limit` of those after `after`. Skips and conflicts are not among them.
     */
    list_held(request: {run_id: string; after: number; limit: number}): Awaitable<{changes: Change[]}>;

    /**
     * The changes that runs of this tenant made in so many ms: those with one of `actions`, and updates for one of `reasons`. Approved
     * changes are not among them, nor are the new accounts of a first import.
     */
    list_recent(request: {within_ms: number; actions: Action[]; reasons: Reason[]}): Awaitable<{changes: ChangesAlike[]}>;

    /** The changes of this tenant that wait for approval: all, or those of `object_ids`. `hold_kinds` say why their run holds changes. */
    list_open(request: {filter: HeldFilter; object_ids: string[] | null}): Awaitable<{changes: Array<ChangesAlike & {hold_kinds: HoldKind[]}>}>;

    /** Says how the changes of that run ended that this run applied. */
    finish_held(request: {run_id: string; outcomes: ChangeOutcome[]}): Awaitable<void>;
}

/** Keeps small texts by name from one run to the next, separately for each tenant. */
export interface State {

    /** '' for a text that was never written. */
    read(request: {key: string}): Awaitable<{value: string}>;
    write(request: {key: string; value: string}): Awaitable<void>;
}

/** Reports the progress of the run. Throws `cancelled` when an administrator has canceled the run. */
export interface ProgressPort {
    report(progress: Progress): Awaitable<void>;
}

export interface Clock {

    /** Milliseconds since 1970. */
    now(): Awaitable<{ms: number}>;
}

export interface Random {

    /** `count` numbers from a secure source, each at least 0 and below 1. */
    fractions(request: {count: number}): Awaitable<{numbers: number[]}>;
}

export interface Log {

    /** Never pass a secret or an email address of the directory. */
    write(request: {level: LogLevel; message: string; fields: Record<string, string | number>}): Awaitable<void>;
}

export interface Ports {
    directory: Directory;
    accounts: Accounts;
    links: Links;
    memberships: MembershipsPort;
    group_trees: GroupTreesPort;
    retries: Retries;
    changes: Changes;
    state: State;
    progress: ProgressPort;
    clock: Clock;
    random: Random;
    log: Log;
}

/** The names by which a host binds the functions above; a Go test compares them with what it binds. */
export const portNames = [
    'directory.read_page',
    'directory.find',
    'directory.get',
    'directory.read_delta',
    'directory.read_group_members',
    'directory.list_groups',
    'directory.read_group_delta',
    'directory.read_user_groups',
    'directory.existing_groups',
    'directory.read_nested_groups',
    'directory.probe',
    'directory.tenant',
    'accounts.find',
    'accounts.taken_usernames',
    'accounts.room',
    'accounts.server_rules',
    'accounts.create',
    'accounts.update',
    'accounts.set_active',
    'accounts.attribute_fields',
    'accounts.attribute_values',
    'memberships.accounts',
    'memberships.targets',
    'memberships.present',
    'memberships.ledger',
    'memberships.join',
    'memberships.leave',
    'memberships.set_admin',
    'memberships.create',
    'memberships.created',
    'memberships.taken',
    'memberships.names',
    'memberships.announce',
    'memberships.note',
    'group_trees.list',
    'group_trees.members',
    'group_trees.holding',
    'group_trees.put',
    'group_trees.keep',
    'memberships.note_unwanted',
    'memberships.save_placements',
    'memberships.recent_leaves',
    'links.save',
    'links.confirm',
    'links.list_active',
    'links.set_departures',
    'links.set_scope_values',
    'links.tenants',
    'links.use_tenant',
    'retries.list',
    'retries.save',
    'changes.record',
    'changes.record_memberships',
    'changes.forget_told',
    'changes.finish',
    'changes.list_held',
    'changes.list_recent',
    'changes.list_open',
    'changes.finish_held',
    'state.read',
    'state.write',
    'progress.report',
    'clock.now',
    'random.fractions',
    'log.write',
] as const;

export type PortName = typeof portNames[number];

/** The ports that only read, and that answer outside a run as they do in one. The live preview of the page calls them. */
export const lookupNames = [
    'accounts.find',
    'accounts.taken_usernames',
    'accounts.room',
    'accounts.server_rules',
    'accounts.attribute_fields',
    'accounts.attribute_values',
    'links.list_active',
    'changes.list_recent',
    'changes.list_open',
    'retries.list',
    'directory.read_group_members',
    'directory.list_groups',
    'memberships.accounts',
    'memberships.targets',
    'memberships.present',
    'memberships.ledger',
    'memberships.created',
    'memberships.taken',
    'memberships.recent_leaves',
] as const satisfies readonly PortName[];

export type LookupName = typeof lookupNames[number];
