import {isAdoption, type Decision} from '../../plan/decide';
import type {Ports} from '../../ports';
import type {Account, Change, Counts, FieldChange, RunMode} from '../../types';

import type {Approval} from './approval';
import {Tasks} from '../applying/tasks';

/** A decision that has a line in the plan. */
export type Planned = Exclude<Decision, {action: 'unchanged'}>;

/** Lines that are written into the history at once. */
const LINES_AT_ONCE = 500;

/** A plan while it is written: its lines on their way into the history, and the tasks and counts that come of them. */
export class Draft {
    readonly tasks: Tasks;
    private seq = 0;
    private changes: Change[] = [];

    /** With an approval only what it covers comes into the plan. */
    constructor(mode: RunMode, private readonly ports: Ports, private readonly counts: Counts, private readonly approval?: Approval) {
        this.tasks = new Tasks(mode);
    }

    /** Whether a line can come into the plan: not one that nobody has approved. */
    mayPropose(row: Change): boolean {
        return !this.approval || this.approval.covers(row);
    }

    /** Puts a line into the plan, unless it is one that nobody has approved. `take` counts it or makes its task. */
    propose(row: Change, take: (row: Change) => void): void {
        row.seq = this.seq + 1;
        const change = this.approval ? this.approval.accept(row) : row;
        if (change) {
            this.seq++;
            this.changes.push(change);
            take(change);
        }
    }

    /** Proposes what a decision about an account asks for. */
    proposeFor(row: Change, decision: Planned): void {
        const {object_id} = row;
        this.propose(row, ({seq, fields}) => {
            switch (decision.action) {
            case 'skip':
                this.counts.skipped++;
                break;
            case 'conflict':
                this.counts.conflicts++;
                break;
            case 'deactivate':
                this.tasks.push('deactivate', () => ({
                    kind: 'deactivate', seq, ...ofAccount(object_id, decision.account), departure: decision.departure, needs_check: decision.reason === 'missing'}));
                break;
            case 'reactivate':
                this.tasks.push('reactivate', () => ({kind: 'reactivate', seq, ...ofAccount(object_id, decision.account), fields: valuesOf(fields), attributes: decision.attributes ?? []}));
                break;
            case 'update':
                this.tasks.push('update', () => ({
                    kind: 'update', seq, ...ofAccount(object_id, decision.account), fields: valuesOf(fields), attributes: decision.attributes ?? [],
                    is_adoption: isAdoption(decision.reason), relinked_from: decision.reason === 'relinked' ? decision.account.linked_object_id : ''}));
            }
        });
    }

    /** Puts a line into the plan that only tells something: nothing is counted and nothing done. */
    tell(row: Change): void {
        this.changes.push({...row, seq: ++this.seq});
    }

    /** Says of approved changes that have not come up again that they no longer hold. */
    async rejectRest(): Promise<void> {
        await this.approval?.eachLeft(LINES_AT_ONCE, (left) => {
            left.forEach((approved) => this.tell({...approved, action: 'skip', status: 'planned', reason: 'no_longer_holds', reason_params: null}));
            this.counts.skipped += left.length;
            return this.flush();
        });
    }

    /** Writes the lines into the history; call it after each chunk. */
    async flush(): Promise<void> {
        if (this.changes.length > 0) {
            await this.ports.changes.record({changes: this.changes});
            this.changes = [];
        }
    }
}

/** What every task about an account needs. */
export function ofAccount(object_id: string, {id, username}: Account): {object_id: string; account_id: string; username: string} {
    return {object_id, account_id: id, username};
}

function valuesOf(fields: FieldChange[]): Record<string, string> {
    return Object.fromEntries(fields.filter(({field, refused}) => field !== 'attribute' && refused === undefined).map(({field, to}) => [field, to]));
}
