import {NOT_AWAY} from '../../lifecycle/leaver';
import type {Decision} from '../../plan/decision';
import type {Account, Departure, UserDeparture} from '../../types';

/** Collects what a run remembers about users who left or came back. */
export class Departures {
    private readonly byUser = new Map<string, Departure>();

    get list(): UserDeparture[] {
        return [...this.byUser].map(([object_id, departure]) => ({object_id, ...departure}));
    }

    /**
     * Notes the departure of a decision, for the user whose account it is now. That of a deactivation is saved when it is applied, but
     * absences end also if it is held.
     */
    note(decision: Decision): void {
        if (!('departure' in decision) || !decision.departure || !decision.account) {
            return;
        }
        const known = decision.account.departure?.absent_reads ?? 0;
        if (decision.action !== 'deactivate' || decision.departure.absent_reads < known) {
            this.remember(decision.account, decision.departure);
        }
    }

    /**
     * Notes that the directory has the user: absences count only in a row. `isBack` says that the user has not left otherwise, so that
     * the departure ends as well, unless the account is deactivated.
     */
    end(account: Account | undefined, isBack: boolean): void {
        if (account?.departure) {
            this.remember(account, isBack && account.delete_at === 0 ? NOT_AWAY : {...account.departure, absent_reads: 0, counted_at: 0});
        }
    }

    private remember(account: Account, departure: Departure): void {
        if (!isSame(departure, account.departure)) {
            this.byUser.set(account.linked_object_id, departure);
        }
    }
}

/** Whether the link remembers the departure already: a run in which nothing changes writes nothing. */
function isSame(departure: Departure, known: Departure | null): boolean {
    return known !== null && departure.since === known.since && departure.absent_reads === known.absent_reads &&
        departure.counted_at === known.counted_at && departure.deactivated_at === known.deactivated_at;
}
