import type {Leaver} from '../../lifecycle/leaver';

import type {RunContext} from '../context/run_context';
import {ChangedUsers, readDelta, type Removal} from './delta';
import type {DeltaState} from './delta_state';
import {readByIds, reportRead} from './directory';
import type {FollowedGroups} from './followed_groups';
import type {People} from './people';
import {openQuestions} from './questions';

/** What has changed since the delta link of an earlier run. */
interface ChangedSince {

    /** The changed users as the directory has them now. */
    people: People;

    /** Those who are not in scope, and those that the directory no longer has. */
    leavers: Leaver[];
    removed: ReadonlyMap<string, Removal>;

    /** Users about whom the changes and the answers by id contradict each other: replicas of the directory can lag. */
    unsettled: string[];

    /** The delta link after these changes. */
    delta: string;
}

/** Whom to read besides those who have changed. */
interface Others {

    /** Users whose accounts may have a value that was meant for a moment. */
    parked: readonly string[];

    /** Those who joined or left a group; null if the policy names no group. */
    followed: FollowedGroups | null;
}

/** Reads the users who have changed, and those that an earlier run wants read again; null when they are too many to be read one by one. */
export async function readChanged({delta, again}: DeltaState, {parked, followed}: Others, context: RunContext): Promise<ChangedSince | null> {
    const {ports, progress} = context;
    const changed = new ChangedUsers();
    again.forEach(({object_id, cause}) => (cause === '' ? changed.ids.add(object_id) : changed.remove(object_id, cause)));
    [...parked, ...followed?.changed ?? []].forEach((object_id) => changed.ids.add(object_id));
    const next = await readDelta(delta, changed, ports.directory);
    if (next === '') {
        return null;
    }

    // Sorted: the order of Graph's answers must not decide who gets a name first.
    const ids = [...changed.ids].sort();
    const questions = await openQuestions(context, followed?.groups);
    const people = await readByIds(ids, questions, context, (read) => reportRead(read, progress));
    people.follows_changes = true;
    [...changed.removed.keys()].filter((id) => !people.has(id)).forEach((id) => people.gone.add(id));
    const inGroups = new Set(followed?.contradicted());
    const unsettled = ids.filter((id) => people.has(id) === changed.removed.has(id) || inGroups.has(id));
    return {people, leavers: leaversAmong(ids, people, changed), removed: changed.removed, unsettled, delta: next};
}

/** A user who is neither there nor reported as removed is left alone and asked for again. */
function leaversAmong(ids: string[], people: People, {removed}: ChangedUsers): Leaver[] {
    const leavers: Leaver[] = [];
    ids.forEach((object_id) => {
        const cause = people.has(object_id) ? 'out_of_scope' : removed.get(object_id);
        if (cause && !people.isInScope(object_id)) {
            leavers.push({object_id, cause});
        }
    });
    return leavers;
}
