import {isDoing} from '../../lists';
import {unknownOf, type Person} from '../../mapping/person';
import {indexAccounts, type AccountIndex} from '../../match/account_index';
import {lookupKeys} from '../../match/lookup_keys';
import {decide, isAdoption, wantedUsername} from '../../plan/decide';
import type {Decision} from '../../plan/decision';
import {splitEmptied} from '../../plan/emptied';
import {withNotices} from '../../plan/notices';
import {isAboutUnknown} from '../../plan/unknown';
import type {Awaitable} from '../../ports';
import {postpone, type Postponed} from '../../retry/postponed';
import type {Account} from '../../types';

import {ahead} from '../context/ahead';
import type {AddressPlanner} from './address_planner';
import {newAccount} from './new_account';
import type {PlanParts} from './plan_parts';
import type {Profiles} from './profiles';
import {rowOfPerson} from './rows';
import {MAX_UNKNOWN_LINES} from './unknown';
import type {UsernameChooser} from './usernames';

/** Users whose accounts are looked up at once. */
const CHUNK_SIZE = 500;

/** Users whose accounts are being looked up. */
interface Chunk {
    persons: Person[];
    found: Awaitable<{accounts: Account[]}>;
}

/** A chunk of users with what is known about it. */
interface DecidedChunk {
    persons: Person[];
    decisions: Decision[];
    index: AccountIndex;

    /** The usernames of new accounts, in the order of `persons`; '' for all others. */
    names: string[];
}

/** Decides about the users in scope, chunk by chunk. */
export class PeoplePlanner {
    private unknownLines = 0;

    constructor(
        private readonly parts: PlanParts, private readonly addresses: AddressPlanner, private readonly usernames: UsernameChooser,
        private readonly profiles: Profiles, private readonly postponed: Postponed,
    ) {}

    /** Plans all users in scope. The accounts of the next chunk are looked up meanwhile. */
    async plan(): Promise<void> {
        const {context: {progress}, people} = this.parts;
        progress.counts.unchanged += people.unchanged;
        await progress.report('plan', 0, people.undecided);
        let next = this.lookUp(people.slice(0, CHUNK_SIZE));
        for (let done = 0; done < people.undecided;) {
            const {persons, found} = next;
            const {accounts} = await found;
            done += persons.length;
            next = this.lookUp(people.slice(done, CHUNK_SIZE));
            await this.planChunk(persons, accounts);
            await progress.report('plan', done, people.undecided);
        }
    }

    private lookUp(persons: Person[]): Chunk {
        const {context: {ports}, criteria} = this.parts;
        const keys = lookupKeys(persons, criteria);
        return {persons, found: ahead(() => (persons.length === 0 ? {accounts: []} : ports.accounts.find(keys)))};
    }

    /** Plans the users who waited for the address of another account. */
    async planWaiting(): Promise<void> {
        const {context: {ports}, criteria, releases} = this.parts;
        const waiting = releases.takeWaiting();
        for (let start = 0; start < waiting.length; start += CHUNK_SIZE) {
            const persons = waiting.slice(start, start + CHUNK_SIZE);
            const {accounts} = await ports.accounts.find(lookupKeys(persons, criteria));
            const index = indexAccounts(accounts.filter((account) => !releases.isReleased(account)), criteria.auth_service);
            await this.planDecidable(persons, accounts, index);
        }
    }

    private planChunk(persons: Person[], accounts: Account[]): Promise<void> {
        const {criteria, releases} = this.parts;
        const index = indexAccounts(accounts, criteria.auth_service);
        const indexWithout = (address: string) => indexAccounts(accounts.filter(({email}) => email.toLowerCase() !== address), criteria.auth_service);
        const now = releases.sift(persons, index, (person, released) => decide(person, released === '' ? index : indexWithout(released), criteria));
        return this.planDecidable(now, accounts, index);
    }

    private async planDecidable(persons: Person[], accounts: Account[], index: AccountIndex): Promise<void> {
        const {context, departures, draft, people} = this.parts;
        await this.profiles.read(accounts);
        const decisions = persons.map((person) => this.decide(person, index));
        const chunk = {persons, decisions, index, names: await this.chooseUsernames(persons, decisions)};
        const hasDepartures = accounts.some(({departure}) => departure !== null);
        persons.forEach((person, at) => {
            const decision = decisions[at]!;
            if ('departure' in decision && decision.departure) {
                departures.note(decision);
            } else if (hasDepartures) {
                departures.end(index.by_link.get(person.object_id), !('departure' in decision) && unknownOf(person) === '');
            }
            this.planOne(person, decision, index, chunk.names[at]!);
        });
        if (context.mode === 'apply') {
            await this.rememberScope(chunk);
        }
        if (context.mode === 'apply' && people.is_complete) {
            await this.confirmUnchanged(chunk);
        }
        await draft.flush();
    }

