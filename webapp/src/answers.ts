/** Checks what comes from outside (HTTP answers, websocket events) before the page relies on it. Unknown keys are let through. */
import * as v from 'valibot';

import type {components} from './api_types';
import {pluginId} from './manifest';
import type {ErrorCode} from './sync/errors';
import type {Action, ChangeStatus, FieldChange, HoldKind, Progress, Reading, Reason, RunMode, RunState, Trigger} from './sync/types';

const number = v.optional(v.number(), 0);
const text = v.optional(v.string(), '');

/** A member of a closed list; a newer server may know more of them than this page, so any text passes. */
function memberOf<T extends string>() {
    return v.pipe(v.string(), v.transform((value) => value as T));
}

/** What the sentences of a fault name: texts and numbers; anything else is dropped. */
const params = v.pipe(v.record(v.string(), v.unknown()), v.transform((all) => {
    const known = Object.entries(all).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
    return Object.fromEntries(known) as Record<string, string | number>;
}));

const rawFault = v.looseObject({
    status: v.optional(v.number()),
    code: v.optional(v.string()),
    message: v.optional(v.string()),
    trace_id: v.optional(v.string()),
});

/** A fault with or without its words. */
const fault = v.looseObject({
    code: memberOf<ErrorCode>(),
    params: v.optional(params),
    path: v.optional(v.string()),
    raw: v.optional(rawFault),
    message: v.optional(v.string()),
    hint: v.optional(v.string()),
});
const faultOrNone = v.nullish(fault, null);

const counts = v.looseObject({
    directory: number,
    in_scope: number,
    created: number,
    updated: number,
    reactivated: number,
    deactivated: number,
    unchanged: number,
    skipped: number,
    conflicts: number,
    failed: number,
    held: number,
});
const countsOrZero = v.pipe(v.optional(v.unknown(), null), v.transform((value) => value ?? {}), counts);

const progress = v.looseObject({
    phase: memberOf<Progress['phase']>(),
    done: number,
    total: number,
    counts: countsOrZero,
});

/** An empty progress object means the same as none: the run has not begun to read. */
const progressOrNone = v.pipe(
    v.optional(v.unknown(), null),
    v.transform((value) => (typeof value === 'object' && value !== null && 'phase' in value ? value : null)),
    v.nullable(progress),
);

/** What a run holds until an administrator approves it. */
const hold = v.looseObject({
    kinds: v.nullish(v.array(v.looseObject({kind: memberOf<HoldKind>(), count: number, total: number})), []),
    expires_at: number,
});

export const runSchema = v.looseObject({
    id: v.string(),
    mode: memberOf<RunMode>(),
    trigger: memberOf<Trigger>(),
    actor_id: text,
    user: text,
    state: memberOf<RunState>(),
    started_at: v.number(),
    finished_at: number,
    counts: countsOrZero,
    progress: progressOrNone,
    error: faultOrNone,
    reading: v.optional(memberOf<Reading>(), 'full'),
    hold: v.nullish(hold, null),
    approves: text,
    approved_at: number,
    approved_by: text,
    discarded_at: number,
    discarded_by: text,
    does_not_fit: number,
});

export const statusSchema = v.looseObject({
    version: v.string(),
    settings_revision: text,
    configured: v.boolean(),
    enabled: v.boolean(),
    faults: v.nullish(v.array(fault), []),
    schedule: text,
    time_zone: text,
    next_run_at: number,
    current_run: v.nullish(runSchema, null),
    last_run: v.nullish(runSchema, null),
    held_run: v.nullish(runSchema, null),
    quarantine: v.nullish(v.looseObject({failures: v.number(), since: v.number(), next_at: v.number()}), null),
});

export const connectionSchema = v.looseObject({
    ok: v.boolean(),
    steps: v.array(v.looseObject({
        step: v.string(),
        ok: v.boolean(),
        detail: text,
        code: text,
        message: text,
        hint: text,
        raw: v.nullish(rawFault, null),
    })),
});

const paging = {total: v.number(), page: v.number(), per_page: v.number()};

