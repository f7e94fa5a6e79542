import type {HoldKind} from '../../lists';
import type {KeyField} from '../../plan/moves';
import type {AccountPatch, AttributeValue, Departure, NewAccount, PlannedAccount, RunMode, WriteResult} from '../../types';

/** The existing account that a task writes, and its username in the history. */
interface OfAccount {
    seq: number;
    object_id: string;
    account_id: string;
    username: string;
    planned: PlannedAccount;
}

/** Whether a task is part of a circle, and whether other tasks of the circle follow. */
export type CirclePart = 'none' | 'continues' | 'ends';

/**
 * `parking` first gives another value to the account that has this one, while two users swap theirs; see plan/moves.ts. Each task of
 * such a circle but the last `continues`: while others follow, an account has a value that is not meant for it.
 */
interface MoveTask<Field extends KeyField> extends OfAccount {
    kind: Field;
    to: string;
    round: number;

    /** The account that has the value before, or ''. */
    waits_for: string;

    /** The account must be deactivated: another user gets its address. */
    is_release: boolean;
    parking: AccountPatch | null;
    circle: CirclePart;
}

/** What a planned change asks of the server. */
export type Task =

    // `needs_check` says that the user is only missing: before the deactivation the directory is asked once more. `adopts` that the
    // account is linked first.
    | (OfAccount & {kind: 'deactivate'; departure: Departure; needs_check: boolean; adopts?: {takes_over: boolean}})
    | MoveTask<'email'>
    | MoveTask<'username'>
    | MoveTask<'auth_data'>
    | (OfAccount & {kind: 'reactivate'; fields: AccountPatch['fields']; attributes: AttributeValue[]})

    // The fields and attributes that are emptied.
    | (OfAccount & {kind: 'empty'; fields: AccountPatch['fields']; attributes: AttributeValue[]})

    // `relinked_from` is the object id that loses the account to the adopting one, or ''. `activates` says that the account was
    // deactivated when its user left. `scope_values` are for the new link.
    | (OfAccount & {
        kind: 'update'; fields: AccountPatch['fields']; attributes: AttributeValue[]; is_adoption: boolean; relinked_from: string; takes_over: boolean; activates: boolean;
        scope_values: string;
    })

    // `wanted_username` is what `account.username` would be if no other account had it; `waits_for` is the account that first loses
    // its address, or ''.
    | {kind: 'create'; seq: number; account: NewAccount; wanted_username: string; waits_for: string; scope_values: string};

export type TaskKind = Task['kind'];

/** Tasks after which an account counts toward the server's user limit; those that are left out first come first. Of the updates, only some. */
export const seatedKinds = ['create', 'reactivate', 'update'] as const satisfies readonly TaskKind[];
export type SeatedKind = typeof seatedKinds[number];
export type TaskOf<K extends TaskKind> = Extract<Task, {kind: K}>;

/** A line that is held whatever the number of such lines, and what kind of task it would be. */
export interface HeldLine {
    seq: number;
    kind: TaskKind;
    approval_kinds: readonly HoldKind[];
}

/** Notes how one task ended. */
export type Recorder = (task: Task, result: WriteResult, username?: string) => void;

export function objectIdOf(task: Task): string {
    return task.kind === 'create' ? task.account.object_id : task.object_id;
}

/**
 * The order in which they are applied: leavers free seats on a full server, an account is linked before its user's address is written to
 * it, and an address must be free before another account can have it.
 */
export const taskKinds = ['deactivate', 'update', 'empty', 'email', 'username', 'auth_data', 'reactivate', 'create'] as const satisfies readonly TaskKind[];

/** Changes of linked accounts, and new accounts, that can need what another account has. */
const DEPENDENT = ['empty', 'email', 'username', 'auth_data', 'create'] as const satisfies readonly TaskKind[];

/** The tasks of a run, kept as text: a first import may have 100,000 of them (see mapping/packed.ts). A preview only counts them. */
export class Tasks {
    private readonly packed: Record<TaskKind, string[]> = {deactivate: [], email: [], username: [], auth_data: [], reactivate: [], update: [], empty: [], create: []};
    private readonly counts: Record<TaskKind, number> = {deactivate: 0, email: 0, username: 0, auth_data: 0, reactivate: 0, update: 0, empty: 0, create: 0};

    /** The lines that are held whatever their number; they are not counted as tasks. */
    readonly held_lines: HeldLine[] = [];

