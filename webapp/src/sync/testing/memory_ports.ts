import {SyncError, type Fault} from '../errors';
import {isObjectId} from '../object_id';
import type {Ports} from '../ports';
import type {
    Account, AccountPatch, ActivatedAccount, ActivationResult, AttributeField, AttributeValue, Change, UserDeparture, DirectoryUser, Link, NewAccount,
    Progress, Retry, RunMode, ServerRules, StoredAttribute, WriteResult,
} from '../types';

import {MemoryDelta} from './memory_delta';
import {MemoryEarlier} from './memory_earlier';
import {accountOf, activeLinks, copy, faultOf, faultOfKeys, finish, isBlank, isOpen, isWanted, selected} from './memory_rows';
import {MemoryGroups, MemoryGroupTrees} from './memory_groups';
import {MemoryFingerprints} from './memory_fingerprints';
import {membershipChanges, MemoryMemberships} from './memory_memberships';
import {MemoryTold} from './memory_told';
import {openServer} from './open_server';

/**
 * The outside in memory: a directory in pages, Mattermost's accounts with the server's own checks, links and history.
 * A test sets the fields, runs, and looks at the fields again.
 */
export class MemoryPorts implements Ports {
    users: DirectoryUser[] = [];

    /** The direct members of each group, users and groups, by their object ids; a group that is not here does not exist. */
    groups: Record<string, string[]> = {};
    stored: Account[] = [];
    history: Change[] = [];

    /** The history of an earlier run. An approval takes its held changes, or for a preview the planned ones. */
    held: Change[] = [];
    heldBy: RunMode = 'apply';

    /** The tenant that is read, and the tenants that have links. */
    readonly tenant = {id: '11111111-0000-4000-8000-000000000000', linked: [] as Array<{tenant_id: string; links: number}>};

    /** What the clock says, in ms. */
    now = 0;
    reports: Progress[] = [];

    /** The user attributes that the server has, and what accounts have there. */
    attributeFields: AttributeField[] = [];
    attributeValues: StoredAttribute[] = [];

    /** Names of groups and the like, which no account may have. */
    takenNames = new Set<string>();
    pageSize = 2;

    /** How many active accounts the server may have. */
    maxAccounts = Infinity;

    /** Accounts whose sessions ended and whose passwords were replaced, in order. */
    takenOver: string[] = [];

    /** Whose changes have failed. */
    remembered: Retry[] = [];

    /** What the server says about itself. */
    rules: ServerRules = openServer();

    /** Email domains that the server refuses without saying so before. */
    refusedDomains: string[] = [];

    /** Called before each port with its name; throws what the port is to throw. */
    intercept: (port: string) => void = () => undefined;

    /** Every call, in order. */
    calls: string[] = [];

    /** What is kept from run to run. */
    kept = new Map<string, string>();
    readonly delta = new MemoryDelta();
    readonly told = new MemoryTold();
    private readonly fingerprints = new MemoryFingerprints();
    readonly earlier = new MemoryEarlier();

    readonly groupsOfDirectory = new MemoryGroups({
        groups: () => this.groups, users: () => this.users, size: () => this.pageSize, enter: (port) => this.enter(port)});
    readonly group_trees = new MemoryGroupTrees((port) => this.enter(port), (value) => this.kept.set('groups', value));

    readonly directory: Ports['directory'] = {
        read_page: ({cursor, select, policy_digest}) => {
            this.enter('directory.read_page');
            const start = Number(cursor || 0);
            const end = start + this.pageSize;
            const page = this.users.slice(start, end).map((user) => selected(user, select));
            return {...this.fingerprints.compare(page, policy_digest && policy_digest + JSON.stringify(this.groups), this.stored), next: end < this.users.length ? String(end) : ''};
        },
        find: ({user, select}) => {
            this.enter('directory.find');
            return {users: this.users.filter(({id, mail, userPrincipalName}) => [id, mail, userPrincipalName].includes(user)).map((each) => selected(each, select))};
        },
        get: ({ids, select}) => {
            this.enter('directory.get');
            if (!ids.every(isObjectId)) {
                throw new SyncError({code: 'request_invalid'});
            }
            return {users: ids.flatMap((wanted) => this.users.filter(({id}) => id === wanted)).map((each) => selected(each, select))};
        },
        read_delta: (query) => {
            this.enter('directory.read_delta');
            return copy(this.delta.read(query, this.users));
        },
        ...this.groupsOfDirectory.reads,
        probe: () => ({detail: 'memory'}),
        tenant: () => ({id: this.tenant.id, ids: []}),
    };