export const overviewSchema = v.looseObject({
    directory: number,
    in_scope: number,
    read_at: number,
    linked: number,
    deactivated: number,
    conflicts: number,
    conflicts_run: text,
    failing: number,
    failing_run: text,
    failing_tried: number,
    failing_waiting: number,
    secret_expires_at: number,
});

export const groupsSchema = v.looseObject({groups: v.array(v.looseObject({id: v.string(), name: text, description: text}))});

export const scheduleTimesSchema = v.looseObject({times: v.array(v.number())});

export const runPageSchema = v.looseObject({runs: v.array(runSchema), ...paging});

const change = v.looseObject({
    seq: v.number(),
    object_id: text,
    account_id: text,
    email: text,
    username: text,
    display_name: text,
    action: memberOf<Action>(),
    status: memberOf<ChangeStatus>(),
    reason: memberOf<Reason>(),
    reason_params: v.nullish(params, null),
    fields: v.nullish(v.array(v.looseObject({
        field: memberOf<FieldChange['field']>(),
        name: v.optional(v.string()),
        from: text,
        to: text,
        shortened: v.optional(v.boolean()),
        refused: v.optional(v.string()),
    })), []),
    error: faultOrNone,
});

/** An account, as Mattermost's own API answers it. */
const accountSchema = v.looseObject({id: v.string(), username: v.string()});
export const accountsSchema = v.array(accountSchema);

/** Mattermost's configuration, as far as we look at it: what other plugins store there is theirs. */
export const configSchema = v.looseObject({
    PluginSettings: v.looseObject({Plugins: v.looseObject({[pluginId]: v.nullish(v.record(v.string(), v.unknown()), {})})}),
});

/** `total` is 0 where the server has not counted, behind `after`. */
export const changePageSchema = v.looseObject({changes: v.array(change), ...paging, total: number});

const pastChange = v.looseObject({
    ...change.entries,
    run_id: v.string(),
    run_mode: memberOf<RunMode>(),
    run_state: memberOf<RunState>(),
    started_at: v.number(),
});

export const historyPageSchema = v.looseObject({changes: v.array(pastChange), ...paging});

/** A page of directory users; the sync logic reads the attributes of a user. */
export const directoryPageSchema = v.looseObject({users: v.array(v.record(v.string(), v.unknown())), ...paging, read_at: number});

/** What a lookup answers is read by the sync logic, as in a run. */
export const lookupSchema = v.record(v.string(), v.unknown());

/** The body of a refused request, as the plugin or as Mattermost itself writes it. */
export const refusalSchema = v.looseObject({
    code: memberOf<ErrorCode>(),
    message: v.string(),
    hint: text,
    params: v.optional(params),
    path: v.optional(v.string()),
    raw: v.optional(rawFault),
    run: v.optional(runSchema),
});

type Schemas = components['schemas'];

/** What the page has after the check. The compiler refuses it where the page does not take what docs/openapi.yaml describes. */
type Checked<S extends v.GenericSchema, Described extends v.InferInput<S>> = [Described, v.InferOutput<S>][1];

export type RunAnswer = Checked<typeof runSchema, Schemas['Run']>;
export type StatusAnswer = Checked<typeof statusSchema, Schemas['Status']>;
export type OverviewAnswer = Checked<typeof overviewSchema, Schemas['Overview']>;
export type GroupAnswer = Checked<typeof groupsSchema, Schemas['GroupList']>['groups'][number];
export type ConnectionAnswer = Checked<typeof connectionSchema, Schemas['ConnectionReport']>;
export type ConnectionStep = ConnectionAnswer['steps'][number];
export type RunPage = Checked<typeof runPageSchema, Schemas['RunList']>;
export type ChangePage = Checked<typeof changePageSchema, Schemas['ChangeList']>;
export type ChangeAnswer = ChangePage['changes'][number];
export type HistoryPage = Checked<typeof historyPageSchema, Schemas['HistoryList']>;
export type PastChange = HistoryPage['changes'][number];
export type DirectoryPageAnswer = Checked<typeof directoryPageSchema, Schemas['DirectoryList']>;
export type CountsAnswer = RunAnswer['counts'];
