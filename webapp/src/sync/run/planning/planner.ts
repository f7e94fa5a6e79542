import {decideLeaver, NOT_AWAY, protectedKeys, type Cause} from '../../lifecycle/leaver';
import {authDataOf, type Person} from '../../mapping/person';
import {addressRules, updateRules} from '../../mapping/when';
import {indexAccounts, type AccountIndex} from '../../match/account_index';
import {keysOf} from '../../match/keys';
import {matchRules} from '../../match/rules';
import {parkingAddress} from '../../plan/addresses';
import {decide, decisionOfLeaver, isAdoption, wantedUsername, type AddressChange, type Decision, type DecisionRules} from '../../plan/decide';
import type {Policy} from '../../policy/policy';
import type {Ports} from '../../ports';
import {NOBODY_WAITS, putOff, type Waiting} from '../../retry/waiting';
import {groupsOfScope} from '../../scope/groups';
import type {Account, Counts, DepartureMark, NewAccount, RunMode, SignIn} from '../../types';

import {ahead} from '../reading/ahead';
import type {Approval} from './approval';
import {Draft, ofAccount, type Planned} from './draft';
import {Emails} from './emails';
import {Ownership} from './ownership';
import type {People} from '../reading/people';
import type {Profiles} from './profiles';
import {rowOfAddress, rowOfLeaver, rowOfPerson} from './rows';
import type {Tasks} from '../applying/tasks';
import {UsernameChooser} from './usernames';

/** People whose accounts are being looked for. */
export interface Chunk {
    persons: Person[];
    found: Promise<{accounts: Account[]}>;
}

/** Somebody who is linked and has left. */
export interface Leaver {
    object_id: string;
    cause: Cause;
}

/** Decides about people chunk by chunk, records what it decides and collects what there is to apply. */
export class Planner {
    /** What to remember of who has left and who is back. */
    readonly marks: DepartureMark[] = [];

    /** Whose changes are put off because they have failed. */
    waiting: Waiting = NOBODY_WAITS;

    private readonly draft: Draft;
    private readonly ownership = new Ownership();
    private readonly usernames: UsernameChooser;
    private readonly emails = new Emails();
    private readonly signIn: Policy['accounts']['sign_in'];
    readonly rules: DecisionRules;

    constructor(
        private readonly people: People, policy: Policy, private readonly profile: Profiles, private readonly mode: RunMode, now: number,
        private readonly ports: Ports, private readonly counts: Counts, private readonly approval?: Approval,
    ) {
        this.draft = new Draft(mode, ports, counts, approval);
        this.usernames = new UsernameChooser(ports);
        this.signIn = policy.accounts.sign_in;
        const matching = matchRules(policy.accounts, people.claims, (object_id) => people.isKnown(object_id));
        const {lifecycle, mapping} = policy;
        this.rules = {
            ...matching,
            duplicate_object_ids: people.duplicate_object_ids,
            is_ambiguous: people.is_ambiguous,
            same: people.same,
            updates: lifecycle.update ? updateRules(mapping) : [],
            addresses: lifecycle.update ? addressRules(mapping) : {email: false, username: false},
            leavers: {
                lifecycle, now, protected: protectedKeys(lifecycle), auth_service: matching.auth_service,
                has_groups: groupsOfScope(policy.scope).length > 0,
                counts_absence: people.is_complete || approval?.isPlan === true,
                asks_admin: approval?.isPlan === false,
            },
        };
    }

    get tasks(): Tasks {
        return this.draft.tasks;
    }

    /** The run will be held whole, so whoever has left need not wait: an administrator decides. What is approved is not held again. */
    askAdmin(): void {
        if (!this.approval) {
            this.rules.leavers.asks_admin = true;
        }
    }

    /** Begins to look for the accounts of a chunk. */
    lookUp(persons: Person[]): Chunk {
        const keys = keysOf(persons, this.rules);
        return {persons, found: ahead(() => (persons.length === 0 ? {accounts: []} : this.ports.accounts.find(keys)))};
    }

