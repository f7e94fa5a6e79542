import type {Person} from '../mapping/person';
import {usernameCandidates, usernameOf} from '../mapping/username';
import {updateRules} from '../mapping/when';
import {indexAccounts} from '../match/account_index';
import {keysOf} from '../match/keys';
import {matchRules} from '../match/rules';
import {decide, fieldsOfNew, type Decision, type DecisionRules} from '../plan/decide';
import {Usernames} from '../plan/usernames';
import type {Policy} from '../policy/policy';
import type {Ports} from '../ports';
import type {Account, Change, Counts, NewAccount, RunMode, SignIn} from '../types';

import {ahead} from './ahead';
import type {People} from './people';
import type {RunProgress} from './progress';
import {Tasks, type Task} from './tasks';

/** People whose accounts are looked up at once. */
const CHUNK_SIZE = 500;

const COUNT_OF_ACTION = {create: 'created', update: 'updated', skip: 'skipped', conflict: 'conflicts'} as const;

/** Plans and records what to do about everybody in `people`; returns what there is to apply. */
export async function planPeople(people: People, policy: Policy, mode: RunMode, ports: Ports, progress: RunProgress): Promise<Tasks> {
    const planner = new Planner(people, policy, mode, ports, progress.counts);
    let next = planner.lookUp(people.slice(0, CHUNK_SIZE));
    for (let done = 0; done < people.in_scope;) {
        const {persons, found} = next;
        const {accounts} = await found;
        done += persons.length;
        next = planner.lookUp(people.slice(done, CHUNK_SIZE));
        await planner.plan(persons, accounts);
        await progress.report('plan', done, people.in_scope);
    }
    await planner.leaveOut(people.outsiders);
    return planner.tasks;
}

interface Chunk {
    persons: Person[];
    found: Promise<{accounts: Account[]}>;
}

class Planner {
    readonly tasks = new Tasks();
    private readonly usernames = new Usernames();

    /** Whom this plan gives accounts that they were not linked to: object ids by account id. */
    private readonly adopted = new Map<string, string>();
    private readonly signIn: Policy['accounts']['sign_in'];
    private readonly rules: DecisionRules;
    private seq = 0;

    constructor(people: People, policy: Policy, private readonly mode: RunMode, private readonly ports: Ports, private readonly counts: Counts) {
        this.signIn = policy.accounts.sign_in;
        this.rules = {
            ...matchRules(policy.accounts, people.claims, (object_id) => people.isKnown(object_id)),
            duplicate_object_ids: people.duplicate_object_ids,
            is_ambiguous: people.is_ambiguous,
            updates: updateRules(policy.mapping),
        };
    }

    /** Begins to look for the accounts of a chunk. */
    lookUp(persons: Person[]): Chunk {
        const keys = keysOf(persons, this.rules);
        return {persons, found: ahead(() => (persons.length === 0 ? {accounts: []} : this.ports.accounts.find(keys)))};
    }

    /** Two people who would adopt one account: the first may, whoever comes after is in conflict. */
    private claim(person: Person, decision: Decision): Decision {
        if (decision.action !== 'update' || decision.reason === 'attributes_changed') {
            return decision;
        }
        const {account} = decision;
        const other_object_id = this.adopted.get(account.id);
        if (other_object_id !== undefined) {
            return {action: 'conflict', reason: 'account_linked_to_other', account, params: {other_object_id}};
        }
        this.adopted.set(account.id, person.object_id);
        return decision;
    }

    async plan(persons: Person[], accounts: Account[]): Promise<void> {
        const index = indexAccounts(accounts, this.rules.auth_service);
        const decisions = persons.map((person) => this.claim(person, decide(person, index, this.rules)));
        const usernames = await this.chooseUsernames(persons.filter((_, at) => decisions[at]!.action === 'create'));
        const changes: Change[] = [];
        let created = 0;
        persons.forEach((person, at) => {
            const decision = decisions[at]!;
            if (decision.action === 'unchanged') {
                this.counts.unchanged++;
                return;
            }
            const username = decision.action === 'create' ? usernames[created++]! : decision.account?.username ?? '';
            changes.push(this.planOne(person, decision, username));
        });
        if (changes.length > 0) {
            await this.ports.changes.record({changes});
        }
    }

