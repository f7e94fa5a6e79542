import {paramsOfApproval} from '../../approval/line_hold';
import {ownApproval} from '../../approval/own_approval';
import type {Person} from '../../mapping/person';
import {holderOfAuthData, type AccountIndex} from '../../match/account_index';
import type {AddressChange} from '../../plan/decision';
import {orderMoves, parkingValue, waitingFor, type KeyField} from '../../plan/moves';
import {isVariantOf} from '../../plan/usernames';
import type {Account, Change} from '../../types';

import type {CirclePart} from '../applying/tasks';
import {ofAccount, plannedAs, type LineDecision} from './draft';
import type {PlanParts} from './plan_parts';
import type {Successor} from './releases';
import {asConflict, asShared, rowOfAddress, rowOfPerson, rowOfRelease} from './rows';
import {findHolders, resolveNames, type NameMove} from './username_moves';
import type {UsernameChooser} from './usernames';

/** An account that gets another email address or username, and its line in the history. */
interface PlannedMove extends NameMove {
    object_id: string;
    account: Account;
    row: Change;

    /** The account that has the value now; for usernames it is looked up later. */
    holder: Account | null;

    /** The line of an account that keeps the variant of its name, if nothing else about it changes. */
    row_of_staying: Change | null;
}

/** A move with its place in the order of all of them. */
interface OrderedMove {
    move: PlannedMove;

    /** Moves of one round do not wait for each other. */
    round: number;

    /** The move of the account that has the value, if the two are in a circle: it gets another value for a moment. */
    parks: PlannedMove | null;
    circle: CirclePart;
}

/** Plans new usernames, email addresses, and sign-in data. They can move between accounts, so they are planned last, all at once. */
export class AddressPlanner {
    private readonly emails: PlannedMove[] = [];
    private readonly usernames: PlannedMove[] = [];
    private readonly auth_data: PlannedMove[] = [];

    constructor(private readonly parts: PlanParts, private readonly chooser: UsernameChooser) {}

    /** Notes a new email address, username, or sign-in data. `is_only` says that nothing else about the account changes. */
    note(person: Person, account: Account, change: AddressChange, index: AccountIndex, is_only: boolean): void {
        const {draft, people, releases} = this.parts;
        const rule = people.decidingEntryOf(person.object_id);
        const row = rowOfAddress(person, account, change, rule);
        if (change.is_refused) {
            draft.proposeFor(...refused(row, account));
            return;
        }
        if (draft.tellIfWaiting(row)) {
            return;
        }
        const {field, to, shared_with} = change;
        const holder = field === 'username' ? null : (field === 'email' ? index.by_email.get(to) ?? releases.holderOf(to) : holderOfAuthData(to, index)) ?? null;
        if (shared_with !== undefined) {
            const line = holder ? asConflict(row, holder) : asShared(row, shared_with);
            draft.proposeFor(line, {action: 'conflict', reason: line.reason, account});
            return;
        }
        const holder_id = holder && holder.id !== account.id ? holder.id : '';
        const move = {object_id: person.object_id, account_id: account.id, account, row, from: account[field], wanted: to, to, holder, holder_id};

        // An address whose holder may not change is not free, whatever the directory says, so only approved changes are noted.
        if (field !== 'username' && draft.mayPropose(row)) {
            (field === 'email' ? this.emails : this.auth_data).push({...move, row_of_staying: null});
        }
        if (field === 'username') {
            const mayStay = is_only && isVariantOf(to, account.username);
            const row_of_staying = mayStay ? rowOfPerson(person, {action: 'skip', reason: 'up_to_date', account}, account.username, rule) : null;
            this.usernames.push({...move, row_of_staying});
        }
    }

    /** The users whose new address another user's account has and keeps. */
    successors(): Successor[] {
        const movers = new Set(this.emails.map(({account_id}) => account_id));
        return this.emails.flatMap(({object_id, holder}) => (holder && holder.linked_object_id !== '' && !movers.has(holder.id) ? [{object_id, holder}] : []));
    }

    /** Notes that the account loses its address to the user `object_id`. Returns false when it needs an approval and has none, or the server refuses. */
    release(account: Account, object_id: string): boolean {
        const {criteria, draft} = this.parts;
        const to = parkingValue('email', {account_id: account.id, to: account.email});
        const row = rowOfRelease(account, to, object_id, ownApproval(account, criteria.leavers.protected));
        const isFree = !criteria.refusals.refusesEmail(account, to) && draft.mayPropose(row);
        if (isFree) {
            const move = {object_id: account.linked_object_id, account_id: account.id, account, row, from: account.email, wanted: to, to};
            this.emails.push({...move, holder: null, holder_id: '', row_of_staying: null});
        }
        return isFree && !draft.holds(row);
    }

    /** Plans what was noted. Call it when all users are decided. */
    async plan(): Promise<void> {
        const {context: {ports}, draft} = this.parts;
        this.planKey('email', this.emails);
        this.planKey('auth_data', this.auth_data);
        await draft.flush();
        await findHolders(this.usernames, this.chooser, ports);
        await this.planUsernames();
        await draft.flush();
    }