    /** Decides about people in scope. */
    async plan(persons: Person[], accounts: Account[]): Promise<void> {
        const index = indexAccounts(accounts, this.rules.auth_service);
        await this.profile.read(accounts);
        const decisions = persons.map((person) => this.decide(person, index));
        const names = await this.chooseUsernames(persons, decisions);
        const hasDepartures = accounts.some(({departure}) => departure !== null);
        persons.forEach((person, at) => {
            const decision = decisions[at]!;
            if ('departure' in decision) {
                this.mark(person.object_id, decision);
            } else if (hasDepartures) {
                this.welcome(index.by_link.get(person.object_id));
            }
            this.planOne(person, decision, index, names);
        });
        if (this.mode === 'apply' && this.people.is_complete) {
            await this.confirm(persons.filter((_, at) => decisions[at]!.action === 'unchanged'), index);
        }
        await this.draft.flush();
    }

    /** Decides about linked people who are not in scope, or not in the directory. `accounts` are theirs. */
    async planLeavers(leavers: Leaver[], accounts: Account[]): Promise<void> {
        const {by_link} = indexAccounts(accounts, this.rules.auth_service);
        leavers.forEach(({object_id, cause}) => {
            const account = by_link.get(object_id);
            const decision = account && this.ownership.spare(decisionOfLeaver(decideLeaver(cause, account, this.rules.leavers), account));
            if (decision) {
                this.mark(object_id, decision);
                this.draft.proposeFor(rowOfLeaver(object_id, account, decision, cause === 'out_of_scope' ? this.people.ruleOf(object_id) : undefined), decision);
            }
        });
        await this.draft.flush();
    }

    /** Tells that `persons`, who were asked for, are out of scope. Those who have an account are leavers. */
    async leaveOut(persons: Person[]): Promise<void> {
        if (persons.length === 0) {
            return;
        }
        const {accounts} = await this.ports.accounts.find(keysOf(persons, this.rules));
        const {by_link} = indexAccounts(accounts, this.rules.auth_service);
        const [leavers, others] = [true, false].map((isActive) => persons.filter(({object_id}) => (by_link.get(object_id)?.delete_at === 0) === isActive));
        await this.planLeavers(leavers!.map(({object_id}) => ({object_id, cause: 'out_of_scope'})), accounts);
        others!.forEach((person) => {
            const account = by_link.get(person.object_id) ?? null;
            const decision: Planned = {action: 'skip', reason: 'out_of_scope', account};
            this.draft.proposeFor(rowOfPerson(person, decision, account?.username ?? '', this.people.ruleOf(person.object_id)), decision);
        });
        await this.draft.flush();
    }

    /** Plans the e-mail changes, which may depend on each other, once everybody is known. */
    async planEmails(): Promise<void> {
        for (const {change, round, parks_holder, is_blocked} of this.emails.ordered()) {
            const {person, account, to, holder, holder_id} = change;
            const row = rowOfAddress(person, account, {field: 'email', to}, is_blocked ? holder : null, this.people.ruleOf(person.object_id));
            this.draft.propose(row, ({seq}) => {
                if (is_blocked) {
                    this.counts.conflicts++;
                    return;
                }
                const parking = parks_holder ? {account_id: holder_id, fields: {email: parkingAddress(holder_id, to)}} : null;
                this.tasks.push('email', () => ({kind: 'email', seq, ...ofAccount(person.object_id, account), to, round, parking}));
            });
        }
        await this.draft.flush();
    }

    /** Says of approved changes that have not come up again that they no longer hold. */
    rejectRest(): Promise<void> {
        return this.draft.rejectRest();
    }

    /** Remembers whose account is right, so that the next run need not look at it while nothing changes. */
    private async confirm(persons: Person[], index: AccountIndex): Promise<void> {
        const accounts = persons.map((person) => ({person, account: index.by_link.get(person.object_id)!})).
            filter(({person, account}) => person.email === account.email).
            map(({person, account}) => ({object_id: person.object_id, updated_at: account.updated_at}));
        if (accounts.length > 0) {
            await this.ports.links.confirm({accounts});
        }
    }

