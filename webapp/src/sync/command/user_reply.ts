import {isDoing} from '../lists';
import type {Explanation} from '../memberships/explanation';
import {faultLines} from '../messages/fault_lines';
import {holdLines} from '../messages/hold_lines';
import {runHash} from '../messages/links';
import {code, escapeText, table} from '../messages/markdown';
import {warningLines} from '../messages/run_words';
import {type Locale, translate} from '../messages/translate';
import {approvalTexts, reasonAlone, ruleText, sideOf, type Wording} from '../report/reason';
import {targetOf, targetText} from '../report/target';
import type {Change, FieldChange, Reason, Run} from '../types';

import type {Reader} from './reader';
import {membershipLines} from './memberships_reply';
import {whereToLook} from './run_replies';

/** A run for one user, and the answer of its `GET /runs/{id}/changes`. */
interface RunOfOne {
    run: Run;
    changes: {changes: Change[]};

    /** The answer of `GET /memberships`; null while the run is active. */
    memberships?: Partial<Explanation> | null;
}

/** Reasons that only apply to users with a linked account. A user without one can be disabled or out of scope, too. */
const OF_LINKED: readonly Reason[] = [
    'attributes_changed', 'email_changed', 'username_changed', 'address_released', 'address_taken', 'up_to_date', 'returned', 'reactivation_off', 'disabled', 'out_of_scope',
    'grace_period', 'system_admin', 'protected', 'deactivation_off', 'no_longer_holds', 'wanted_by_rule', 'no_rule_wants',
];

/** What a run for one user did step by step, or that it is still active. */
export function userReply(reader: Reader, {run, changes: {changes}, memberships}: RunOfOne): string[] {
    const {locale, offsetMinutes, consoleUrl} = reader;
    const user = code(reader.user || run.user);
    if (run.state === 'running') {
        return [`${translate(locale, 'command.user_started', {user})} ${whereToLook(reader, run)}`];
    }
    if (run.error) {
        return faultLines(locale, run.error);
    }
    const reasons = memberships ? membershipLines(reader, memberships) : [];
    if (changes.length === 0) {
        return [translate(locale, 'command.user_unchanged', {user}), ...reasons];
    }
    const title = translate(locale, run.mode === 'preview' ? 'command.user_preview' : 'command.user_result', {user});
    const hold = run.hold ? ['', ...holdLines(locale, run.hold, {console_url: consoleUrl, hash: runHash(run.id, 'held')}, offsetMinutes)] : [];
    return [title, ...warningLines(locale, run), ...personsOf(changes).flatMap((person) => personLines(reader, run, person)), ...reasons, ...hold];
}

/** Several users can match the request. The changes of each user are shown together. */
function personsOf(changes: Change[]): Change[][] {
    const persons = new Map<string, Change[]>();
    changes.forEach((change) => persons.set(change.object_id, [...persons.get(change.object_id) ?? [], change]));
    return [...persons.values()];
}

function personLines(reader: Reader, run: Run, changes: Change[]): string[] {
    const {locale} = reader;
    const [first] = changes as [Change];
    const results = changes.flatMap((change) => resultLines(reader, change));
    if (first.object_id === '' && targetOf(first)) {
        return results; // a line about a team or channel as a whole
    }
    const name = code(first.display_name || first.email);
    return [
        step(locale, 'step_directory', translate(locale, 'command.found_as', {name, object_id: code(first.object_id)})),
        step(locale, 'step_scope', scopeOf(locale, run, first)),
        step(locale, 'step_account', translate(locale, `match.${matchOf(first)}`, {username: code(first.username)})),
        ...results,
    ];
}

function step(locale: Locale, name: 'step_directory' | 'step_scope' | 'step_account' | 'result', text: string): string {
    return `- **${translate(locale, `command.${name}`)}:** ${text}`;
}

/** The run has counted who is in scope. Only if it found several users, the change itself must be checked. */
function scopeOf(locale: Locale, {counts: {directory, in_scope}}: Run, change: Change): string {
    const side = in_scope === 0 ? 'out' : in_scope >= directory ? 'in' : sideOf(change);
    const rule = ruleText(locale, change, {escape: escapeText}) || (side === 'in' ? translate(locale, 'rule.everyone') : reasonAlone(locale, change));
    const path = change.reason_params?.rule_path;
    return translate(locale, `scope.${side}`, {rule}) + (path ? ` (${code(String(path))})` : '');
}

function matchOf({action, reason, account_id}: Change): 'new' | 'linked' | 'email' | 'auth_data' | 'account' | 'none' | 'unclear' {
    if (action === 'create') {
        return 'new';
    }
    if (account_id === '') {
        return action === 'conflict' ? 'unclear' : 'none';
    }
    const adopted = {adopted_by_email: 'email', adopted_by_auth_data: 'auth_data'} as const;
    return adopted[reason as keyof typeof adopted] ?? (OF_LINKED.includes(reason) ? 'linked' : 'account');
}

/** What would change or has changed, field by field. */
function resultLines(reader: Reader, change: Change): string[] {
    const {locale, offsetMinutes} = reader;
    const wording: Wording = {offset_minutes: offsetMinutes, escape: escapeText};
    const lines = [
        step(locale, 'result', `${doingOf(locale, change)}: ${reasonAlone(locale, change, wording)}`),
        ...approvalTexts(locale, change, wording).map((text) => `  - ${text}`),
    ];
    if (change.error) {
        lines.push(...faultLines(locale, change.error).map((line) => `  ${line}`));
    }
    if (change.fields.length > 0) {
        const head = (['field', 'before', 'after'] as const).map((name) => translate(locale, `command.${name}`));
        lines.push('', table(head, change.fields.map((field) => fieldCells(locale, field))), '');
    }
    return lines;
}

/** "update (done)", "join Sales (channel of Company) (done)". A skipped or conflicting user has no status to show. */
function doingOf(locale: Locale, change: Change): string {
    const {action, status, reason} = change;
    if (reason === 'up_to_date') {
        return translate(locale, 'count.unchanged');
    }
    const target = targetOf(change);
    const doing = translate(locale, `action.${action}`);
    const name = target ? translate(locale, 'command.of_target', {action: doing, target: targetText(locale, target, {escape: escapeText})}) : doing;
    return isDoing(action) ? `${name} (${translate(locale, `change_status.${status}`)})` : name;
}

function fieldCells(locale: Locale, {field, name, from, to, shortened, refused}: FieldChange): string[] {
    const mark = shortened ? ` (${translate(locale, 'field.shortened')})` : refused ? ` (${translate(locale, 'field.refused')}: ${code(refused)})` : '';
    return [name === undefined ? translate(locale, `field.${field}`) : code(name), code(from), code(to) + mark];
}