    /**
     * An account whose change is held keeps its value. What waits for that value is held with it: two accounts that swap theirs can
     * only be approved together.
     */
    private planKey(field: 'email' | 'auth_data', wanted: readonly PlannedMove[]): void {
        const {draft} = this.parts;
        const held = wanted.filter(({row}) => draft.holds(row));
        const waiting = waitingFor(held, orderMoves(wanted));
        waiting.forEach((move) => {
            const row = draft.holds(move.row) ? move.row : {...move.row, reason_params: {...move.row.reason_params, ...paramsOfApproval({kinds: ['waits_for_held']})}};
            this.propose(field, unordered({...move, row}));
        });
        this.planMoves(field, wanted.filter((move) => !waiting.has(move)));
    }

    /** An account whose change is held keeps its name, and the others get names beside it. */
    private async planUsernames(): Promise<void> {
        const {draft} = this.parts;
        const held = new Set(this.usernames.filter(({row}) => draft.holds(row)).map(({account_id}) => account_id));
        const free = this.usernames.filter(({account_id}) => !held.has(account_id));
        const all = held.size > 0 ? await resolveNames([...free, ...this.usernames.filter(({account_id}) => held.has(account_id))], this.chooser) : null;
        all?.moves.filter(({account_id}) => held.has(account_id)).forEach((move) => this.propose('username', unordered(move)));
        all?.staying.filter(({account_id}) => held.has(account_id)).forEach((move) => this.planStaying(move));
        await this.planNames(free);
    }

    /** Without an approval that covers its change an account keeps its name, so the names are chosen again until all are covered. */
    private async planNames(wanted: readonly PlannedMove[]): Promise<void> {
        const {draft} = this.parts;
        for (let wishes = wanted;;) {
            const {moves, staying, unnamed} = await resolveNames(wishes, this.chooser);
            const uncovered = new Set(moves.filter((move) => !draft.mayPropose(rowOf(move))).map(({account_id}) => account_id));
            if (uncovered.size === 0) {
                this.planMoves('username', moves);
                staying.forEach((move) => this.planStaying(move));
                unnamed.forEach((move) => this.propose('username', unordered({...move, to: ''})));
                return;
            }
            wishes = wishes.filter(({account_id}) => !uncovered.has(account_id));
        }
    }

    private planMoves(field: KeyField, moves: readonly PlannedMove[]): void {
        const {draft, context: {progress}} = this.parts;
        const {groups, circles, blocked} = orderMoves(moves);
        inOrder(groups, circles).forEach((ordered) => this.propose(field, ordered));
        blocked.forEach(({row, holder, to}) => {
            const other = holder ?? moves.find((move) => move.to === to)!.account;
            if (draft.propose(asConflict(row, other))) {
                progress.counts.conflicts++;
            }
        });
    }

    private propose(field: KeyField, {move, round, parks, circle}: OrderedMove): void {
        const {draft} = this.parts;
        const {object_id, account, to, holder_id} = move;
        const line = draft.propose(rowOf(move));
        if (line) {
            const parking = parks ? {account_id: parks.account_id, fields: {[field]: parkingValue(field, parks)}, planned: plannedAs(parks.account)} : null;
            const is_release = line.reason === 'address_released';
            draft.addTask(line, field, () => (
                {kind: field, seq: line.seq, ...ofAccount(object_id, account), to, round, waits_for: holder_id, is_release, parking, circle}));
        }
    }

    /** Only a run for one user says in the history that there is nothing to do. */
    private planStaying({row_of_staying}: PlannedMove): void {
        const {context: {progress}, draft, people} = this.parts;
        if (row_of_staying) {
            progress.counts.unchanged++;
            if (people.is_single) {
                draft.tell(row_of_staying);
            }
        }
    }
}

/** The account keeps an address that the server refuses to replace. All its other changes are made. */
function refused(row: Change, account: Account): [Change, LineDecision] {
    const skip = {action: 'skip', reason: 'email_domain_refused'} as const;
    return [{...row, ...skip}, {...skip, account}];
}

function rowOf({row, to}: PlannedMove): Change {
    return {...row, fields: row.fields.map((field) => ({...field, to}))};
}

/** A move that is held, or that has nothing to wait for. */
function unordered(move: PlannedMove): OrderedMove {
    return {move, round: 0, parks: null, circle: 'none'};
}

/** In a circle each move waits for the next, so they go from the last, for which the first account is parked, to the first. */
function inOrder(groups: readonly PlannedMove[][], circles: readonly PlannedMove[][]): OrderedMove[] {
    const inGroups = groups.flatMap((group, round) => group.map((move) => ({...unordered(move), round})));
    const inCircles = circles.flatMap((circle) => circle.map((move, at): OrderedMove => (
        {move, round: groups.length + circle.length - 1 - at, parks: at === circle.length - 1 ? circle[0]! : null, circle: at > 0 ? 'continues' : 'ends'})));
    return [...inGroups, ...inCircles].sort((one, other) => one.round - other.round);
}
