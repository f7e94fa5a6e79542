import type {Fault} from '../../errors';
import {NOT_AWAY} from '../../lifecycle/leaver';
import {usernameWithTail} from '../../mapping/username';
import {lookupKeysOfLinked} from '../../match/lookup_keys';
import type {KeyField} from '../../plan/moves';
import type {Awaitable, Ports} from '../../ports';
import type {AccountPatch, ChangeOutcome, ConfirmedAccount, Link, WriteResult} from '../../types';

import {ahead} from '../context/ahead';
import {NOT_MISSING, presentAmong} from './absence';
import {Deactivator} from './deactivate';
import type {Recorder, Task, TaskKind, TaskOf} from './tasks';

/** A batch of tasks of one kind whose accounts are being written, or are about to be. */
export interface Batch {
    kind: TaskKind;
    tasks: Task[];

    /** The first try of new accounts, in the order of those that have a username; null when the server was not asked. */
    created: Awaitable<{results: WriteResult[]}> | null;
}

/** Writes the accounts of one batch after the other, and saves what came of each. */
export class Applier {

    /** Set when the server accepts no more accounts: asking again for each user would only repeat the answer. */
    limit: Fault | null = null;

    private readonly deactivator: Deactivator;

    /** Why accounts could not be linked to their users; nothing else of these users is written to them. */
    private readonly unlinked = new Map<string, Fault>();
    private links: Link[] = [];

    /** New accounts that need no comparison in the next run. */
    private created: Array<{object_id: string; updated_at: number | undefined}> = [];

    /**
     * Where the username follows, a new account with a variant of its name is compared again: the plain name may become free. With
     * `comparesNew`, the next run compares all new accounts.
     */
    constructor(private readonly ports: Ports, private readonly isUsernameFollowed: boolean, private readonly comparesNew = false) {
        this.deactivator = new Deactivator(ports);
    }

    /** Starts a batch of tasks of one kind. Only new accounts are begun in the background: nothing else takes the server as long. */
    begin(kind: TaskKind, tasks: Task[]): Batch {
        const accounts = kind === 'create' ? withUsername(tasks as TaskOf<'create'>[]).map(({account}) => account) : [];
        const isAsked = accounts.length > 0 && !this.limit;
        return {kind, tasks, created: isAsked ? ahead(() => this.ports.accounts.create({accounts})) : null};
    }

    /** Ends a batch: its links and its outcomes in the history are saved. The outcomes are in the order of its tasks. */
    async finish(batch: Batch): Promise<ChangeOutcome[]> {
        const outcomes = new Map<number, ChangeOutcome>();
        const record: Recorder = (task, {account_id, error}, username = '') => {
            outcomes.set(task.seq, {seq: task.seq, status: error ? 'failed' : 'done', account_id: error ? '' : account_id, username, error});
        };
        await this.write(batch, record);
        if (this.links.length > 0) {
            await this.ports.links.save({links: this.links});
            this.links = [];
        }
        await this.confirm();
        const ordered = batch.tasks.map(({seq}) => outcomes.get(seq)!);
        await this.ports.changes.finish({outcomes: ordered});
        return ordered;
    }

    private async confirm(): Promise<void> {
        const accounts = this.created.filter((account): account is ConfirmedAccount => account.updated_at !== undefined);
        this.created = [];
        if (accounts.length > 0 && !this.comparesNew) {
            await this.ports.links.confirm({accounts});
        }
    }

    private write({kind, tasks, created}: Batch, record: Recorder): Promise<void> {
        switch (kind) {
        case 'create':
            return this.create(tasks as TaskOf<'create'>[], created, record);
        case 'update':
            return this.update(tasks as TaskOf<'update'>[], record);
        case 'deactivate':
            return this.deactivate(tasks as TaskOf<'deactivate'>[], record);
        case 'empty':
            return this.empty(tasks as TaskOf<'empty'>[], record);
        case 'reactivate':
            return this.reactivate(tasks as TaskOf<'reactivate'>[], record);
        default:
            return this.move(kind, tasks as TaskOf<KeyField>[], record);
        }
    }

