import type {Policy} from '../policy/policy';
import type {Ports} from '../ports';
import {makeJudge} from '../scope/judge';

import {directoryAttributes} from './attributes';
import type {DeltaState} from './delta_state';
import {readMemberships} from './memberships';
import {People} from './people';
import type {Leaver, Planner} from './planner';
import type {RunProgress} from './progress';
import {reportRead} from './read';
import {ChangedPeople, readDelta, type Removal} from './read_delta';

/** People who are read by id at once, and leavers whose accounts are looked up at once. */
const CHUNK_SIZE = 500;

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
    const people = await readByIds(ids, policy, ports, progress);
    [...changed.removed.keys()].filter((id) => !people.has(id)).forEach((id) => people.gone.add(id));
    return {people, leavers: leaversAmong(ids, people, changed), removed: changed.removed, delta: next};
}

async function readByIds(ids: string[], policy: Policy, ports: Ports, progress: RunProgress): Promise<People> {
    const people = new People(policy);
    const judge = makeJudge(policy.scope, await readMemberships(policy.scope, ports.directory));
    const select = directoryAttributes(policy);
    for (let start = 0; start < ids.length; start += CHUNK_SIZE) {
        const {users} = await ports.directory.get({ids: ids.slice(start, start + CHUNK_SIZE), select});
        users.forEach((user) => people.add(user, judge(user)));
        await reportRead(people, progress);
    }
    return people;
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

/** Plans what to do about `leavers`, after everybody who is in scope; most of them have no account. */
export async function planLeft(leavers: Leaver[], planner: Planner, ports: Ports): Promise<void> {
    for (let start = 0; start < leavers.length; start += CHUNK_SIZE) {
        const chunk = leavers.slice(start, start + CHUNK_SIZE);
        const {accounts} = await ports.accounts.find({object_ids: chunk.map(({object_id}) => object_id), emails: [], usernames: [], auth_data: [], auth_service: ''});
        await planner.planLeavers(chunk, accounts);
    }
}
