import {isDoing} from '../../lists';
import {isDeactivatedBySync} from '../../lifecycle/leaver';
import {mappingAttributes} from '../../mapping/attributes';
import {makeMapper} from '../../mapping/mapper';
import type {Person} from '../../mapping/person';
import type {AccountIndex} from '../../match/account_index';
import {emailKey} from '../../match/keys';
import {objectIdOf} from '../../object_id';
import type {Decision} from '../../plan/decision';
import type {Account, Reason} from '../../types';

import {eachById} from '../context/by_id';
import type {RunContext} from '../context/run_context';
import type {Draft} from './draft';

/** Why a user has no account if the address is still that of another user's. */
const BLOCKED: readonly Reason[] = ['account_linked_to_other', 'recreated', 'address_taken', 'account_deactivated', 'several_accounts'];

/** A user who needs the address of an account that belongs to another user. */
export interface Successor {
    object_id: string;
    holder: Account;
}

/**
 * Decides which deactivated accounts lose their address to a successor, if the policy says so: those that the sync deactivated, or
 * deactivates in this run, and whose own user is gone, is disabled, or has another address now. Users who need such an address are
 * decided after all leavers.
 */
export class Releases {
    private readonly waiting: Array<{person: Person; holder: Account}> = [];

    /** The accounts that lose their address, by address. */
    private readonly released = new Map<string, Account>();

    constructor(private readonly context: RunContext, private readonly draft: Draft) {}

    private get isOn(): boolean {
        return this.context.policy.lifecycle.release_addresses;
    }

    /**
     * The users who can be decided now; the others wait for `takeWaiting`. No one waits who would get no account anyway. `decide` decides
     * as if the accounts with the address `released` had another one.
     */
    sift(persons: Person[], index: AccountIndex, decide: (person: Person, released: string) => Decision): Person[] {
        if (!this.isOn) {
            return persons;
        }
        return persons.filter((person) => {
            const holder = index.by_email.get(emailKey(person));
            const isWaiting = isOfOther(holder, person) && !index.by_link.get(person.object_id) && isBlocked(decide(person, '')) && getsAccount(decide(person, emailKey(person)));
            if (isWaiting) {
                this.waiting.push({person, holder});
            }
            return !isWaiting;
        });
    }

    /**
     * Plans the new addresses of the accounts that lose theirs, with `release`; it returns false when an account keeps its address for now.
     * `movers` need an address for the account that they have. Call it when all leavers are planned.
     */
    async plan(movers: readonly Successor[], release: (holder: Account, object_id: string) => boolean): Promise<void> {
        if (!this.isOn) {
            return;
        }
        const successors = [...this.waiting.map(({person: {object_id}, holder}) => ({object_id, holder})), ...movers].
            filter(({holder}) => isDeactivatedBySync(holder) || this.draft.leaving.has(holder.id));
        const owners = await this.ownersWithAddress(successors);
        for (const {object_id, holder} of successors) {
            const email = holder.email.toLowerCase();
            if (!owners.has(holder.linked_object_id) && !this.released.has(email) && release(holder, object_id)) {
                this.released.set(email, holder);
            }
        }
    }

    /** The users who waited. The accounts that lose their address are no longer found by it. */
    takeWaiting(): Person[] {
        return this.waiting.splice(0).map(({person}) => person);
    }

    isReleased({email}: Account): boolean {
        return this.released.has(email.toLowerCase());
    }

    /** The account that loses the address, if one does. */
    holderOf(email: string): Account | undefined {
        return this.released.get(email);
    }

    /** The users whose accounts keep their address: the directory has them enabled and with this address, or does not say. */
    private async ownersWithAddress(successors: readonly Successor[]): Promise<Set<string>> {
        const {policy, ports} = this.context;
        const addressOf = new Map(successors.map(({holder}) => [holder.linked_object_id, holder.email.toLowerCase()]));
        const map = makeMapper(policy.mapping);
        const keeping = new Set<string>();
        await eachById([...addressOf.keys()], mappingAttributes(policy.mapping), ports.directory, (users) => users.forEach((user) => {
            const email = emailKey(map(user));
            const id = objectIdOf(user.id);
            if (user.accountEnabled !== false && (email === '' || email === addressOf.get(id))) {
                keeping.add(id);
            }
        }));
        return keeping;
    }
}

function isOfOther(holder: Account | undefined, {object_id}: Person): holder is Account {
    return holder !== undefined && holder.linked_object_id !== '' && holder.linked_object_id !== object_id;
}

function getsAccount({action}: Decision): boolean {
    return action !== 'unchanged' && isDoing(action);
}

function isBlocked(decision: Decision): boolean {
    return (decision.action === 'conflict' || decision.action === 'skip') && BLOCKED.includes(decision.reason);
}
