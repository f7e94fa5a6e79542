import {SyncError, type Fault} from '../errors';
import type {Ports} from '../ports';
import type {
    Account, AccountKeys, AccountPatch, AttributeField, AttributeValue, Change, ChangeOutcome, DirectoryUser, Link, NewAccount, Progress, StoredAttribute, WriteResult,
} from '../types';

/**
 * The outside in memory: a directory in pages, Mattermost's accounts with the server's own checks, links and history.
 * A test sets the fields, runs, and looks at the fields again.
 */
export class MemoryPorts implements Ports {
    users: DirectoryUser[] = [];
    stored: Account[] = [];
    history: Change[] = [];
    reports: Progress[] = [];

    /** The user attributes that the server has, and what accounts have there. */
    attributeFields: AttributeField[] = [];
    attributeValues: StoredAttribute[] = [];

    /** Names of groups and the like, which no account may have. */
    takenNames = new Set<string>();
    pageSize = 2;

    /** How many accounts the server may have. */
    maxAccounts = Infinity;

    /** Called before each port with its name; throws what the port shall throw. */
    intercept: (port: string) => void = () => undefined;

    /** Every call, in order. */
    calls: string[] = [];

    readonly directory: Ports['directory'] = {
        read_page: ({cursor, select}) => {
            this.enter('directory.read_page');
            const start = Number(cursor || 0);
            const end = start + this.pageSize;
            return {users: this.users.slice(start, end).map((user) => selected(user, select)), next: end < this.users.length ? String(end) : ''};
        },
        find: ({user, select}) => {
            this.enter('directory.find');
            const found = this.users.filter(({id, mail, userPrincipalName}) => [id, mail, userPrincipalName].includes(user));
            return {users: found.map((each) => selected(each, select))};
        },
        probe: () => ({detail: 'memory'}),
    };

    readonly accounts: Ports['accounts'] = {
        find: (keys) => {
            this.enter('accounts.find');
            return {accounts: copy(this.stored.filter((account) => isWanted(account, keys)))};
        },
        taken_usernames: ({names}) => {
            this.enter('accounts.taken_usernames');
            return {taken: names.filter((name) => this.isTaken(name))};
        },
        create: ({accounts}) => {
            this.enter('accounts.create');
            return {results: accounts.map((account) => this.createOne(account))};
        },
        update: ({accounts}) => {
            this.enter('accounts.update');
            return {results: accounts.map((patch) => this.updateOne(patch))};
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
    };

    readonly changes: Ports['changes'] = {
        record: ({changes}) => {
            this.enter('changes.record');
            this.history.push(...copy(changes));
        },
        finish: ({outcomes}) => {
            this.enter('changes.finish');
            outcomes.forEach((outcome) => this.finish(outcome));
        },
    };

    readonly progress: Ports['progress'] = {
        report: (progress) => {
            this.enter('progress.report');
            this.reports.push(copy(progress));
        },
    };

    readonly clock: Ports['clock'] = {now: () => ({ms: 0})};

    /** The same numbers in every test, evenly spread. */
    readonly random: Ports['random'] = {
        fractions: ({count}) => {
            this.enter('random.fractions');
            return {numbers: Array.from({length: count}, () => (++this.drawn * 0.6180339887498949) % 1)};
        },
    };

    readonly log: Ports['log'] = {write: () => undefined};

    private drawn = 0;
    private writeTime = 0;

    /** Calls that change something outside the plugin's own history. */
    get writes(): string[] {
        return this.calls.filter((port) => ['accounts.create', 'accounts.update', 'links.save'].includes(port));
    }

    private enter(port: string): void {
        this.calls.push(port);
        this.intercept(port);
    }

    private isTaken(name: string): boolean {
        return this.takenNames.has(name) || this.stored.some(({username}) => username === name);
    }

    private createOne({username, email, nickname, first_name, last_name, position, locale, timezone, attributes, sign_in}: NewAccount): WriteResult {
        const fault = this.faultOfNew({username, email});
        if (fault) {
            return {account_id: '', updated_at: 0, error: fault};
        }
        const id = `account${this.stored.length + 1}`;
        this.stored.push({
            id,
            username,
            email,
            nickname,
            first_name,
            last_name,
            position,
            locale: locale || 'en',
            timezone,
            auth_service: sign_in.method === 'single_sign_on' ? sign_in.service : '',
            auth_data: sign_in.method === 'single_sign_on' ? sign_in.auth_data : '',
            delete_at: 0,
            is_bot: false,
            is_last_admin: false,
            linked_object_id: '',
        });
        this.writeAttributes(id, attributes);
        return {account_id: id, updated_at: ++this.writeTime, error: null};
    }

    private faultOfNew({username, email}: {username: string; email: string}): Fault | null {
        if (this.stored.length >= this.maxAccounts) {
            return {code: 'user_limit'};
        }
        if (this.stored.some((account) => account.email === email)) {
            return {code: 'email_taken'};
        }
        return this.isTaken(username) ? {code: 'username_taken'} : null;
    }

    private updateOne({account_id, fields, attributes = []}: AccountPatch): WriteResult {
        const account = this.stored.find(({id}) => id === account_id);
        if (!account) {
            return {account_id: '', updated_at: 0, error: {code: 'account_not_found'}};
        }
        Object.assign(account, fields);
        this.writeAttributes(account_id, attributes);
        return {account_id, updated_at: ++this.writeTime, error: null};
    }

    private writeAttributes(account_id: string, values: AttributeValue[]): void {
        for (const {field_id, value} of values) {
            this.attributeValues = this.attributeValues.filter((old) => old.account_id !== account_id || old.field_id !== field_id);
            this.attributeValues.push({account_id, field_id, value});
        }
    }

    private link({object_id, account_id}: Link): void {
        const account = this.stored.find(({id}) => id === account_id);
        if (!account) {
            throw new SyncError({code: 'account_not_found'});
        }
        account.linked_object_id = object_id;
    }

    private finish({seq, ...outcome}: ChangeOutcome): void {
        Object.assign(this.history.find((change) => change.seq === seq)!, outcome);
    }
}

function isWanted(account: Account, keys: AccountKeys): boolean {
    return keys.object_ids.includes(account.linked_object_id) || keys.emails.includes(account.email) ||
        (account.auth_service === keys.auth_service && keys.auth_data.includes(account.auth_data));
}

/** Graph sends what was asked for and nothing else. What is no object is for tests of a directory that answers nonsense. */
function selected(user: DirectoryUser, select: readonly string[]): DirectoryUser {
    return typeof user === 'object' && user !== null ?
        copy(Object.fromEntries(Object.entries(user).filter(([name]) => select.includes(name))) as DirectoryUser) : user;
}

/** What crosses the border of the engine is JSON. */
function copy<T>(value: T): T {
    return JSON.parse(JSON.stringify(value)) as T;
}