    private planOne(person: Person, decision: Decision, index: AccountIndex, names: Map<Person, string>): void {
        if (decision.action === 'unchanged') {
            this.planUnchanged(person, index);
            return;
        }
        const rule = this.people.ruleOf(person.object_id);
        if (decision.action === 'create') {
            const username = names.get(person)!;
            const row = rowOfPerson(person, decision, username, rule);
            row.fields.push(...this.profile.ofNew(person).fields);
            this.draft.propose(row, ({seq}) => this.tasks.push('create', () => (
                {kind: 'create', seq, account: this.newAccount(person, username), wanted_username: wantedUsername(person)})));
            return;
        }
        if (!('addresses' in decision)) {
            this.draft.proposeFor(rowOfPerson(person, decision, decision.account?.username ?? '', rule), decision);
            return;
        }
        if (decision.fields.length > 0 || isAdoption(decision.reason)) {
            this.draft.proposeFor(rowOfPerson(person, decision, decision.account.username, rule), decision);
        }
        decision.addresses.forEach((address) => this.planAddress(person, decision.account, address, index, names));
    }

    /** Only whoever asked for one person hears that there is nothing to do. */
    private planUnchanged(person: Person, index: AccountIndex): void {
        this.counts.unchanged++;
        if (this.people.is_single) {
            const account = index.by_link.get(person.object_id)!;
            this.draft.tell(rowOfPerson(person, {action: 'skip', reason: 'up_to_date', account}, account.username, this.people.ruleOf(person.object_id)));
        }
    }

    private planAddress(person: Person, account: Account, {field, to}: AddressChange, index: AccountIndex, names: Map<Person, string>): void {
        const rule = this.people.ruleOf(person.object_id);
        if (field === 'email') {
            // An address that its holder may not give up is not free, however the directory has it.
            if (!this.draft.mayPropose(rowOfAddress(person, account, {field, to}, null, rule))) {
                return;
            }
            const holder = index.by_email.get(to);
            this.emails.add({person, account, account_id: account.id, to, holder_id: holder && holder.id !== account.id ? holder.id : '', holder: holder ?? null});
            return;
        }
        const name = names.get(person)!;
        this.draft.propose(rowOfAddress(person, account, {field, to: name}, null, rule), ({seq}) => (
            this.tasks.push('username', () => ({kind: 'username', seq, ...ofAccount(person.object_id, account), to: name}))));
    }

    /** Who waits has a claim on the account nevertheless: it is nobody else's meanwhile, and not abandoned. */
    private decide(person: Person, index: AccountIndex): Decision {
        const claimed = this.ownership.claim(person.object_id, decide(person, index, this.rules));
        return putOff(this.profile.extend(claimed, person, index), person.object_id, this.waiting);
    }

    /** Forgets that somebody was away who has the account still. */
    private welcome(account: Account | undefined): void {
        if (account?.departure && account.delete_at === 0) {
            this.marks.push({object_id: account.linked_object_id, ...NOT_AWAY});
        }
    }

    /** A deactivation is marked when it is done. */
    private mark(object_id: string, decision: Decision): void {
        if (decision.action !== 'deactivate' && 'departure' in decision && decision.departure) {
            this.marks.push({object_id, ...decision.departure});
        }
    }

    /** Names for new accounts and for those that shall get another. */
    private async chooseUsernames(persons: Person[], decisions: Decision[]): Promise<Map<Person, string>> {
        const wanting = persons.filter((_, at) => needsName(decisions[at]!));
        const names = await this.usernames.choose(wanting.map(wantedUsername));
        return new Map(wanting.map((person, at) => [person, names[at]!]));
    }

    private newAccount(person: Person, username: string): NewAccount {
        return {
            object_id: person.object_id,
            username,
            email: person.email,
            nickname: person.nickname ?? '',
            first_name: person.first_name ?? '',
            last_name: person.last_name ?? '',
            position: person.position ?? '',
            locale: person.locale,
            timezone: person.timezone ?? '',
            attributes: this.profile.ofNew(person).values,
            sign_in: this.signInOf(person),
        };
    }

    private signInOf(person: Person): SignIn {
        return this.signIn.method === 'single_sign_on' ? {...this.signIn, auth_data: authDataOf(person)} : this.signIn;
    }
}

function needsName(decision: Decision): boolean {
    return decision.action === 'create' || ('addresses' in decision && decision.addresses.some(({field}) => field === 'username'));
}