    /** A postponed user keeps the claim on the account: it goes to no other user meanwhile, and is not abandoned. */
    private decide(person: Person, index: AccountIndex): Decision {
        const claimed = this.parts.ownership.claim(person.object_id, decide(person, index, this.parts.criteria));
        if (claimed.action !== 'unchanged' && isDoing(claimed.action)) {
            this.parts.context.retries.want(person.object_id);
        }
        return postpone(withNotices(this.profiles.extend(claimed, person, index), person, index, this.parts.criteria), person.object_id, this.postponed);
    }

    private async chooseUsernames(persons: Person[], decisions: Decision[]): Promise<string[]> {
        const wanted = persons.map((person, at) => (decisions[at]!.action === 'create' ? wantedUsername(person) : ''));
        const chosen = await this.usernames.choose(wanted.filter((name) => name !== ''));
        let next = 0;
        return wanted.map((name) => (name === '' ? '' : chosen[next++]!));
    }

    /** Links remember by which values their users are in scope. New links get them when they are saved. */
    private async rememberScope({persons, index}: DecidedChunk): Promise<void> {
        const users = persons.flatMap((person) => {
            const {object_id, scope_values = ''} = person;
            const account = index.by_link.get(object_id);
            return account && account.scope_values !== scope_values && person.scope_unknown === undefined ? [{object_id, scope_values}] : [];
        });
        if (users.length > 0) {
            await this.parts.context.ports.links.set_scope_values({users});
        }
    }

    /** Remembers which accounts need no change, so that the next run need not compare them while nothing changes. */
    private async confirmUnchanged({persons, decisions, index}: DecidedChunk): Promise<void> {
        const accounts = persons.filter((_, at) => decisions[at]!.action === 'unchanged').
            map((person) => ({person, account: index.by_link.get(person.object_id)!})).
            filter(({person, account}) => person.email === account.email && unknownOf(person) === '').
            map(({person, account}) => ({object_id: person.object_id, updated_at: account.updated_at}));
        if (accounts.length > 0) {
            await this.parts.context.ports.links.confirm({accounts});
        }
    }

    /** `username` is '' when the decision needs none, and when none was found. */
    private planOne(person: Person, decision: Decision, index: AccountIndex, username: string): void {
        if (decision.action === 'unchanged') {
            this.planUnchanged(person, index);
            return;
        }
        if (decision.action === 'create') {
            this.planCreation(person, decision, username);
            return;
        }
        const {context: {progress}, draft, people} = this.parts;
        const rule = people.decidingEntryOf(person.object_id);
        if (isAboutUnknown(decision) && ++this.unknownLines > MAX_UNKNOWN_LINES) {
            progress.counts.skipped++;
            return;
        }
        if (!('addresses' in decision)) {
            draft.proposeFor(rowOfPerson(person, decision, decision.account?.username ?? '', rule), decision);
            return;
        }
        const {rest, emptied} = splitEmptied(decision);
        const hasLine = rest.fields.length > 0 || isAdoption(rest.reason);
        if (hasLine) {
            const isProposed = draft.proposeFor(rowOfPerson(person, rest, rest.account.username, rule), rest, person.scope_values);
            if (!isProposed && rest.action === 'update' && isAdoption(rest.reason)) {
                return; // No account gets the address of a user whose account it is not.
            }
        }
        if (emptied) {
            draft.proposeFor(rowOfPerson(person, emptied, emptied.account.username, rule), emptied);
        }
        const isOnly = !hasLine && !emptied && decision.addresses.length === 1;
        decision.addresses.forEach((change) => this.addresses.note(person, decision.account, change, index, isOnly));
    }

    private planCreation(person: Person, decision: Extract<Decision, {action: 'create'}>, username: string): void {
        const {context: {policy}, draft, people, releases} = this.parts;
        const row = rowOfPerson(person, decision, username, people.decidingEntryOf(person.object_id));
        row.fields.push(...this.profiles.ofNew(person).fields);
        const line = draft.propose(row);
        if (line) {
            draft.arriving.create.set(person.object_id, '');
            draft.addTask(line, 'create', () => ({
                kind: 'create', seq: line.seq, wanted_username: wantedUsername(person), waits_for: releases.holderOf(person.email)?.id ?? '', scope_values: person.scope_values ?? '',
                account: newAccount(person, username, this.profiles.ofNew(person).values, policy.accounts.sign_in),
            }));
        }
    }

    /** Only a run for one user says in the history that there is nothing to do. */
    private planUnchanged(person: Person, index: AccountIndex): void {
        const {context: {progress}, draft, people} = this.parts;
        progress.counts.unchanged++;
        if (people.is_single) {
            const account = index.by_link.get(person.object_id)!;
            draft.tell(rowOfPerson(person, {action: 'skip', reason: 'up_to_date', account}, account.username, people.decidingEntryOf(person.object_id)));
        }
    }
}
