import type {Fault} from '../errors';
import {usernameWithTail} from '../mapping/username';
import type {Ports} from '../ports';
import type {ChangeOutcome, Link, WriteResult} from '../types';

import type {RunProgress} from './progress';
import type {Task, Tasks} from './tasks';

/** Changes that are written, linked and finished together; what a crash may leave unfinished in the history. */
const BATCH_SIZE = 100;

type Create = Extract<Task, {kind: 'create'}>;
type Update = Extract<Task, {kind: 'update'}>;

/** Applies the tasks batch by batch. Returns the fault that ended creation early, or null. */
export async function applyTasks(tasks: Tasks, ports: Ports, progress: RunProgress): Promise<Fault | null> {
    const applier = new Applier(ports);
    for (let done = 0; done < tasks.length;) {
        const batch = tasks.slice(done, BATCH_SIZE);
        const outcomes = await applier.apply(batch);
        for (const [at, task] of batch.entries()) {
            if (outcomes[at]!.status === 'failed') {
                progress.counts.failed++;
            } else {
                progress.counts[task.kind === 'create' ? 'created' : 'updated']++;
            }
        }
        done += batch.length;
        await progress.report('apply', done, tasks.length);
    }
    return applier.limit;
}

class Applier {

    /** The server takes no more accounts: asking again for each person would only repeat the answer. */
    limit: Fault | null = null;

    constructor(private readonly ports: Ports) {}

    /** Outcomes stand in the order of `batch`. */
    async apply(batch: Task[]): Promise<ChangeOutcome[]> {
        const creates = batch.filter((task) => task.kind === 'create');
        const updates = batch.filter((task) => task.kind === 'update');
        const outcomes = new Map<number, ChangeOutcome>();
        const links: Link[] = [];
        const record = (task: Task, username: string, {account_id, error}: WriteResult) => {
            outcomes.set(task.seq, {seq: task.seq, status: error ? 'failed' : 'done', account_id, username, error});
            if (!error && (task.kind === 'create' || task.is_adoption)) {
                links.push(linkOf(task, account_id));
            }
        };
        await this.create(creates, record);
        await this.update(updates, record);
        if (links.length > 0) {
            await this.ports.links.save({links});
        }
        const ordered = batch.map(({seq}) => outcomes.get(seq)!);
        await this.ports.changes.finish({outcomes: ordered});
        return ordered;
    }

    /** A name that somebody took since the plan is replaced once. A task without any name had none left to choose from. */
    private async create(creates: Create[], record: Recorder): Promise<void> {
        const named = creates.filter(({account}) => account.username !== '');
        creates.filter(({account}) => account.username === '').forEach((task) => record(task, '', {account_id: '', error: {code: 'username_taken'}}));
        const results = await this.tryCreate(named);
        const again: Create[] = [];
        named.forEach((task, at) => {
            const result = results[at]!;
            if (result.error?.code === 'username_taken') {
                again.push(task);
            } else {
                record(task, task.account.username, result);
            }
        });
        const renamed = await this.rename(again);
        const secondResults = await this.tryCreate(renamed);
        renamed.forEach((task, at) => record(task, task.account.username, secondResults[at]!));
    }

    private async rename(creates: Create[]): Promise<Create[]> {
        if (creates.length === 0) {
            return [];
        }
        const {numbers} = await this.ports.random.fractions({count: creates.length});
        return creates.map((task, at) => {
            const username = usernameWithTail(task.wanted_username, numbers[at]!);
            return {...task, account: {...task.account, username}};
        });
    }

    /** Results stand in the order of `creates`. */
    private async tryCreate(creates: Create[]): Promise<WriteResult[]> {
        if (creates.length === 0) {
            return [];
        }
        if (this.limit) {
            const error = this.limit;
            return creates.map(() => ({account_id: '', error}));
        }
        const {results} = await this.ports.accounts.create({accounts: creates.map(({account}) => account)});
        this.limit = results.find(({error}) => error !== null && isLimit(error))?.error ?? null;
        return results;
    }

    /** An adopted account that is right already needs no write, only its link. */
    private async update(updates: Update[], record: Recorder): Promise<void> {
        const writes = updates.filter(({patch}) => Object.keys(patch.fields).length > 0);
        const results = writes.length === 0 ? [] : (await this.ports.accounts.update({accounts: writes.map(({patch}) => patch)})).results;
        writes.forEach((task, at) => record(task, task.username, {...results[at]!, account_id: task.patch.account_id}));
        for (const task of updates) {
            if (!writes.includes(task)) {
                record(task, task.username, {account_id: task.patch.account_id, error: null});
            }
        }
    }
}

function linkOf(task: Task, account_id: string): Link {
    if (task.kind === 'create') {
        return {object_id: task.account.object_id, account_id};
    }
    const {object_id, relinked_from} = task;
    return relinked_from === '' ? {object_id, account_id} : {object_id, account_id, moved_from: relinked_from};
}

type Recorder = (task: Task, username: string, result: WriteResult) => void;

function isLimit({code}: Fault): boolean {
    return code === 'user_limit' || code === 'team_member_limit';
}
