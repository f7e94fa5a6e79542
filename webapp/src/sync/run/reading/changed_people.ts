import type {Policy} from '../../policy/policy';
import type {Ports} from '../../ports';
import {makeJudge} from '../../scope/judge';

import type {DeltaState} from './delta_state';
import {readMemberships} from './memberships';
import type {People} from './people';
import type {Leaver} from '../planning/planner';
import type {RunProgress} from '../context/progress';
import {readByIds, reportRead} from './directory';
import {ChangedPeople, readDelta, type Removal} from './delta';

/** Who has changed since the mark of an earlier run. */
export interface ChangedSince {

    /** As the directory has them now. */
    people: People;

    /** Those of them who are not in scope, and those whom the directory does not have any more. */
    leavers: Leaver[];
    removed: ReadonlyMap<string, Removal>;

    /** The mark after these changes. */
    delta: string;
}

/** Reads whoever has changed, and whom an earlier run left to be read again; null when they are too many to be read one by one. */
export async function readChanged({delta, again}: DeltaState, policy: Policy, ports: Ports, progress: RunProgress): Promise<ChangedSince | null> {
    const changed = new ChangedPeople();
    again.forEach(({object_id, cause}) => (cause === '' ? changed.ids.add(object_id) : changed.remove(object_id, cause)));
    const next = await readDelta(delta, changed, ports.directory);
    if (next === '') {
        return null;
    }

    // In an order of their own: that of Graph's answers must not decide who gets a name first.
    const ids = [...changed.ids].sort();
    const judge = makeJudge(policy.scope, await readMemberships(policy.scope, ports.directory));
    const people = await readByIds(ids, policy, judge, ports, (read) => reportRead(read, progress));
    [...changed.removed.keys()].filter((id) => !people.has(id)).forEach((id) => people.gone.add(id));
    return {people, leavers: leaversAmong(ids, people, changed), removed: changed.removed, delta: next};
}

/** Whoever is neither there nor said to be removed is left alone: the changes after these say what has happened. */
function leaversAmong(ids: string[], people: People, {removed}: ChangedPeople): Leaver[] {
    const leavers: Leaver[] = [];
    ids.forEach((object_id) => {
        const cause = people.has(object_id) ? 'out_of_scope' : removed.get(object_id);
        if (cause && !people.isInScope(object_id)) {
            leavers.push({object_id, cause});
        }
    });
    return leavers;
}
