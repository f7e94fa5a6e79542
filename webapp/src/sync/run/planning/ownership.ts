import {isAdoption, type Decision} from '../../plan/decide';

import type {Planned} from './draft';

/** Keeps apart whom a plan gives accounts, and on which accounts several people have a claim. */
export class Ownership {

    /** Whom this plan gives accounts that they were not linked to: object ids by account id. */
    private readonly adopted = new Map<string, string>();

    /** Accounts that another directory user has a claim on: they are not taken from anybody. */
    private readonly disputed = new Set<string>();

    /** Two people who would adopt one account: the first may, whoever comes after is in conflict. */
    claim(object_id: string, decision: Decision): Decision {
        if (decision.action === 'conflict' && decision.account) {
            this.disputed.add(decision.account.id);
        }
        if (decision.action !== 'update' || !isAdoption(decision.reason)) {
            return decision;
        }
        const {account} = decision;
        const other_object_id = this.adopted.get(account.id);
        if (other_object_id !== undefined) {
            return {action: 'conflict', reason: 'account_linked_to_other', account, params: {other_object_id}};
        }
        this.adopted.set(account.id, object_id);
        return decision;
    }

    /**
     * Somebody who was deleted and made anew has a new object id: the account is disputed, not abandoned, or it is relinked. Whom the
     * directory still has under the old one was not made anew, whoever else has the address.
     */
    spare(decision: Decision | null): Planned | null {
        if (decision && 'account' in decision && decision.account && this.adopted.has(decision.account.id)) {
            return null;
        }
        if (decision?.action === 'deactivate' && decision.reason !== 'out_of_scope' && this.disputed.has(decision.account.id)) {
            return {action: 'skip', reason: 'claimed_by_other', account: decision.account};
        }
        return decision as Planned | null;
    }
}
