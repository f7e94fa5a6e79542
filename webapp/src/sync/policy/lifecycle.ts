import * as v from 'valibot';

const MAX_PROTECTED = 1000;
const MAX_KEY_LENGTH = 320;

const flag = (by_default: boolean) => v.optional(v.boolean(), by_default);

/** `deactivate`: the link says whose account it is. `report`: the account stays, and the run reports a conflict. */
export const otherMethodChoices = ['deactivate', 'report'] as const;
export type OtherMethod = typeof otherMethodChoices[number];

/** `report`: the run names the account. `deactivate`: the run links the account to the user, and deactivates it as a leaver's. */
export const unlinkedChoices = ['report', 'deactivate'] as const;
export type Unlinked = typeof unlinkedChoices[number];

/** What counts as having left. A user who left in a way that is off here keeps the account, and the run says so. */
const leavers = v.strictObject({

    /** `accountEnabled` is false. */
    disabled: flag(true),

    /** Deleted, and can be restored for 30 days. */
    soft_deleted: flag(true),
    hard_deleted: flag(true),

    /** Not in the directory as it was read, for an unknown reason. */
    missing: flag(true),
    out_of_scope: flag(true),

    /** From how many full directory reads in a row a user must be missing: one read may lack a user by mistake. */
    missing_reads: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 2),

    /** A full directory read counts only this many minutes after the one counted before: two reads can fall into the same bad moment. */
    min_minutes_between_reads: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1440)), 30),

    /** What happens to a leaver whose linked account has another sign-in method by now. */
    other_sign_in_method: v.optional(v.picklist(otherMethodChoices), 'deactivate'),

    /** What happens to the open account of a disabled user that was never linked. */
    disabled_unlinked: v.optional(v.picklist(unlinkedChoices), 'report'),

    /** The grace period: days between the run that first sees that a user left and the deactivation. */
    grace_days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(365)), 0),
});

const key = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_KEY_LENGTH));

/** Which parts of an account's lifecycle the sync manages. */
export const lifecycle = v.strictObject({
    create: flag(true),
    update: flag(true),
    deactivate: flag(true),

    /** Only accounts that the sync itself deactivated. */
    reactivate: flag(true),
    leavers: v.optional(leavers, {}),

    /** Whether an account that the sync deactivated loses its email address when the directory has given it to another user. */
    release_addresses: flag(false),

    /** Accounts that are never deactivated, each by username, email address, or account ID. Bots and system administrators never are. */
    protected: v.optional(v.pipe(v.array(key), v.maxLength(MAX_PROTECTED)), []),
});

export type Lifecycle = v.InferOutput<typeof lifecycle>;