    /** A name that was taken after planning is replaced once. A task without a name had none left to choose from. */
    private async create(creates: TaskOf<'create'>[], created: Batch['created'], recordTask: Recorder): Promise<void> {
        const record: Recorder = (task, result, username) => {
            recordTask(task, result, username);
            if (!result.error) {
                const {account: {object_id}, wanted_username, scope_values} = task as TaskOf<'create'>;
                this.links.push({object_id, account_id: result.account_id, scope_values});
                if (!this.isUsernameFollowed || username === wanted_username) {
                    this.created.push({object_id, updated_at: result.updated_at});
                }
            }
        };
        const named = withUsername(creates);
        creates.filter(({account}) => account.username === '').forEach((task) => record(task, {account_id: '', error: {code: 'username_taken'}}));
        const results = created ? this.noteLimit((await created).results) : this.refused(named);
        const again: TaskOf<'create'>[] = [];
        named.forEach((task, at) => {
            const result = results[at]!;
            if (result.error?.code === 'username_taken') {
                again.push(task);
            } else {
                record(task, result, task.account.username);
            }
        });
        const renamed = await this.rename(again);
        const secondResults = await this.tryCreate(renamed);
        renamed.forEach((task, at) => record(task, secondResults[at]!, task.account.username));
    }

    private async rename(creates: TaskOf<'create'>[]): Promise<TaskOf<'create'>[]> {
        if (creates.length === 0) {
            return [];
        }
        const {numbers} = await this.ports.random.fractions({count: creates.length});
        return creates.map((task, at) => {
            const username = usernameWithTail(task.wanted_username, numbers[at]!);
            return {...task, account: {...task.account, username}};
        });
    }

    /** The results are in the order of `creates`. */
    private tryCreate(creates: TaskOf<'create'>[]): Promise<WriteResult[]> {
        return this.withinLimit(creates, () => this.ports.accounts.create({accounts: creates.map(({account}) => account)}));
    }

    /** Asks for accounts that count toward the server's user limit, new and reactivated ones alike, until the limit is reached. */
    private async withinLimit(tasks: Task[], ask: () => Awaitable<{results: WriteResult[]}>): Promise<WriteResult[]> {
        return tasks.length === 0 || this.limit ? this.refused(tasks) : this.noteLimit((await ask()).results);
    }

    private refused(tasks: readonly Task[]): WriteResult[] {
        const error = this.limit;
        return tasks.map(() => ({account_id: '', error}));
    }

    private noteLimit(results: WriteResult[]): WriteResult[] {
        this.limit ??= results.find(({error}) => error !== null && isLimit(error))?.error ?? null;
        return results;
    }

    /** An account that is linked is looked at again even if none of its fields differ. */
    private async update(updates: TaskOf<'update'>[], record: Recorder): Promise<void> {
        const owners = await presentAmong(updates.map(({relinked_from}) => relinked_from).filter((id) => id !== ''), this.ports);
        const [kept, free] = [true, false].map((isKept) => updates.filter(({relinked_from}) => owners.has(relinked_from) === isKept));
        kept!.forEach((task) => this.noteLinked(task, {account_id: '', error: NOT_MISSING}, record));
        const results = await this.activate(free!, await this.patch(free!, ({is_adoption}) => is_adoption));
        free!.forEach((task, at) => this.noteLinked(task, results[at]!, record));
    }

    private noteLinked(task: TaskOf<'update'>, result: WriteResult, record: Recorder): void {
        record(task, result);
        if (!result.error && task.is_adoption) {
            this.links.push(linkOf(task));
        } else if (result.error && task.is_adoption) {
            this.unlinked.set(task.account_id, result.error);
        }
    }

    /** Activates the accounts that move and were deactivated, after their sessions and passwords are gone and before they are linked. */
    private async activate(updates: TaskOf<'update'>[], patched: WriteResult[]): Promise<WriteResult[]> {
        const inactive = updates.filter(({activates}, at) => activates && !patched[at]!.error);
        const accounts = inactive.map(({account_id, planned}) => ({account_id, planned}));
        const results = await this.withinLimit(inactive, () => this.ports.accounts.set_active({accounts, active: true}));
        return updates.map((task, at) => results[inactive.indexOf(task)] ?? patched[at]!);
    }

    /** An account that no link knows is linked first: the link remembers that the sync deactivated it. */
    private async deactivate(tasks: TaskOf<'deactivate'>[], record: Recorder): Promise<void> {
        const adopting = tasks.filter(({adopts}) => adopts !== undefined);
        const results = await this.patch(adopting.map(({account_id, planned, adopts}): AccountPatch => ({account_id, planned, fields: {}, takes_over: adopts!.takes_over})), () => true);
        const failed = new Set(adopting.filter((_, at) => results[at]!.error));
        adopting.forEach((task, at) => failed.has(task) && record(task, results[at]!));
        const links = adopting.filter((task) => !failed.has(task)).map(({object_id, account_id}) => ({object_id, account_id, scope_values: ''}));
        if (links.length > 0) {
            await this.ports.links.save({links});
        }
        await this.deactivator.deactivate(tasks.filter((task) => !failed.has(task)), record);
    }

