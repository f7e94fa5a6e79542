import type {ChangeAnswer} from '../../../answers';
import {approvalKindsOf, needsOwnApproval} from '../../../sync/approval/line_hold';
import {isDoing, type DoingAction, type LineHoldKind} from '../../../sync/lists';
import type {Locale} from '../../../sync/messages/locale';
import {reasonAlone} from '../../../sync/report/reason';
import {targetOf, targetText} from '../../../sync/report/target';
import type {Action, ChangeStatus, Reason} from '../../../sync/types';

/** A change with what filters and sorts need, made once: a keystroke must not do it for 100,000 of them. */
export interface ChangeRow {
    change: ChangeAnswer;

    /** What the search looks into: lower case, composed characters. */
    text: string;

    /** The text by which the user is sorted. */
    name: string;

    /** What tells the team, channel, or role of a membership from others; '' for a change of an account. */
    target: string;

    /** Whether an existing account gets another email or username. */
    isAddress: boolean;

    /** Whether an approval must name the change: it is never approved together with others that were not selected one by one. */
    isOwn: boolean;

    /** Whether it must only because the account's email address or username proves nothing: a company can have thousands of such accounts. */
    isUnverified: boolean;
}

const UNVERIFIED: LineHoldKind = 'unverified_email';

export function rowOf(change: ChangeAnswer): ChangeRow {
    const {display_name, email, username, object_id, action, fields} = change;
    const target = targetOf(change);
    return {
        change,
        text: searchText([display_name, email, username, object_id, target?.name, target?.rule].join('\n')),
        name: searchText(display_name || email || object_id || (target?.name ?? '')),
        target: targetKeyOf(change),
        isOwn: needsOwnApproval(change),
        isUnverified: approvalKindsOf(change).join() === UNVERIFIED,
        isAddress: action !== 'create' && fields.some(({field}) => field === 'email' || field === 'username'),
    };
}

/** Typed text and directory text can differ in case and in how a character is composed. */
export function searchText(text: string): string {
    return text.normalize('NFC').toLowerCase();
}

export interface Filters {
    text: string;

    /** Empty lists do not filter. */
    actions: Action[];
    statuses: ChangeStatus[];
    reasons: Reason[];
    targets: string[];

    /** Only changes of an email or username. */
    isAddress: boolean;

    /** Only changes of accounts with an unverified address: then all of them can be selected at once. */
    isUnverified: boolean;
}

export const noFilters: Filters = {text: '', actions: [], statuses: [], reasons: [], targets: [], isAddress: false, isUnverified: false};

export function isNarrowed({text, actions, statuses, reasons, targets, isAddress, isUnverified}: Filters): boolean {
    return text.trim() !== '' || actions.length + statuses.length + reasons.length + targets.length > 0 || isAddress || isUnverified;
}

/** How many changes there are of each kind. */
export interface Tally {
    actions: Map<Action, number>;
    statuses: Map<ChangeStatus, number>;
    reasons: Map<Reason, number>;

    /** By the key of the target, with one of its lines. */
    targets: Map<string, {count: number; change: ChangeAnswer}>;
    addresses: number;
    unverified: number;
}

export function tallyOf(rows: ChangeRow[]): Tally {
    const tally: Tally = {actions: new Map(), statuses: new Map(), reasons: new Map(), targets: new Map(), addresses: 0, unverified: 0};
    for (const {change, target, isAddress, isUnverified} of rows) {
        const {action, status, reason} = change;
        count(tally.actions, action);
        count(tally.statuses, status);
        count(tally.reasons, reason);
        if (target !== '') {
            tally.targets.set(target, {count: (tally.targets.get(target)?.count ?? 0) + 1, change});
        }
        tally.addresses += Number(isAddress);
        tally.unverified += Number(isUnverified);
    }
    return tally;
}

function count<T>(counts: Map<T, number>, member: T): void {
    counts.set(member, (counts.get(member) ?? 0) + 1);
}

/** The sentence of a reason, with a gap where it names what differs from change to change. */
export function reasonName(locale: Locale, reason: Reason): string {
    return reasonAlone(locale, {reason});
}

/** "Sales (channel of Company)". */
export function targetName(locale: Locale, change: Pick<ChangeAnswer, 'reason_params'>): string {
    const target = targetOf(change);
    return target ? targetText(locale, target) : '';
}

/** A target that a run would create has no ID yet: its place tells it from others. */
function targetKeyOf({reason_params}: Pick<ChangeAnswer, 'reason_params'>): string {
    const {target_kind = '', target_id, target_place, target_name = ''} = reason_params ?? {};
    return String(target_id || target_place || (target_kind && `${target_kind} ${target_name}`));
}

/** What some changes would do together. */
export interface Summary extends Record<DoingAction | 'addresses', number> {
    seqs: number[];
}

export function summaryOf(rows: ChangeRow[]): Summary {
    const summary: Summary = {seqs: [], create: 0, update: 0, reactivate: 0, deactivate: 0, join: 0, leave: 0, promote: 0, demote: 0, addresses: 0};
    for (const {change: {seq, action}, isAddress} of rows) {
        summary.seqs.push(seq);
        summary.addresses += Number(isAddress);
        if (isDoing(action)) {
            summary[action]++;
        }
    }
    return summary;
}
