import {approvalKindsOf} from '../approval/line_hold';
import {momentText} from '../messages/run_words';
import {isMessageKey, type Locale, translate} from '../messages/translate';
import {GUEST_KIND} from '../server_rules/guest_account';
import type {Change, ReasonParams} from '../types';

/** A change as the history has it. Older and newer versions can have written members that this version does not know. */
type Reasoned = Pick<Change, 'reason' | 'reason_params'>;

/** How the values in a sentence are formatted. */
export interface Wording {

    /** Minutes that the reader's clock is ahead of UTC; without it times are in UTC. */
    offset_minutes?: number;

    /** Escapes external text for the place where the sentence is shown. */
    escape?(value: string): string;
}

const LEFT_OUT: readonly unknown[] = ['guest', 'no_rule_matches'];

/** Why a change is planned, why it needs an approval of its own, and the policy rule that decided about the user's scope if it is known. */
export function reasonText(locale: Locale, change: Reasoned, wording: Wording = {}): string {
    const parts = [reasonAlone(locale, change, wording), ...approvalTexts(locale, change, wording), scopeText(locale, change, wording)];
    return parts.filter((part) => part !== '').join('; ');
}

/** Why a change needs an approval of its own, one sentence for each reason. */
export function approvalTexts(locale: Locale, change: Reasoned, {escape = asIs}: Wording = {}): string[] {
    const account_roles = escape(String(change.reason_params?.account_roles ?? ''));
    return approvalKindsOf(change).map((kind) => (
        kind === 'privileged_account' && account_roles !== '' ?
            translate(locale, 'approval.privileged_account.roles', {account_roles}) : translate(locale, `approval.${kind}`)));
}

/** The same without the rule. A reason that this version does not know is shown as it is. */
export function reasonAlone(locale: Locale, {reason, reason_params}: Reasoned, {offset_minutes, escape = asIs}: Wording = {}): string {
    const key = `reason.${reason}`;
    if (!isMessageKey(key)) {
        return escape(String(reason));
    }

    // Earlier versions did not write how far apart reads must be.
    const values = Object.entries({apart: 0, ...reason_params}).map(([name, value]) => [
        name,
        name === 'until' && typeof value === 'number' ? momentText(value, offset_minutes) : typeof value === 'string' ? escape(value) : value,
    ]);
    const sentence = withNotes(locale, translate(locale, key, Object.fromEntries(values)), reason_params);
    const other = reason === 'address_taken' || reason === 'auth_data_taken' ? '' : otherSide(reason_params ?? {}, escape);
    const details = [changedText(locale, reason_params ?? {}, escape), lastRule(locale, {reason, reason_params}, escape), other].filter((text) => text !== '');
    return details.length === 0 ? sentence : `${sentence} (${details.join('; ')})`;
}

/** The rule that a membership or role came from and that no longer applies, or ''. */
function lastRule(locale: Locale, {reason, reason_params}: Reasoned, escape: (value: string) => string): string {
    const name = String(reason_params?.rule_value ?? '');
    return reason === 'no_rule_wants' && name !== '' ? translate(locale, 'rule.rule', {value: escape(name)}) : '';
}

/** The attributes that put the user out of scope, or ''. */
function changedText(locale: Locale, {scope_changes = ''}: ReasonParams, escape: (value: string) => string): string {
    return scope_changes === '' ? '' : translate(locale, 'scope.changed', {changes: escape(String(scope_changes))});
}

/** With what else an administrator should know about the account that a user gets. */
function withNotes(locale: Locale, sentence: string, params: Reasoned['reason_params']): string {
    const notes = [
        params?.account_state === 'deactivated' ? translate(locale, 'note.deactivated') : '',
        params?.account_kind === GUEST_KIND.account_kind ? translate(locale, 'note.guest_account') : '',
    ];
    return [sentence, ...notes].filter((text) => text !== '').join('; ');
}

/** The other user or account in a conflict, or ''. */
function otherSide({other_username, other_account_id, other_object_id}: ReasonParams, escape: (value: string) => string): string {
    return [other_username, other_account_id, other_object_id].filter((name) => name !== undefined && name !== '').map((name) => escape(String(name))).join(', ');
}

/** In scope or not, and by which rule: "in scope: display name contains “Lee”"; '' if the change names no rule. */
export function scopeText(locale: Locale, change: Reasoned, wording: Wording = {}): string {
    const rule = ruleText(locale, change, wording);
    return rule === '' ? '' : translate(locale, `scope.${sideOf(change)}`, {rule});
}

/** What decided about the scope, or ''. */
export function ruleText(locale: Locale, {reason_params}: Reasoned, {escape = asIs}: Wording = {}): string {
    const key = `rule.${reason_params?.rule_kind}`;
    return isMessageKey(key) ? translate(locale, key, {value: escape(String(reason_params?.rule_value ?? ''))}) : '';
}

/**
 * Whether the rule puts the user in scope or out of scope. Only the name of a scope rule is known, so for a user who left and
 * keeps the account for another reason, it can be either.
 */
export function sideOf({reason, reason_params}: Reasoned): 'in' | 'out' | 'by' {
    const {rule_kind, rule_path} = reason_params ?? {};
    if (reason === 'out_of_scope' || reason === 'out_of_scope_waits' || LEFT_OUT.includes(rule_kind) || String(rule_path).startsWith('Policy.scope.deny')) {
        return 'out';
    }
    return rule_kind === 'rule' && KEEPS_LEAVERS.includes(reason) ? 'by' : 'in';
}

const KEEPS_LEAVERS: readonly string[] = ['grace_period', 'system_admin', 'bot_account', 'protected', 'other_sign_in_method', 'deactivation_off', 'remote_account'];

function asIs(value: string): string {
    return value;
}
