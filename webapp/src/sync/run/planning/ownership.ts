import {isAdoption, type Decision} from '../../plan/decide';

import type {LineDecision} from './draft';

/** Tracks which users a plan gives accounts, and which accounts several users claim. */
export class Ownership {

    /** The users that this plan links to accounts: object ids by account id. */
    private readonly adopted = new Map<string, string>();

    /** Accounts that another directory user claims: no one loses them. */
    private readonly disputed = new Set<string>();

    /** Of two users who would adopt one account the first may, and the second is in conflict. */
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
     * A user who was deleted and created again has a new object id: the account is disputed, not abandoned, or it is relinked. A user
     * that the directory still has under the old one was not created again, even if another user has the address.
     */
    spare(decision: Decision | null): LineDecision | null {
        if (decision && 'account' in decision && decision.account && this.adopted.has(decision.account.id)) {
            return null;
        }
        if (decision?.action === 'deactivate' && decision.reason !== 'out_of_scope' && this.disputed.has(decision.account.id)) {
            return {action: 'skip', reason: 'claimed_by_other', account: decision.account};
        }
        return decision as LineDecision | null;
    }
}
