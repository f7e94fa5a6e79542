import * as v from 'valibot';

import {accounts} from './accounts';
import {guard} from './guard';
import {lifecycle} from './lifecycle';
import {mappingSchema} from './mapping';
import {memberships} from './memberships';
import {scope} from './scope';

const limits = v.strictObject({

    /** How many accounts the host writes at once. */
    concurrency: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(32)), 8),
});

const history = v.strictObject({
    keep_days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650)), 90),
});

/**
 * The `Policy` setting: one JSON document, every part optional. Unknown keys are faults, so that a misspelt
 * rule never silently means something else.
 */
export const policySchema = v.strictObject({
    version: v.optional(v.literal(1), 1),
    scope: v.optional(scope, {}),
    mapping: v.optional(mappingSchema, {}),
    accounts: v.optional(accounts, {}),
    lifecycle: v.optional(lifecycle, {}),
    memberships: v.optional(memberships, {}),
    guard: v.optional(guard, {}),
    limits: v.optional(limits, {}),
    history: v.optional(history, {}),
});

/** A valid policy with all defaults filled in. */
export type Policy = v.InferOutput<typeof policySchema>;

/** What an administrator may write: anything with a default may be left out. */
export type PolicyInput = v.InferInput<typeof policySchema>;
