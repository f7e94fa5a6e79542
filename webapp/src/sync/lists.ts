/**
 * The closed lists: every word that the sync logic, the Go server and the page exchange. Each list is written here once. Types,
 * filters and schemas of the page derive from it, `make generate` writes the Go constants (server/names), and a test compares
 * docs/openapi.yaml. Error codes are in errors.ts, reasons in reasons.ts, settings in settings/descriptors.ts.
 */

/** What a run can do to a user in a team or channel, or with a system role. */
export const membershipActions = ['join', 'leave', 'promote', 'demote'] as const;
export type MembershipAction = typeof membershipActions[number];

/** What a run can do to an account. */
export const doingActions = ['create', 'update', 'reactivate', 'deactivate', ...membershipActions] as const;
export type DoingAction = typeof doingActions[number];

/** The actions of a plan: what is done to an account, or why nothing is. In the order in which they are shown. */
export const actions = [...doingActions, 'skip', 'conflict'] as const;
export type Action = typeof actions[number];

/** Whether an action is about a membership. */
export function isMembershipAction(action: Action): action is MembershipAction {
    return (membershipActions as readonly Action[]).includes(action);
}

/** Whether a run does something to the account. All other actions only report something. */
export function isDoing(action: Action): action is DoingAction {
    return (doingActions as readonly Action[]).includes(action);
}

export const changeStatuses = ['planned', 'done', 'failed', 'held', 'discarded', 'acknowledged'] as const;
export type ChangeStatus = typeof changeStatuses[number];

export const runModes = ['preview', 'apply'] as const;
export type RunMode = typeof runModes[number];

/** What starts a run. */
export const triggers = ['schedule', 'console', 'command', 'api'] as const;
export type Trigger = typeof triggers[number];

export const runStates = ['running', 'succeeded', 'partial', 'held', 'failed', 'cancelled', 'interrupted'] as const;
export type RunState = typeof runStates[number];

/** What a run of the whole directory reads: all of it, or what has changed since the last run. */
export const directoryReadings = ['full', 'incremental'] as const;
export type DirectoryReading = typeof directoryReadings[number];

/** What a run has read of the directory; `person` and `held` are runs for one user and for approved changes. */
export const readings = [...directoryReadings, 'person', 'held'] as const;
export type Reading = typeof readings[number];

/** The steps of a run, in their order. */
export const phases = ['read', 'plan', 'apply', 'report'] as const;
export type Phase = typeof phases[number];

/** The kinds of changes that the guard counts. */
export const guardKinds = ['deactivations', 'email_changes', 'username_changes', 'auth_data_changes', 'creations', 'reactivations', 'emptied_fields'] as const;
export type GuardKind = typeof guardKinds[number];

/** The kinds of changes of memberships that the guard counts: for each team or channel, and in all together. */
export const membershipGuardKinds = ['leaves_per_target', 'leaves'] as const;
export type MembershipGuardKind = typeof membershipGuardKinds[number];

/**
 * Why changes of memberships are held: besides too many of them, a team or channel that would be empty, and the first time that a rule
 * removes users whom it did not add.
 */
export const membershipHoldKinds = [...membershipGuardKinds, 'target_emptied', 'first_removal'] as const;
export type MembershipHoldKind = typeof membershipHoldKinds[number];

/** Why a single change needs an approval of its own, whatever else the run does (approval/line_hold.ts). */
export const lineHoldKinds = ['privileged_account', 'unverified_email', 'relink', 'scope_attribute_changed', 'waits_for_held', 'system_role'] as const;
export type LineHoldKind = typeof lineHoldKinds[number];

/** Why a run holds changes: too many of one kind, single changes that need an approval of their own, or a directory that shrank. */
export const holdKinds = [...guardKinds, ...membershipHoldKinds, ...lineHoldKinds, 'directory_shrunk'] as const;
export type HoldKind = typeof holdKinds[number];

/** The origin of an external failure (`Facts` in faults/classify.ts). `host` is the Go server itself. */
export const factOrigins = ['token', 'graph', 'network', 'mattermost', 'host'] as const;
export type FactOrigin = typeof factOrigins[number];

