import * as v from 'valibot';

import type {Ports} from '../../ports';

const KEY = 'parked';
const ids = v.array(v.string());

/**
 * The users who were swapping addresses or usernames when a run ended or a change failed: an account may have a value that was meant for
 * a moment. The next run looks at all of them, also an incremental run in which they have not changed.
 */
export async function readParked({state}: Pick<Ports, 'state'>): Promise<string[]> {
    const {value} = await state.read({key: KEY});
    return value === '' ? [] : v.parse(ids, JSON.parse(value));
}

/** Remembers these users in place of those before. */
export async function keepParked(object_ids: readonly string[], {state}: Pick<Ports, 'state'>): Promise<void> {
    await state.write({key: KEY, value: object_ids.length > 0 ? JSON.stringify(object_ids) : ''});
}