    readonly accounts: Ports['accounts'] = {
        find: (keys) => {
            this.enter('accounts.find');
            return {accounts: copy(this.stored.filter((stored) => isWanted(stored, keys)))};
        },
        taken_usernames: ({names}) => {
            this.enter('accounts.taken_usernames');
            return {taken: names.filter((name) => this.isTaken(name))};
        },
        room: () => {
            this.enter('accounts.room');
            return {limit: Number.isFinite(this.maxAccounts) ? this.maxAccounts : null, active: this.active};
        },
        server_rules: () => {
            this.enter('accounts.server_rules');
            return copy(this.rules);
        },
        create: ({accounts}) => {
            this.enter('accounts.create');
            return {results: accounts.map((account) => this.createOne(account))};
        },
        update: ({accounts}) => {
            this.enter('accounts.update');
            return {results: accounts.map((patch) => this.updateOne(patch))};
        },
        set_active: ({accounts, active}) => {
            this.enter('accounts.set_active');
            return {results: accounts.map((account) => this.setActive(account, active))};
        },
        attribute_fields: () => {
            this.enter('accounts.attribute_fields');
            return {fields: copy(this.attributeFields)};
        },
        attribute_values: ({account_ids, field_ids}) => {
            this.enter('accounts.attribute_values');
            return {values: this.attributeValues.filter((value) => account_ids.includes(value.account_id) && field_ids.includes(value.field_id))};
        },
    };

    readonly links: Ports['links'] = {
        save: ({links}) => {
            this.enter('links.save');
            links.forEach((link) => this.link(link));
        },
        confirm: ({accounts}) => {
            this.enter('links.confirm');
            this.fingerprints.confirm(accounts);
        },
        list_active: ({after, limit}) => {
            this.enter('links.list_active');
            return activeLinks(this.stored, after, limit);
        },
        tenants: () => ({written: this.tenant.id, move_to: '', tenants: this.tenant.linked}),
        use_tenant: () => undefined,
        set_departures: ({departures}) => {
            this.enter('links.set_departures');
            departures.forEach((departure) => this.setDeparture(departure));
        },
        set_scope_values: ({users}) => {
            this.enter('links.set_scope_values');
            users.forEach(({object_id, scope_values}) => this.stored.filter(({linked_object_id}) => linked_object_id === object_id).
                forEach((account) => Object.assign(account, {scope_values})));
        },
    };

    readonly memberships = new MemoryMemberships(() => this.stored);

    readonly retries: Ports['retries'] = {
        list: () => {
            this.enter('retries.list');
            return {retries: copy(this.remembered)};
        },
        save: ({retries, forget}) => {
            this.enter('retries.save');
            const replaced = new Set([...forget, ...retries.map(({object_id}) => object_id)]);
            this.remembered = [...this.remembered.filter(({object_id}) => !replaced.has(object_id)), ...copy(retries)];
        },
    };

    readonly changes: Ports['changes'] = {
        record: ({changes, tell_once}) => {
            this.enter('changes.record');
            const {known, others} = this.told.split(changes, tell_once);
            this.history.push(...copy(others));
            return {known};
        },
        record_memberships: ({lines}) => {
            this.enter('changes.record_memberships');
            this.history.push(...lines.flatMap((line) => membershipChanges(line, this.stored)));
        },
        forget_told: () => {
            this.enter('changes.forget_told');
            this.told.forget();
        },
        finish: ({outcomes}) => {
            this.enter('changes.finish');
            outcomes.forEach((outcome) => finish(this.history, outcome));
        },
        list_held: ({after, limit}) => {
            this.enter('changes.list_held');
            return {changes: copy(this.held.filter((change) => change.seq > after && isOpen(change, this.heldBy)).slice(0, limit))};
        },
        ...this.earlier.ports((port) => this.enter(port)),
        finish_held: ({outcomes}) => {
            this.enter('changes.finish_held');
            outcomes.forEach((outcome) => finish(this.held, outcome));
        },
    };

    readonly state: Ports['state'] = {
        read: ({key}) => {
            this.enter('state.read');
            return {value: this.kept.get(key) ?? ''};
        },
        write: ({key, value}) => {
            this.enter('state.write');
            this.kept.set(key, value);
        },
    };

    readonly progress: Ports['progress'] = {
        report: (progress) => {
            this.enter('progress.report');
            this.reports.push(copy(progress));
        },
    };

