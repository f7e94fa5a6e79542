import {hasShrunk} from '../../guard/guard';
import {keysOfLinked} from '../../match/keys';
import type {Guard} from '../../policy/guard';
import type {Ports} from '../../ports';

import type {People} from '../reading/people';
import type {Leaver, Planner} from './planner';
import type {RunProgress} from '../context/progress';

/** People whose accounts are looked up at once. */
const CHUNK_SIZE = 500;

/** Object ids of linked people that are read at once. */
const LINKS_AT_ONCE = 10_000;

/** How many people are linked to an active account, and how many of them the directory has (`null`: not all of it was read). */
export interface Linked {
    total: number;
    found: number | null;
}

/** Plans and records what to do about everybody in `people`, and about linked people who have left. */
export async function planPeople(people: People, planner: Planner, guard: Guard, ports: Ports, progress: RunProgress): Promise<Linked> {
    progress.counts.unchanged += people.unchanged;
    let next = planner.lookUp(people.slice(0, CHUNK_SIZE));
    for (let done = 0; done < people.undecided;) {
        const {persons, found} = next;
        const {accounts} = await found;
        done += persons.length;
        next = planner.lookUp(people.slice(done, CHUNK_SIZE));
        await planner.plan(persons, accounts);
        await progress.report('plan', done, people.undecided);
    }
    await planner.leaveOut(people.outsiders);
    const linked = people.is_complete ? await planUnseen(people, planner, guard, ports) : await countLinks(ports);
    await planner.planEmails();
    return linked;
}

async function countLinks(ports: Ports): Promise<Linked> {
    const {total} = await ports.links.list_active({after: '', limit: 0});
    return {total, found: null};
}

/** Looks through all linked people for those who are not in scope any more. */
async function planUnseen(people: People, planner: Planner, guard: Guard, ports: Ports): Promise<Linked> {
    const {leavers, ...linked} = await findLeavers(people, ports);
    if (hasShrunk({linked: linked.total, found: linked.found}, guard)) {
        planner.askAdmin();
    }
    await planLeavers(leavers, planner, ports);
    return linked;
}

/** Plans what to do about people who are known to have left; of some the account is gone as well. */
export async function planLeavers(leavers: readonly Leaver[], planner: Planner, ports: Ports): Promise<void> {
    for (let start = 0; start < leavers.length; start += CHUNK_SIZE) {
        const chunk = leavers.slice(start, start + CHUNK_SIZE);
        const {accounts} = await ports.accounts.find(keysOfLinked(chunk.map(({object_id}) => object_id)));
        await planner.planLeavers(chunk, accounts);
    }
}

async function findLeavers(people: People, ports: Ports): Promise<Linked & {leavers: Leaver[]}> {
    const leavers: Leaver[] = [];
    let found = 0;
    for (let after = '';;) {
        const {object_ids, total} = await ports.links.list_active({after, limit: LINKS_AT_ONCE});
        for (const object_id of object_ids) {
            const isThere = people.has(object_id);
            found += isThere ? 1 : 0;
            if (!people.isInScope(object_id)) {
                leavers.push({object_id, cause: isThere ? 'out_of_scope' : 'missing'});
            }
        }
        if (object_ids.length < LINKS_AT_ONCE) {
            return {leavers, total, found};
        }
        after = object_ids[object_ids.length - 1]!;
    }
}
