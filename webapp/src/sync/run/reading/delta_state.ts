import * as v from 'valibot';

import {isObjectId} from '../../object_id';
import type {Ports} from '../../ports';

const KEY = 'delta';

const again = v.object({
    object_id: v.string(),

    /** How the user left the directory; '' for a user who did not, or who is only out of scope. */
    cause: v.picklist(['', 'soft_deleted', 'hard_deleted']),

    /** Since when the changes and the answers about the user contradict each other, in ms since 1970; left out for others. */
    since: v.optional(v.number()),
});

const deltaState = v.object({

    /** Graph's link to the changes since. It is valid for seven days. It is not a secret, because only the plugin's app can use it. */
    delta: v.string(),

    /** The policy and attributes of the run that got the link: with others the changes may lack something. */
    policy_digest: v.string(),
    select: v.array(v.string()),

    /** Users to read again although they have not changed. */
    again: v.array(again),
});

/** What an incremental run begins with. */
export type DeltaState = v.InferOutput<typeof deltaState>;

/** A user about whom answers of the directory contradict each other. */
export type Contradiction = Required<DeltaState['again'][number]>;

/** The state that an earlier run kept for this policy and these attributes, or null: then a full read is needed. */
export async function readState(policy_digest: string, select: string[], {state}: Ports): Promise<DeltaState | null> {
    const kept = await readKept(state);
    return kept?.policy_digest === policy_digest && kept.select.join() === select.join() ? kept : null;
}

/** The contradictions that an earlier run kept, whatever its policy was. */
export async function readContradictions({state}: Ports): Promise<Contradiction[]> {
    const kept = await readKept(state);
    return (kept?.again ?? []).filter((each): each is Contradiction => each.since !== undefined);
}

async function readKept(state: Ports['state']): Promise<DeltaState | null> {
    const {value} = await state.read({key: KEY});
    const parsed = v.safeParse(deltaState, parse(value));
    return parsed.success ? {...parsed.output, again: parsed.output.again.filter(({object_id}) => isObjectId(object_id))} : null;
}

/** Keeps the state for the next incremental run; null makes that run read everything. */
export async function writeState(kept: DeltaState | null, {state}: Ports): Promise<void> {
    await state.write({key: KEY, value: kept ? JSON.stringify(kept) : ''});
}

/** An earlier plugin version may have written something else. */
function parse(value: string): unknown {
    try {
        return JSON.parse(value);
    } catch {
        return null;
    }
}