    readonly clock: Ports['clock'] = {now: () => ({ms: this.now})};

    /** The same numbers in every test, evenly spread. */
    readonly random: Ports['random'] = {
        fractions: ({count}) => {
            this.enter('random.fractions');
            return {numbers: Array.from({length: count}, () => (++this.drawn * 0.6180339887498949) % 1)};
        },
    };

    readonly log: Ports['log'] = {write: () => undefined};

    private drawn = 0;

    /** Calls that change something outside the plugin's own history. */
    get writes(): string[] {
        return this.calls.filter((port) => ['accounts.create', 'accounts.update', 'accounts.set_active', 'links.save', 'links.set_departures'].includes(port));
    }

    private get active(): number {
        return this.stored.filter(({delete_at, is_bot}) => delete_at === 0 && !is_bot).length;
    }

    private enter(port: string): void {
        this.calls.push(port);
        this.intercept(port);
    }

    private isTaken(name: string): boolean {
        return this.takenNames.has(name) || this.stored.some(({username}) => username === name);
    }

    private createOne(wanted: NewAccount): WriteResult {
        const fault = this.faultOfNew(wanted);
        if (fault) {
            return {account_id: '', updated_at: 0, error: fault};
        }
        const id = `account${this.stored.length + 1}`;
        this.stored.push(accountOf(id, wanted));
        this.writeAttributes(id, wanted.attributes);
        return {account_id: id, updated_at: 0, error: null};
    }

    private faultOfNew({username, email}: {username: string; email: string}): Fault | null {
        if (this.active >= this.maxAccounts) {
            return {code: 'user_limit'};
        }
        if (this.refusedDomains.some((domain) => email.endsWith(`@${domain}`))) {
            return {code: 'email_domain_refused'};
        }
        if (this.stored.some((account) => account.email === email)) {
            return {code: 'email_taken'};
        }
        return this.isTaken(username) ? {code: 'username_taken'} : null;
    }

    private updateOne({account_id, fields, attributes = [], planned, takes_over}: AccountPatch): WriteResult {
        const account = this.stored.find(({id}) => id === account_id);
        const fault = faultOf(account, planned);
        if (!account || fault) {
            return {account_id: '', updated_at: 0, error: fault};
        }
        if (takes_over) {
            this.takenOver.push(account_id);
        }
        const taken = faultOfKeys(account, fields, this.stored, this.takenNames);
        if (taken) {
            return {account_id: '', error: taken};
        }
        Object.assign(account, fields, {updated_at: account.updated_at + 1});
        this.writeAttributes(account_id, attributes);
        return {account_id, updated_at: account.updated_at, error: null};
    }

    private writeAttributes(account_id: string, values: AttributeValue[]): void {
        for (const {field_id, value} of values) {
            this.attributeValues = this.attributeValues.filter((old) => old.account_id !== account_id || old.field_id !== field_id);
            this.attributeValues.push({account_id, field_id, value});
        }
    }

    private link({object_id, account_id, scope_values, moved_from = ''}: Link): void {
        const account = this.stored.find(({id}) => id === account_id);
        if (!account) {
            throw new SyncError({code: 'account_not_found'});
        }
        if (!['', object_id, moved_from].includes(account.linked_object_id)) {
            throw new SyncError({code: 'database_failed'});
        }
        if (account.linked_object_id !== object_id) {
            account.departure = null;
            account.scope_values = scope_values;
        }
        account.linked_object_id = object_id;
    }

    private setActive({account_id, planned}: ActivatedAccount, active: boolean): ActivationResult {
        const account = this.stored.find(({id}) => id === account_id);
        const fault = faultOf(account, planned);
        if (!account || fault) {
            return {account_id: '', updated_at: 0, delete_at: 0, error: fault};
        }
        if (active && account.delete_at !== 0 && this.active >= this.maxAccounts) {
            return {account_id: '', delete_at: account.delete_at, error: {code: 'user_limit'}};
        }
        if ((account.delete_at === 0) !== active) {
            account.delete_at = active ? 0 : this.now + 1;
            account.updated_at++;
        }
        return {account_id, updated_at: account.updated_at, delete_at: account.delete_at, error: null};
    }

    private setDeparture({object_id, ...departure}: UserDeparture): void {
        const account = this.stored.find(({linked_object_id}) => linked_object_id === object_id);
        if (account) {
            account.departure = isBlank(departure) ? null : departure;
        }
    }
}
