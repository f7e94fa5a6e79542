import type {AccountPatch, NewAccount} from '../types';

/** What a planned change asks of the server. */
export type Task =

    // `wanted_username` is what `account.username` would be, had nobody had it.
    | {kind: 'create'; seq: number; account: NewAccount; wanted_username: string}

    // `relinked_from` is the object id that loses the account, or ''.
    | {kind: 'update'; seq: number; object_id: string; username: string; patch: AccountPatch; is_adoption: boolean; relinked_from: string};

/** The tasks of a run in their order, kept as text: a first import may have 100,000 of them (see mapping/packed.ts). */
export class Tasks {
    private readonly packed: string[] = [];

    get length(): number {
        return this.packed.length;
    }

    push(task: Task): void {
        this.packed.push(JSON.stringify(task));
    }

    slice(start: number, count: number): Task[] {
        return this.packed.slice(start, start + count).map((text) => JSON.parse(text) as Task);
    }
}