    private async empty(all: TaskOf<'empty'>[], record: Recorder): Promise<void> {
        const tasks = this.linkedOf(all, record);
        const results = await this.patch(tasks);
        tasks.forEach((task, at) => record(task, results[at]!));
    }

    /** A returned user is saved as active first: the other fields are written after that, because a write can fail. */
    private async reactivate(tasks: TaskOf<'reactivate'>[], record: Recorder): Promise<void> {
        const accounts = tasks.map(({account_id, planned}) => ({account_id, planned}));
        const results = await this.withinLimit(tasks, () => this.ports.accounts.set_active({accounts, active: true}));
        const active = tasks.filter((_, at) => !results[at]!.error);
        tasks.forEach((task, at) => results[at]!.error && record(task, results[at]!));
        if (active.length === 0) {
            return;
        }
        await this.ports.links.set_departures({departures: active.map(({object_id}) => ({object_id, ...NOT_AWAY}))});
        const patched = await this.patch(active);
        active.forEach((task, at) => record(task, patched[at]!));
    }

    /** Gives new addresses or usernames. For a task without a username there was none left to choose from. */
    private async move(field: KeyField, all: TaskOf<KeyField>[], record: Recorder): Promise<void> {
        const tasks = this.linkedOf(all, record);
        const moves = await this.withoutActive(tasks.filter(({to}) => to !== ''), record);
        tasks.filter(({to}) => to === '').forEach((task) => record(task, {account_id: '', error: {code: 'username_taken'}}));
        await this.patch(moves.flatMap(({parking}) => parking ?? []));
        const results = await this.patch(moves.map(({account_id, planned, to}) => ({account_id, planned, fields: {[field]: to}})));
        moves.forEach((task, at) => record(task, results[at]!, field === 'username' && !results[at]!.error ? task.to : ''));
    }

    /** An account that is active again keeps its address. */
    private async withoutActive<T extends TaskOf<KeyField>>(tasks: T[], record: Recorder): Promise<T[]> {
        const object_ids = tasks.filter(({is_release}) => is_release).map(({object_id}) => object_id);
        if (object_ids.length === 0) {
            return tasks;
        }
        const {accounts} = await this.ports.accounts.find(lookupKeysOfLinked(object_ids));
        const inactive = new Set(accounts.filter(({delete_at}) => delete_at !== 0).map(({id}) => id));
        const isKept = ({is_release, account_id}: T) => is_release && !inactive.has(account_id);
        tasks.filter(isKept).forEach((task) => record(task, {account_id: '', error: {code: 'change_outdated'}}));
        return tasks.filter((task) => !isKept(task));
    }

    /** Leaves out the accounts that this run could not link to their users, for the same reason. */
    private linkedOf<T extends TaskOf<KeyField | 'empty'>>(tasks: T[], record: Recorder): T[] {
        tasks.forEach((task) => {
            const error = this.unlinked.get(task.account_id);
            if (error) {
                record(task, {account_id: '', error});
            }
        });
        return tasks.filter(({account_id}) => !this.unlinked.has(account_id));
    }

    /** Writes the patches that are not empty, or that `isWanted`; the results are in the order of `patches`. */
    private async patch<T extends AccountPatch>(patches: T[], isWanted: (patch: T) => boolean = () => false): Promise<WriteResult[]> {
        const isSent = (patch: T) => isFilled(patch) || isWanted(patch);
        const accounts = patches.filter(isSent).map(({account_id, fields, attributes = [], planned, takes_over}): AccountPatch => (
            {account_id, fields, attributes, planned, ...(takes_over && {takes_over})}));
        const written = accounts.length === 0 ? [] : (await this.ports.accounts.update({accounts})).results;
        let next = 0;
        return patches.map((patch) => ({account_id: patch.account_id, error: isSent(patch) ? written[next++]!.error : null}));
    }
}

function withUsername(creates: TaskOf<'create'>[]): TaskOf<'create'>[] {
    return creates.filter(({account}) => account.username !== '');
}

function isFilled({fields, attributes = []}: AccountPatch): boolean {
    return Object.keys(fields).length > 0 || attributes.length > 0;
}

function linkOf({object_id, account_id, scope_values, relinked_from}: TaskOf<'update'>): Link {
    return {object_id, account_id, scope_values, ...(relinked_from !== '' && {moved_from: relinked_from})};
}

function isLimit({code}: Fault): boolean {
    return code === 'user_limit' || code === 'team_member_limit';
}
