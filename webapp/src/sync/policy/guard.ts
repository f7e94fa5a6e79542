import * as v from 'valibot';

const MAX_COUNT = 1_000_000;
const MAX_WINDOW_HOURS = 168;

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_COUNT));
const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));

/** When changes of a kind are too many: more than a count and more than a share of the linked accounts, or more than a fixed maximum. */
const brakeOf = (more_than: number, share: number) => v.strictObject({
    more_than: v.optional(count, more_than),
    percent: v.optional(percent, share),

    /** Holds more changes than this, whatever their share is. Left out, there is no such limit. */
    never_more_than: v.optional(count),
});

/** With a share that holds from two changes on: in a small company, `more_than` alone lets half of the accounts go. */
const brake = v.strictObject({...brakeOf(5, 5).entries, max_percent: v.optional(percent, 40)});

/** `hold`: each of them needs an approval of its own. `count`: only the limits count them. */
export const scopeChangeChoices = ['hold', 'count'] as const;
export type ScopeChangeChoice = typeof scopeChangeChoices[number];

/** What is held until an administrator approves it. */
export const guard = v.strictObject({
    deactivations: v.optional(brake, {}),
    email_changes: v.optional(brake, {}),
    username_changes: v.optional(brake, {}),
    auth_data_changes: v.optional(brake, {}),

    /** Without a maximum share: a company that begins with few accounts doubles in a day. */
    creations: v.optional(v.strictObject({...brakeOf(50, 10).entries, max_percent: v.optional(percent)}), {}),
    reactivations: v.optional(brake, {}),

    /** Accounts of which an update empties fields. */
    emptied_fields: v.optional(brake, {}),

    /** Memberships and admin roles of teams and channels that a run takes away, in one target and in all together. */
    leaves_per_target: v.optional(v.strictObject({...brakeOf(5, 20).entries, max_percent: v.optional(percent, 50)}), {}),
    leaves: v.optional(v.strictObject({...brakeOf(20, 5).entries, max_percent: v.optional(percent, 40)}), {}),

    /** Deactivations of users who left the scope because an attribute of theirs changed in the directory, and neither the policy nor a group. */
    scope_attribute_changes: v.optional(v.picklist(scopeChangeChoices), 'hold'),

    /** Changes that runs made in so many hours before count as well; with 0 each run counts alone. */
    window_hours: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_WINDOW_HOURS)), 24),

    /** If the directory has fewer of the linked users than this, in percent, everything is held. */
    min_directory_percent: v.optional(percent, 50),

    /** For how many days held changes can be approved. */
    approval_days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)), 7),
});

export type Guard = v.InferOutput<typeof guard>;
export type Brake = v.InferOutput<typeof brake> | Guard['creations'];