    /** The lines of the tasks that need a seat on the server, also in a preview. */
    private readonly seated: Record<SeatedKind, number[]> = {create: [], reactivate: [], update: []};

    constructor(private readonly mode: RunMode) {}

    hold(line: HeldLine): void {
        this.held_lines.push(line);
    }

    get total(): number {
        return taskKinds.reduce((sum, kind) => sum + this.counts[kind], 0);
    }

    count(kind: TaskKind): number {
        return this.counts[kind];
    }

    /** How many tasks of a kind need a seat on the server. */
    seats(kind: SeatedKind): number {
        return this.seated[kind].length;
    }

    /** Adds the task of the line `seq`. `activates` says that an update makes a deactivated account active. */
    push<K extends TaskKind>(kind: K, seq: number, make: () => TaskOf<K>, activates = false): void {
        this.counts[kind]++;
        if (isSeated(kind) && (kind !== 'update' || activates)) {
            this.seated[kind].push(seq);
        }
        if (this.mode === 'apply') {
            this.packed[kind].push(JSON.stringify(make()));
        }
    }

    slice<K extends TaskKind>(kind: K, start: number, count: number): TaskOf<K>[] {
        return this.packed[kind].slice(start, start + count).map((text) => JSON.parse(text) as TaskOf<K>);
    }

    /** The accounts of the tasks of a kind, none in a preview. */
    accountsOf(kind: Exclude<TaskKind, 'create'>): string[] {
        return this.packed[kind].map((text) => (JSON.parse(text) as TaskOf<typeof kind>).account_id);
    }

    /** Removes what gives these accounts other values, and what needs a value that they keep; returns the `seq`s, none in a preview. */
    removeDependent(account_ids: Iterable<string>): number[] {
        const staying = new Set(account_ids);
        if (staying.size === 0) {
            return [];
        }
        const isStuck = (task: Task) => {
            const isIt = ('account_id' in task && staying.has(task.account_id)) || ('waits_for' in task && staying.has(task.waits_for));
            if (isIt && 'account_id' in task) {
                staying.add(task.account_id);
            }
            return isIt;
        };

        // Accounts that swap values wait for each other, so one pass may not find all.
        const removed: number[] = [];
        for (let found = [0]; found.length > 0;) {
            found = DEPENDENT.flatMap((kind) => this.removeWhere(kind, isStuck));
            removed.push(...found);
        }
        return removed;
    }

    private removeWhere(kind: TaskKind, isRemoved: (task: Task) => boolean): number[] {
        const removed: number[] = [];
        this.packed[kind] = this.packed[kind].filter((text) => {
            const task = JSON.parse(text) as Task;
            const isOut = isRemoved(task);
            if (isOut) {
                removed.push(task.seq);
            }
            return !isOut;
        });
        this.counts[kind] -= removed.length;
        if (isSeated(kind)) {
            this.seated[kind] = this.seated[kind].filter((seq) => !removed.includes(seq));
        }
        return removed;
    }

    /** Removes the last `count` tasks of a kind that need a seat, with what else they would do for an account; returns the `seq`s. */
    withdraw(kind: SeatedKind, count: number): number[] {
        const seqs = this.seated[kind].splice(this.seated[kind].length - count);
        this.counts[kind] -= count;
        if (kind !== 'update' || count === 0) {
            this.packed[kind].length = Math.min(this.packed[kind].length, this.counts[kind]);
            return seqs;
        }
        const withdrawn = new Set(seqs);
        const accounts: string[] = [];
        this.packed.update = this.packed.update.filter((text) => {
            const {seq, account_id} = JSON.parse(text) as TaskOf<'update'>;
            if (withdrawn.has(seq)) {
                accounts.push(account_id);
            }
            return !withdrawn.has(seq);
        });
        return [...seqs, ...this.removeDependent(accounts)];
    }

    /** Removes all tasks of a kind and returns their `seq`s, none in a preview. */
    remove(kind: TaskKind): number[] {
        const seqs = this.packed[kind].map((text) => (JSON.parse(text) as Task).seq);
        this.packed[kind] = [];
        this.counts[kind] = 0;
        if (isSeated(kind)) {
            this.seated[kind] = [];
        }
        return seqs;
    }
}

function isSeated(kind: TaskKind): kind is SeatedKind {
    return (seatedKinds as readonly TaskKind[]).includes(kind);
}
