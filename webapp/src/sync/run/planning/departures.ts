import {NOT_AWAY} from '../../lifecycle/leaver';
import type {Decision} from '../../plan/decision';
import type {Account, Departure, UserDeparture} from '../../types';

/** Collects what a run remembers about users who left or came back. */
export class Departures {
    readonly list: UserDeparture[] = [];

    /** Notes the departure of a decision about a linked account. That of a deactivation is saved when it is applied. */
    note(decision: Decision): void {
        if (decision.action === 'deactivate' || !('departure' in decision) || !decision.departure || !decision.account) {
            return;
        }
        const {linked_object_id, departure} = decision.account;
        if (!isSame(decision.departure, departure)) {
            this.list.push({object_id: linked_object_id, ...decision.departure});
        }
    }

    /** Ends the departure of a user who is back and still has the account. Of a deactivated account only the absences end. */
    end(account: Account | undefined): void {
        if (!account?.departure) {
            return;
        }
        const {linked_object_id: object_id, delete_at, departure} = account;
        if (delete_at === 0) {
            this.list.push({object_id, ...NOT_AWAY});
        } else if (departure.absent_reads > 0) {
            this.list.push({object_id, ...departure, absent_reads: 0, counted_at: 0});
        }
    }
}

/** Whether the link remembers the departure already: a run in which nothing changes writes nothing. */
function isSame(departure: Departure, known: Departure | null): boolean {
    return known !== null && departure.since === known.since && departure.absent_reads === known.absent_reads &&
        departure.counted_at === known.counted_at && departure.deactivated_at === known.deactivated_at;
}
