import * as v from 'valibot';

const MAX_COUNT = 1_000_000;

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_COUNT));
const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));

/** When one run has too many changes of a kind: more than a count and more than a share of the linked accounts, or more than a fixed maximum. */
const brake = v.strictObject({
    more_than: v.optional(count, 5),
    percent: v.optional(percent, 5),

    /** Holds whatever the share; left out, there is no such limit. */
    never_more_than: v.optional(count),
});

/** What a run holds until an administrator approves it. */
export const guard = v.strictObject({
    deactivations: v.optional(brake, {}),
    email_changes: v.optional(brake, {}),
    username_changes: v.optional(brake, {}),
    auth_data_changes: v.optional(brake, {}),

    /** If the directory has fewer of the linked users than this, in percent, everything is held. */
    min_directory_percent: v.optional(percent, 50),

    /** For how many days held changes can be approved. */
    approval_days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)), 7),
});

export type Guard = v.InferOutput<typeof guard>;
export type Brake = v.InferOutput<typeof brake>;
