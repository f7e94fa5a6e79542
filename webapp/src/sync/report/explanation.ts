import type {ExplainedTarget, Explanation, RuleCause} from '../memberships/explanation';
import {momentText} from '../messages/run_words';
import {type Locale, translate} from '../messages/translate';

import type {Wording} from './reason';
import {targetText} from './target';

/** Why a user is in one team or channel, or is not, in words. */
export interface ExplainedWords {
    name: string;

    /** "member", "member and admin", or "not a member". */
    state: string;

    /** What the rules say, and then what the sync remembers, one sentence each. */
    reasons: string[];
}

/** The words for one target. Names come from the directory and Mattermost: `escape` is for where they are shown. */
export function explainedWords(locale: Locale, target: ExplainedTarget, {stays_out}: Pick<Explanation, 'stays_out'>, wording: Wording = {}): ExplainedWords {
    const {escape = asIs} = wording;
    return {
        name: targetText(locale, {...target, team: target.team_name}, {escape}),
        state: translate(locale, `mattermost_has.${stateOf(target)}`),
        reasons: [
            ...target.rules.map(({name, applies, causes, role}) => {
                const rule = escape(name);
                const key = applies ? (role === 'admin' && target.kind !== 'system_role' ? 'explain.applies_admin' : 'explain.applies') : 'explain.applies_not';
                return translate(locale, key, {rule, causes: causes.map((cause) => causeText(locale, cause, escape)).join(', ')});
            }),
            ...(target.wanted === 'unknown' ? [translate(locale, 'explain.unknown')] : []),
            ...(target.is_archived ? [translate(locale, 'explain.archived')] : []),
            ...(target.kind === 'system_role' ? roleTexts(locale, target, wording) : ledgerTexts(locale, target, stays_out, wording)),
        ],
    };
}

function stateOf({kind, is_admin, is_member}: ExplainedTarget): 'role' | 'no_role' | 'admin' | 'member' | 'nothing' {
    if (kind === 'system_role') {
        return is_admin ? 'role' : 'no_role';
    }
    return is_admin ? 'admin' : is_member ? 'member' : 'nothing';
}

/** What the sync remembers about a system role. */
function roleTexts(locale: Locale, {ledger, is_admin}: ExplainedTarget, {escape = asIs}: Wording): string[] {
    const rule = ledger?.role_rule ?? '';
    if (rule !== '') {
        return [translate(locale, 'explain.given', {rule: escape(rule)})];
    }
    return is_admin ? [translate(locale, 'explain.given_by_hand')] : [];
}

function causeText(locale: Locale, cause: RuleCause, escape: (value: string) => string): string {
    switch (cause.kind) {
    case 'group':
        return translate(locale, 'explain.cause.group', {path: (cause.path ?? []).map(escape).join(' > ')});
    case 'value':
        return translate(locale, 'explain.cause.value', {attribute: cause.attribute ?? '', value: escape(cause.value ?? '')});
    default:
        return translate(locale, `explain.cause.${cause.kind}`);
    }
}

function ledgerTexts(locale: Locale, {ledger, is_member, wanted}: ExplainedTarget, staysOut: boolean, {offset_minutes, escape = asIs}: Wording): string[] {
    const texts: string[] = [];
    const state = ledger?.state;
    if (is_member) {
        texts.push(state === 'added' || state === 'adding' ? translate(locale, 'explain.added', {rule: escape(ledger!.rule)}) : translate(locale, 'explain.by_hand'));
    } else if (state === 'added' || state === 'found' || state === 'ended') {
        texts.push(translate(locale, staysOut ? 'explain.left_stays' : 'explain.left'));
    } else if (wanted === 'yes') {
        texts.push(translate(locale, 'standing.missing'));
    }
    if (ledger && ledger.role_rule !== '') {
        texts.push(translate(locale, 'explain.promoted', {rule: escape(ledger.role_rule)}));
    }
    if (ledger && ledger.unwanted_since > 0) {
        texts.push(translate(locale, 'explain.unwanted', {time: momentText(ledger.unwanted_since, offset_minutes)}));
    }
    return texts;
}

/** Why no rule can change anything for the user, one sentence each; none for a user in scope with an account. */
export function userNotes(locale: Locale, {account_id, in_scope}: Pick<Explanation, 'account_id' | 'in_scope'>): string[] {
    return [
        ...(in_scope === null ? [translate(locale, 'explain.scope_unknown')] : in_scope ? [] : [translate(locale, 'explain.out_of_scope')]),
        ...(account_id === '' ? [translate(locale, 'explain.no_account')] : []),
    ];
}

function asIs(value: string): string {
    return value;
}
