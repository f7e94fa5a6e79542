import {approvalKindsOf} from '../../approval/line_hold';
import {isStanding} from '../../plan/tell_once';
import {isAdoption} from '../../plan/decide';
import type {Decision} from '../../plan/decision';
import type {Account, Change, FieldChange, HoldKind, PlannedAccount, Reason} from '../../types';

import {Tasks, type TaskKind, type TaskOf} from '../applying/tasks';
import type {RunContext} from '../context/run_context';
import type {Approval} from './approval';
import type {Earlier} from './earlier';

/** A decision that has a line in the plan. */
export type LineDecision = Exclude<Decision, {action: 'unchanged'}>;

/** Lines that are written to the history at once. */
const LINES_AT_ONCE = 500;

/** A plan while it is written: its lines on their way to the history, and the tasks and counts that result. */
export class Draft {
    readonly tasks: Tasks;

    /** The accounts that the plan deactivates. */
    readonly leaving = new Set<string>();

    /**
     * The accounts that the plan moves to another user: they are not abandoned. One whose move waits for an approval is: its user left,
     * and is a leaver like any other.
     */
    readonly moving = new Set<string>();

    /** Why the lines of the plan are there. */
    readonly reasons = new Set<Reason>();

    /**
     * The users who get an active account by the plan, by what does it, each with the ID of the account or ''. A preview needs them to say
     * which teams and channels they would join.
     */
    readonly arriving = {create: new Map<string, string>(), reactivate: new Map<string, string>(), link: new Map<string, string>()};

    /** Existing accounts that the plan links. */
    adopted = 0;
    private seq = 0;
    private changes: Change[] = [];

    /**
     * With an approval, only what it covers gets into the plan. `tellsOnce` leaves out the lines that earlier runs have told; they
     * are still counted.
     */
    constructor(
        private readonly context: RunContext, private readonly earlier: Earlier, private readonly approval?: Approval, private readonly tellsOnce = false,
    ) {
        this.tasks = new Tasks(context.mode);
    }

    /** The line that came last. */
    get last_seq(): number {
        return this.seq;
    }

    /** Whether a line can get into the plan: any line, or with an approval an approved one. */
    mayPropose(row: Change): boolean {
        return !this.approval || this.approval.covers(row);
    }

    /** Puts a line into the plan and returns it, or null when it needs an approval and has none. */
    propose(row: Change): Change | null {
        if (this.tellIfWaiting(row)) {
            return null;
        }
        row.seq = this.seq + 1;
        const line = this.approval ? this.approval.accept(row) : row;
        if (line) {
            this.seq++;
            this.changes.push(line);
            this.reasons.add(line.reason);
        }
        return line;
    }

    /** Proposes what a decision about an account asks for; `scope_values` are for a new link. Returns false when it needs an approval and has none. */
    proposeFor(row: Change, decision: LineDecision, scope_values = ''): boolean {
        const line = this.propose(row);
        if (line) {
            this.take(line, decision, scope_values);
        }
        return line !== null;
    }

    /** Whether a line is held whatever the number of such lines: then the account stays as it is. */
    holds(line: Change): boolean {
        return !this.approval && this.kindsToHold(line).length > 0;
    }

    /** Whether an earlier run holds the change and goes on holding it; then the plan says so in place of the change. */
    tellIfWaiting(row: Change): boolean {
        const isWaiting = !this.approval && this.earlier.isHeldElsewhere(row);
        if (isWaiting) {
            this.tell({...row, action: 'skip', reason: 'waits_for_approval'});
            this.context.progress.counts.skipped++;
        }
        return isWaiting;
    }

    /** Adds the task of a line. What needs an approval of its own, or is held by an earlier run, has none and is held. */
    addTask<K extends TaskKind>(line: Change, kind: K, make: () => TaskOf<K>, activates = false): void {
        this.earlier.note(line);
        if (this.holds(line)) {
            this.tasks.hold({seq: line.seq, kind, approval_kinds: this.kindsToHold(line)});
        } else {
            this.tasks.push(kind, line.seq, make, activates);
        }
    }

    private kindsToHold(line: Change): HoldKind[] {
        const kinds = approvalKindsOf(line);
        const held = this.earlier.kindToHold(line);
        return kinds.length > 0 || !held ? kinds : [held];
    }

