/**
 * The closed lists: every word that crosses a border between the sync logic, the Go server and the page. Each list is written here
 * once. Types, filters and schemas of the page derive from it, `make generate` writes the Go constants (server/names), and a
 * test compares docs/openapi.yaml. Error codes are in errors.ts, reasons in reasons.ts, settings in settings/descriptors.ts.
 */

/** What happens to an account, in the order in which the page shows it. */
export const actions = ['create', 'update', 'reactivate', 'deactivate', 'skip', 'conflict'] as const;
export type Action = typeof actions[number];

export const changeStatuses = ['planned', 'done', 'failed', 'held', 'discarded'] as const;
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

/** What the guard can hold back: one kind of change because it is too many, or everything because the directory shrank. */
export const holdKinds = ['deactivations', 'email_changes', 'username_changes', 'directory_shrunk'] as const;
export type HoldKind = typeof holdKinds[number];

/** Where a failure outside came from (`Facts` in faults/classify.ts); `host` is the Go server itself. */
export const factOrigins = ['token', 'graph', 'network', 'mattermost', 'host'] as const;
export type FactOrigin = typeof factOrigins[number];
