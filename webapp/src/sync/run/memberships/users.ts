import {Bits} from '../../memberships/bits';
import type {Ports} from '../../ports';

import type {People} from '../reading/people';

/** The users whose memberships a run decides: in scope, with an active linked account. Each has a number; sets of users are bits over it. */
export class MembershipUsers {
    private readonly numbers = new Map<string, number>();

    private constructor(readonly object_ids: readonly string[], readonly account_ids: readonly string[], readonly placements: readonly string[]) {
        object_ids.forEach((id, at) => this.numbers.set(id, at));
    }

    /** Users about whom something is unknown, who left, or who wait for a decision keep all memberships, so they are not among them. */
    static async read(people: People, {memberships}: Pick<Ports, 'memberships'>): Promise<MembershipUsers> {
        const known = people.idsInScope.filter((id) => !people.unknown.has(id) && !people.duplicate_object_ids.has(id)).sort();
        const {account_ids} = await memberships.accounts({object_ids: known});
        const withAccount = known.filter((_, at) => account_ids[at] !== '');
        return new MembershipUsers(withAccount, account_ids.filter((id) => id !== ''), withAccount.map((id) => people.placementOf(id)));
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