    /** Tells that `persons` are out of scope. What happens to their accounts is not decided here. */
    async leaveOut(persons: Person[]): Promise<void> {
        if (persons.length === 0) {
            return;
        }
        const {accounts} = await this.ports.accounts.find(keysOf(persons, this.rules));
        const {by_link} = indexAccounts(accounts, this.rules.auth_service);
        const changes = persons.map((person) => {
            const account = by_link.get(person.object_id) ?? null;
            return this.planOne(person, {action: 'skip', reason: 'out_of_scope', account}, account?.username ?? '');
        });
        await this.ports.changes.record({changes});
    }

    /** A name for each new account, '' where none was found. Few are taken, so only for those other names are made and looked up. */
    private async chooseUsernames(persons: Person[]): Promise<string[]> {
        const wanted = persons.map(wantedUsername);
        const taken = await this.takenAmong(wanted);
        const chosen = wanted.map((name) => this.usernames.give([name], taken));
        const without = wanted.filter((_, at) => chosen[at] === '');
        const others = await this.chooseOthers(without);
        let next = 0;
        return chosen.map((name) => (name === '' ? others[next++]! : name));
    }

    /** Names in place of `taken`, in that order. */
    private async chooseOthers(taken: string[]): Promise<string[]> {
        if (taken.length === 0) {
            return [];
        }
        const {numbers} = await this.ports.random.fractions({count: taken.length});
        const candidates = taken.map((name, at) => usernameCandidates(name, [numbers[at]!]));
        const takenToo = await this.takenAmong(candidates.flat());
        return candidates.map((names) => this.usernames.give(names, takenToo));
    }

    private async takenAmong(names: string[]): Promise<Set<string>> {
        if (names.length === 0) {
            return new Set();
        }
        const {taken} = await this.ports.accounts.taken_usernames({names: [...new Set(names)]});
        return new Set(taken);
    }

    private planOne(person: Person, decision: Exclude<Decision, {action: 'unchanged'}>, username: string): Change {
        const seq = ++this.seq;
        if (this.mode === 'apply' && (decision.action === 'create' || decision.action === 'update')) {
            this.tasks.push(decision.action === 'create' ? this.createTask(seq, person, username) : updateTask(seq, person, decision));
        } else {
            this.counts[COUNT_OF_ACTION[decision.action]]++;
        }
        return changeOf(seq, person, decision, username);
    }

    private createTask(seq: number, person: Person, username: string): Task {
        const account: NewAccount = {
            object_id: person.object_id,
            username,
            email: person.email,
            nickname: person.nickname ?? '',
            first_name: person.first_name ?? '',
            last_name: person.last_name ?? '',
            position: person.position ?? '',
            locale: person.locale,
            sign_in: this.signInOf(person),
        };
        return {kind: 'create', seq, account, wanted_username: wantedUsername(person)};
    }

    private signInOf(person: Person): SignIn {
        return this.signIn.method === 'single_sign_on' ? {...this.signIn, auth_data: person.object_id} : this.signIn;
    }
}

type Update = Extract<Decision, {action: 'update'}>;

/** The name that the person gets unless somebody has it. */
function wantedUsername({username_letters, email}: Person): string {
    return usernameOf(username_letters ?? email);
}

function updateTask(seq: number, person: Person, decision: Update): Task {
    return {
        kind: 'update',
        seq,
        object_id: person.object_id,
        username: decision.account.username,
        patch: {account_id: decision.account.id, fields: Object.fromEntries(decision.fields.map(({field, to}) => [field, to]))},
        is_adoption: decision.reason !== 'attributes_changed',
        relinked_from: decision.reason === 'relinked' ? decision.account.linked_object_id : '',
    };
}

function changeOf(seq: number, person: Person, decision: Exclude<Decision, {action: 'unchanged'}>, username: string): Change {
    const account = decision.action === 'create' ? null : decision.account;
    return {
        seq,
        object_id: person.object_id,
        account_id: account?.id ?? '',
        email: person.email,
        username,
        display_name: person.display_name,
        action: decision.action,
        status: 'planned',
        reason: decision.reason,
        reason_params: decision.action === 'create' ? null : decision.params ?? null,
        fields: decision.action === 'update' ? decision.fields : decision.action === 'create' ? fieldsOfNew(person, username) : [],
        error: null,
    };
}
