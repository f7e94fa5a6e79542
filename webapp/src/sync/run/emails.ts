import type {Person} from '../mapping/person';
import {orderEmailChanges, type EmailChange} from '../plan/addresses';
import type {Account} from '../types';

/** An account whose e-mail address shall change, and who has the new one now. */
export interface PlannedEmail extends EmailChange {
    person: Person;
    account: Account;
    holder: Account | null;
}

/** An e-mail change with its place in the order of all of them. */
export interface OrderedEmail {
    change: PlannedEmail;

    /** Changes of one round do not wait for each other. */
    round: number;

    /** The account must give its present address up before the first round. */
    parks: boolean;

    /** The address stays with somebody else. */
    is_blocked: boolean;
}

/** The e-mail changes of a run: addresses can move between accounts, so none can be planned before all are known. */
export class Emails {
    private readonly changes: PlannedEmail[] = [];

    add(change: PlannedEmail): void {
        this.changes.push(change);
    }

    ordered(): OrderedEmail[] {
        const {groups, circles, blocked} = orderEmailChanges(this.changes);
        const inGroups = groups.flatMap((group, round) => group.map((change) => ({change, round, parks: false, is_blocked: false})));

        // In a circle each waits for the next, so they go from the last to the first, which has given up its address before.
        const inCircles = circles.flatMap((circle) => circle.map((change, at) => (
            {change, round: groups.length + circle.length - 1 - at, parks: at === 0, is_blocked: false})));
        return [...inGroups, ...inCircles].sort((one, other) => one.round - other.round).
            concat(blocked.map((change) => ({change, round: 0, parks: false, is_blocked: true})));
    }
}
