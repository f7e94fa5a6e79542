import * as v from 'valibot';

import type {Ports} from '../../ports';

/*
 * The first time that a rule removes users whom the sync did not add, an administrator decides. The targets of which that was approved are
 * remembered.
 */

const KEY = 'approved_removals';

const schema = v.pipe(v.string(), v.parseJson(), v.array(v.string()));

/** The IDs of teams and channels whose rules may remove users whom the sync did not add. */
export async function readApprovedRemovals({state}: Pick<Ports, 'state'>): Promise<ReadonlySet<string>> {
    const {value} = await state.read({key: KEY});
    const parsed = v.safeParse(schema, value);
    return new Set(parsed.success ? parsed.output : []);
}

/** Remembers that an administrator has approved it for these targets. */
export async function noteApprovedRemovals(target_ids: readonly string[], {state}: Pick<Ports, 'state'>): Promise<void> {
    const known = await readApprovedRemovals({state});
    if (target_ids.some((id) => !known.has(id))) {
        await state.write({key: KEY, value: JSON.stringify([...new Set([...known, ...target_ids])].sort())});
    }
}
