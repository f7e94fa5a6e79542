import * as v from 'valibot';

import type {Ports} from '../../ports';

const KEY = 'delta';

const again = v.object({
    object_id: v.string(),

    /** How the person has left, '' for whoever has not, or is only not in scope. */
    cause: v.picklist(['', 'soft_deleted', 'hard_deleted']),
});

const deltaState = v.object({

    /** Graph's link to what has changed since. Good for seven days; it holds no secret, but only the plugin can use it. */
    delta: v.string(),

    /** What the link was made with: under another policy, or with other attributes, it tells too little. */
    policy_version: v.string(),
    select: v.array(v.string()),

    /** Whom to read again though nothing has changed about them. */
    again: v.array(again),
});

/** What an incremental run begins with. */
export type DeltaState = v.InferOutput<typeof deltaState>;

/** What was kept for a run with this policy and these attributes, or null: then everything must be read. */
export async function readState(policy_version: string, select: string[], {state}: Ports): Promise<DeltaState | null> {
    const {value} = await state.read({key: KEY});
    const parsed = v.safeParse(deltaState, parse(value));
    const isFitting = parsed.success && parsed.output.policy_version === policy_version && parsed.output.select.join() === select.join();
    return isFitting ? parsed.output : null;
}

/** Keeps it for the next incremental run; with null that one has to read everything. */
export async function writeState(kept: DeltaState | null, {state}: Ports): Promise<void> {
    await state.write({key: KEY, value: kept ? JSON.stringify(kept) : ''});
}

/** An earlier version of the plugin may have written something else. */
function parse(value: string): unknown {
    try {
        return JSON.parse(value);
    } catch {
        return null;
    }
}
