import * as v from 'valibot';

import type {Ports} from '../../ports';

const KEY = 'groups';

const groupState = v.object({

    /** Graph's link to the changes of groups since. It is valid for seven days, as that of users. */
    delta: v.string(),

    /** The policy of the run that got the link: with another one, trees can be missing. */
    policy_digest: v.string(),

    /** Groups to read again although they have not changed; until when, in ms since 1970, or 0 for a group that could not be read. */
    again: v.array(v.object({group_id: v.string(), until: v.number()})),
});

/** Where the next incremental run continues to follow groups. It is kept together with the trees. */
export type GroupState = v.InferOutput<typeof groupState>;

/** The state that an earlier run kept for this policy, or null: then a full read is needed. */
export async function readGroupState(policy_digest: string, {state}: Ports): Promise<GroupState | null> {
    const {value} = await state.read({key: KEY});
    const parsed = v.safeParse(groupState, parse(value));
    return parsed.success && parsed.output.policy_digest === policy_digest ? parsed.output : null;
}

/** Keeps the state with the trees that the run has read; `needed` are the groups whose trees stay, null for all. */
export async function keepGroups(state: GroupState, needed: string[] | null, {group_trees}: Ports): Promise<void> {
    await group_trees.keep({value: JSON.stringify(state), needed});
}

/** Makes the next incremental run read everything. */
export async function forgetGroupState({state}: Ports): Promise<void> {
    await state.write({key: KEY, value: ''});
}

/** An earlier plugin version may have written something else. */
function parse(value: string): unknown {
    try {
        return JSON.parse(value);
    } catch {
        return null;
    }
}