/** What the sync can create for a rule. */
export const placeKinds = ['team', 'channel'] as const;
export type PlaceKind = typeof placeKinds[number];

/** What users are put into, or given. */
export const targetKinds = [...placeKinds, 'system_role'] as const;
export type TargetKind = typeof targetKinds[number];

/**
 * The counts of users (`Counts` in types.ts), in the order in which they are shown. `unlisted` are those of `skipped` that have no
 * line in the run, because an earlier run has the same line.
 */
export const countNames = [
    'directory', 'in_scope', 'created', 'updated', 'reactivated', 'deactivated', 'joined', 'left', 'promoted', 'demoted', 'unchanged', 'skipped', 'unlisted', 'conflicts', 'held', 'failed',
] as const;
export type CountName = typeof countNames[number];

/** Those that count memberships, of which a user has many, and not users. */
export const membershipCounts = ['joined', 'left', 'promoted', 'demoted'] as const satisfies readonly CountName[];

/** Fields of an account that hold any text. */
export const textFields = ['nickname', 'first_name', 'last_name', 'position'] as const;
export type TextField = typeof textFields[number];

/** Fields that an update keeps in sync. */
export const updatableFields = [...textFields, 'locale', 'timezone'] as const;
export type UpdatableField = typeof updatableFields[number];

/** Fields that can be written to an account. `username`, `email`, and `auth_data` are separate kinds of changes, because the guard counts them. */
export const accountFields = ['username', 'email', ...updatableFields, 'auth_data'] as const;
export type AccountField = typeof accountFields[number];

/** The system roles that rules can give, the most powerful last. Their names are those of Mattermost. */
export const systemRoles = ['system_read_only_admin', 'system_user_manager', 'system_manager', 'system_admin'] as const;
export type SystemRole = typeof systemRoles[number];

/** How a new account signs in. */
export const signInMethods = ['random_password', 'initial_password', 'single_sign_on'] as const;
export type SignInMethod = typeof signInMethods[number];

export const signInServices = ['office365', 'openid', 'saml', 'gitlab'] as const;
export type SignInService = typeof signInServices[number];

/** How a user has left. `missing` is the absence from a full directory read, which does not say why. */
export const causes = ['disabled', 'soft_deleted', 'hard_deleted', 'missing', 'out_of_scope'] as const;
export type Cause = typeof causes[number];

/** The steps of the connection test. */
export const connectionSteps = ['token', 'users', 'groups'] as const;
export type ConnectionStep = typeof connectionSteps[number];

/** The words of the slash command, in the order of its help. */
export const commandWords = ['status', 'preview', 'sync', 'user', 'history', 'cancel', 'approve', 'test', 'help'] as const;
export type CommandWord = typeof commandWords[number];

/** The columns of the export of changes. */
export const csvColumns = [
    'action', 'status', 'reason', 'display_name', 'email', 'username', 'object_id', 'account_id', 'fields', 'error',
    'target_kind', 'target_name', 'target_team', 'target_id', 'rule',
] as const;
export type CsvColumn = typeof csvColumns[number];

/**
 * What a user is to one team or channel: in it because the sync added the user (`by_rule`), or someone else did, with a rule that applies as
 * well (`found`) or without one (`by_hand`); in it although no rule applies any longer (`no_rule`); not in it although a rule applies,
 * because that is still to be done (`missing`) or because the user left or was removed (`left`).
 */
export const standings = ['by_rule', 'found', 'by_hand', 'no_rule', 'missing', 'left'] as const;
export type Standing = typeof standings[number];

/** The columns of the export of the members of a team or channel. */
export const memberColumns = [
    'standing', 'directory', 'mattermost', 'display_name', 'email', 'username', 'account', 'rule', 'role_rule', 'why', 'object_id', 'account_id',
] as const;
export type MemberColumn = typeof memberColumns[number];

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = typeof logLevels[number];

export const locales = ['en', 'ko'] as const;
export type Locale = typeof locales[number];
