import {NOT_AWAY} from '../../lifecycle/leaver';
import type {Decision} from '../../plan/decision';
import type {Account, Departure, UserDeparture} from '../../types';

/** Collects what a run remembers about users who left or came back. */
export class Departures {
    readonly list: UserDeparture[] = [];

    /** Notes the departure of a decision. That of a deactivation is saved when it is applied. */
    note(object_id: string, decision: Decision): void {
        if (decision.action === 'deactivate' || !('departure' in decision) || !decision.departure) {
            return;
        }
        if (!isSame(decision.departure, decision.account?.departure ?? null)) {
            this.list.push({object_id, ...decision.departure});
        }
    }

    /** Ends the departure of a user who is back and still has the account. */
    end(account: Account | undefined): void {
        if (account?.departure && account.delete_at === 0) {
            this.list.push({object_id: account.linked_object_id, ...NOT_AWAY});
        }
    }
}

/** Whether the link remembers the departure already: a run in which nothing changes writes nothing. */
function isSame(departure: Departure, known: Departure | null): boolean {
    return known !== null && departure.since === known.since && departure.absent_reads === known.absent_reads &&
        departure.counted_at === known.counted_at && departure.deactivated_at === known.deactivated_at;
}
