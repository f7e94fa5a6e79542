import type {Person} from '../../mapping/person';
import type {AccountIndex} from '../../match/account_index';
import {orderEmailChanges, parkingAddress, type EmailChange} from '../../plan/addresses';
import type {AddressChange} from '../../plan/decide';
import type {Account} from '../../types';

import {ofAccount} from './draft';
import type {PlanParts} from './plan_parts';
import {rowOfAddress} from './rows';

/** An account that gets another email address, and the account that has this address now. */
interface PlannedEmail extends EmailChange {
    person: Person;
    account: Account;
    holder: Account | null;
}

/** An email change with its place in the order of all of them. */
interface OrderedEmail {
    change: PlannedEmail;

    /** Changes of one round do not wait for each other. */
    round: number;

    /** The account that has the address is in a circle with this one, and must get another address for the time being. */
    parks_holder: boolean;

    /** The address stays with another account. */
    is_blocked: boolean;
}

/** Plans changes of usernames and email addresses. Addresses can move between accounts, so email changes are planned last, all at once. */
export class AddressPlanner {
    private readonly emails: PlannedEmail[] = [];

    constructor(private readonly parts: PlanParts) {}

    /** Plans a change of username, to `name`, or notes a change of email address. */
    plan(person: Person, account: Account, change: AddressChange, index: AccountIndex, name: string): void {
        if (change.field === 'email') {
            this.noteEmail(person, account, change, index);
            return;
        }
        const {draft, people} = this.parts;
        const row = rowOfAddress(person, account, {field: 'username', to: name}, null, people.decidingEntryOf(person.object_id));
        const line = draft.propose(row);
        if (line) {
            draft.addTask(line, 'username', () => ({kind: 'username', seq: line.seq, ...ofAccount(person.object_id, account), to: name}));
        }
    }

    /** Plans the email changes, which may depend on each other. Call it when all users are decided. */
    async planEmails(): Promise<void> {
        const {draft} = this.parts;
        ordered(this.emails).forEach((email) => this.planEmail(email));
        await draft.flush();
    }

    /** An address whose holder may not change is not free, whatever the directory says, so only approved changes are noted. */
    private noteEmail(person: Person, account: Account, change: AddressChange, index: AccountIndex): void {
        const {draft, people} = this.parts;
        if (draft.mayPropose(rowOfAddress(person, account, change, null, people.decidingEntryOf(person.object_id)))) {
            const holder = index.by_email.get(change.to) ?? null;
            this.emails.push({person, account, account_id: account.id, to: change.to, holder_id: holder && holder.id !== account.id ? holder.id : '', holder});
        }
    }

    private planEmail({change, round, parks_holder, is_blocked}: OrderedEmail): void {
        const {context: {progress}, draft, people} = this.parts;
        const {person, account, to, holder, holder_id} = change;
        const row = rowOfAddress(person, account, {field: 'email', to}, is_blocked ? holder : null, people.decidingEntryOf(person.object_id));
        const line = draft.propose(row);
        if (!line) {
            return;
        }
        if (is_blocked) {
            progress.counts.conflicts++;
            return;
        }
        const parking = parks_holder ? {account_id: holder_id, fields: {email: parkingAddress(holder_id, to)}} : null;
        draft.addTask(line, 'email', () => ({kind: 'email', seq: line.seq, ...ofAccount(person.object_id, account), to, round, parking}));
    }
}

function ordered(changes: readonly PlannedEmail[]): OrderedEmail[] {
    const {groups, circles, blocked} = orderEmailChanges(changes);
    const inGroups = groups.flatMap((group, round) => group.map((change) => ({change, round, parks_holder: false, is_blocked: false})));

    // In a circle each change waits for the next, so they go from the last, for which the first account is parked, to the first.
    const inCircles = circles.flatMap((circle) => circle.map((change, at) => (
        {change, round: groups.length + circle.length - 1 - at, parks_holder: at === circle.length - 1, is_blocked: false})));
    return [...inGroups, ...inCircles].sort((one, other) => one.round - other.round).
        concat(blocked.map((change) => ({change, round: 0, parks_holder: false, is_blocked: true})));
}
