import type {Person} from '../../mapping/person';
import {orderEmailChanges, type EmailChange} from '../../plan/addresses';
import type {Account} from '../../types';

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

    /** The account that has the address is in a circle with this one, and must give it up for the time being. */
    parks_holder: boolean;

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
        const inGroups = groups.flatMap((group, round) => group.map((change) => ({change, round, parks_holder: false, is_blocked: false})));

        // In a circle each waits for the next, so they go from the last, for which the first gives up its address, to the first.
        const inCircles = circles.flatMap((circle) => circle.map((change, at) => (
            {change, round: groups.length + circle.length - 1 - at, parks_holder: at === circle.length - 1, is_blocked: false})));
        return [...inGroups, ...inCircles].sort((one, other) => one.round - other.round).
            concat(blocked.map((change) => ({change, round: 0, parks_holder: false, is_blocked: true})));
    }
}