    /** Counts a line, or makes its task. */
    private take(line: Change, decision: LineDecision, scope_values: string): void {
        const {seq, object_id, fields} = line;
        const {counts} = this.context.progress;
        switch (decision.action) {
        case 'skip':
            counts.skipped++;
            break;
        case 'conflict':
            counts.conflicts++;
            break;
        case 'deactivate':
            this.adopted += decision.adopts ? 1 : 0;
            if (!this.holds(line)) {
                this.leaving.add(decision.account.id);
            }
            this.addTask(line, 'deactivate', () => ({
                kind: 'deactivate', seq, ...ofAccount(object_id, decision.account), departure: decision.departure, needs_check: decision.reason === 'missing',
                ...(decision.adopts && {planned: plannedAsMatched(decision.account), adopts: decision.adopts})}));
            break;
        case 'reactivate':
            this.arriving.reactivate.set(object_id, decision.account.id);
            this.addTask(line, 'reactivate', () => ({kind: 'reactivate', seq, ...ofAccount(object_id, decision.account), fields: valuesOf(fields), attributes: decision.attributes ?? []}));
            break;
        case 'update':
            if (decision.reason === 'fields_emptied') {
                this.addTask(line, 'empty', () => ({kind: 'empty', seq, ...ofAccount(object_id, decision.account), fields: valuesOf(fields), attributes: decision.attributes ?? []}));
                break;
            }
            this.adopted += isAdoption(decision.reason) ? 1 : 0;
            if (isAdoption(decision.reason) && !this.holds(line)) {
                this.arriving.link.set(object_id, decision.account.id);
            }
            if (decision.reason === 'relinked' && !this.holds(line)) {
                this.moving.add(decision.account.id);
            }
            this.addTask(line, 'update', () => ({
                kind: 'update', seq, ...ofAccount(object_id, decision.account), fields: valuesOf(fields), attributes: decision.attributes ?? [],
                ...(isAdoption(decision.reason) && {planned: plannedAsMatched(decision.account)}), takes_over: decision.takes_over ?? false, scope_values,
                is_adoption: isAdoption(decision.reason), relinked_from: decision.reason === 'relinked' ? decision.account.linked_object_id : '', activates: decision.account.delete_at !== 0}), decision.account.delete_at !== 0);
        }
    }

    /** Puts a line into the plan that only informs: it is not counted and has no task. */
    tell(row: Change): void {
        this.changes.push({...row, seq: ++this.seq});
    }

    /** Adds a line for each approved change that the plan does not have: it no longer holds. */
    async rejectRest(): Promise<void> {
        await this.approval?.eachLeft(LINES_AT_ONCE, (left) => {
            left.forEach((approved) => this.tell({...approved, action: 'skip', status: 'planned', reason: 'no_longer_holds', reason_params: null}));
            this.context.progress.counts.skipped += left.length;
            return this.flush();
        });
    }

    /** Writes the lines to the history; call it after each chunk. */
    async flush(): Promise<void> {
        const {changes} = this;
        if (changes.length === 0) {
            return;
        }
        this.changes = [];
        const tell_once = this.tellsOnce ? changes.filter(isStanding).map(({seq}) => seq) : [];
        const {known} = await this.context.ports.changes.record({changes, tell_once});
        if (known.length > 0) {
            this.countUnlisted(changes, new Set(known));
        }
    }

    /** An acknowledged conflict counts as a skip: an administrator has decided to leave it. */
    private countUnlisted(changes: readonly Change[], known: ReadonlySet<number>): void {
        const {counts} = this.context.progress;
        const conflicts = changes.filter(({seq, action}) => action === 'conflict' && known.has(seq)).length;
        counts.conflicts -= conflicts;
        counts.skipped += conflicts;
        counts.unlisted += known.size;
    }
}

/** What every task about an account needs. */
export function ofAccount(object_id: string, account: Account): {object_id: string; account_id: string; username: string; planned: PlannedAccount} {
    return {object_id, account_id: account.id, username: account.username, planned: plannedAs(account)};
}

/** What the account must still be when it is written; see `PlannedAccount`. */
export function plannedAs({roles, is_bot, is_remote, auth_service}: Account): PlannedAccount {
    return {roles, is_bot, is_remote, auth_service};
}

/** The same for an account that is linked: its address may have decided whose it is, and whether that needs an approval. */
function plannedAsMatched(account: Account): PlannedAccount {
    return {...plannedAs(account), email: account.email, email_verified: account.email_verified};
}

function valuesOf(fields: FieldChange[]): Record<string, string> {
    return Object.fromEntries(fields.filter(({field, refused}) => field !== 'attribute' && refused === undefined).map(({field, to}) => [field, to]));
}
