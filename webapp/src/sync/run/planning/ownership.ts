import {isAdoption} from '../../plan/decide';
import type {Decision} from '../../plan/decision';

/** Tracks which users a plan gives accounts, so that no account goes to two of them. */
export class Ownership {

    /** The users that this plan links to accounts: object ids by account id. */
    private readonly adopted = new Map<string, string>();

    /** Of two users who would adopt one account the first may, and the second is in conflict. */
    claim(object_id: string, decision: Decision): Decision {
        const isGiven = (decision.action === 'update' && isAdoption(decision.reason)) || (decision.action === 'deactivate' && decision.adopts !== undefined);
        if (!isGiven) {
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
}
