import * as v from 'valibot';

const MAX_PROTECTED = 1000;
const MAX_KEY_LENGTH = 320;

const flag = (by_default: boolean) => v.optional(v.boolean(), by_default);

/** What counts as having left. A person who has left in a way that is off here keeps the account, and the run says so. */
const leavers = v.strictObject({

    /** `accountEnabled` is false. */
    disabled: flag(true),

    /** Deleted, and for 30 days still to be restored. */
    soft_deleted: flag(true),
    hard_deleted: flag(true),

    /** Not in the directory as it was read, without a word about why. */
    missing: flag(true),
    out_of_scope: flag(true),

    /** From how many complete reads in a row somebody must be missing: one read may lack somebody by mistake. */
    missing_reads: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 2),

    /** Days between the run that first sees somebody gone and the deactivation. */
    grace_days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(365)), 0),
});

const key = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_KEY_LENGTH));

/** Which parts of an account's life the sync looks after. */
export const lifecycle = v.strictObject({
    create: flag(true),
    update: flag(true),
    deactivate: flag(true),

    /** Only accounts that the sync itself has deactivated. */
    reactivate: flag(true),
    leavers: v.optional(leavers, {}),

    /** Accounts that are never deactivated, each by username or e-mail address. Bots and system administrators are so anyway. */
    protected: v.optional(v.pipe(v.array(key), v.maxLength(MAX_PROTECTED)), []),
});

export type Lifecycle = v.InferOutput<typeof lifecycle>;
