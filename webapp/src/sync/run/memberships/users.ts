import {groupBy} from '../../group_by';
import {protectedKeys} from '../../lifecycle/privileged';
import {Bits} from '../../memberships/bits';
import {needsPlacements} from '../../memberships/placement';
import type {MemberAccounts} from '../../memberships/shapes';
import {targetRules} from '../../memberships/target_rules';
import type {RunUsers} from '../../memberships/target_facts';

import type {RunContext} from '../context/run_context';
import type {People} from '../reading/people';

/** Placements that are saved with one statement. */
const SAVED_AT_ONCE = 10_000;

/** The users in scope whose memberships a run decides. Each has a number; sets of users are bits over it. */
export class MembershipUsers implements RunUsers {
    readonly active: Bits;
    readonly guests: Bits;
    readonly kept: Bits;

    /** The active account of each user, or ''. */
    readonly account_ids: readonly string[];

    /** What the attributes of each user say to the rules (placement.ts). */
    readonly placements: readonly string[];
    private readonly numbers = new Map<string, number>();

    private constructor(readonly object_ids: readonly string[], known: MemberAccounts, people: People, arriving: ReadonlyMap<string, string>) {
        object_ids.forEach((id, at) => this.numbers.set(id, at));
        this.account_ids = known.account_ids.map((id, at) => id || (arriving.get(object_ids[at]!) ?? ''));
        this.placements = object_ids.map((id, at) => (people.isUnchanged(id) ? known.placements[at]! : people.placementOf(id)));
        this.active = this.among(object_ids.filter((id, at) => this.account_ids[at] !== '' || arriving.has(id)));
        this.guests = new Bits(this.size, known.guests);
        this.kept = new Bits(this.size, known.kept);
    }

    /**
     * Users about whom something is unknown, who left, or who wait for a decision keep all memberships, so they are not among them.
     * `arriving` are the users who get an active account by the plan of a preview, each with the ID of the account if there is one.
     */
    static async read(people: People, arriving: ReadonlyMap<string, string>, {policy, ports}: RunContext): Promise<MembershipUsers> {
        const object_ids = people.idsInScope.filter((id) => !people.isOpen(id)).sort();
        const keep = [...protectedKeys(policy.lifecycle)];
        return new MembershipUsers(object_ids, await ports.memberships.accounts({object_ids, keep}), people, arriving);
    }

    get size(): number {
        return this.object_ids.length;
    }

    /** Those of the users who are among `object_ids`, which are in lower case. */
    among(object_ids: Iterable<string>): Bits {
        const users = new Bits(this.size);
        for (const id of object_ids) {
            const number = this.numbers.get(id);
            if (number !== undefined) {
                users.add(number);
            }
        }
        return users;
    }
}

/**
 * Keeps with the links what the attributes of the users say to the rules, for runs in which they have not changed. Call it before a user is
 * confirmed as unchanged: then no crash leaves an old answer.
 */
export async function savePlacements(people: People, {policy, ports, mode}: RunContext): Promise<void> {
    if (mode !== 'apply' || !needsPlacements(targetRules(policy))) {
        return;
    }
    const read = people.idsInScope.filter((id) => !people.isUnchanged(id) && !people.isOpen(id));
    const alike = groupBy(read, (id) => people.placementOf(id));
    for (const [placement, ids] of alike) {
        for (let start = 0; start < ids.length; start += SAVED_AT_ONCE) {
            await ports.memberships.save_placements({placements: [{placement, object_ids: ids.slice(start, start + SAVED_AT_ONCE)}]});
        }
    }
}
