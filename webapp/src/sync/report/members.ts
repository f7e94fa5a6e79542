import {memberColumns, type Locale, type MemberColumn, type Standing} from '../lists';
import {describeFault} from '../messages/describe';
import {rawText} from '../messages/run_words';
import {localeOf, translate} from '../messages/translate';
import type {Change} from '../types';

import {BYTE_ORDER_MARK, csvLines} from './csv';
import {approvalTexts, reasonAlone} from './reason';

/** What is known of one user and a team or channel (target_members.sql). */
export interface TargetMember {
    account_id: string;
    object_id: string;
    username: string;
    email: string;
    display_name: string;
    is_active: boolean;
    is_member: boolean;
    is_admin: boolean;
    standing: Standing;
    rule_id: string;
    promoted_by: string;

    /** Since when no rule wants the membership (ms), or 0. */
    unwanted_since: number;

    /** What the last runs did not do, and why. */
    change: Pick<Change, 'action' | 'status' | 'reason' | 'reason_params' | 'error'> | null;
}

/** With the names of the rules; a rule that is no longer in the policy has its ID as its name. */
export interface NamedMember extends TargetMember {
    rule: string;
    role_rule: string;
}

interface MembersInput {
    locale: string;

    /** The raw text of the setting. */
    policy: string;
    members: TargetMember[];
}

/** The bundle's function `name_members`: adds the names of rules, and the texts of errors. */
export function nameMembers({locale, policy, members}: MembersInput): {members: NamedMember[]} {
    const nameOf = ruleNames(policy);
    return {members: members.map((member) => {
        const {change, rule_id, promoted_by} = member;
        const error = change?.error && describeFault(change.error, localeOf(locale));
        return {...member, rule: nameOf(rule_id), role_rule: nameOf(promoted_by), change: change && {...change, error: error ?? null}};
    })};
}

/** The bundle's function `members_csv`: a piece of the table for an auditor. */
export function membersCsv({header, ...input}: MembersInput & {header: boolean}): {text: string} {
    const locale = localeOf(input.locale);
    const head = header ? BYTE_ORDER_MARK + csvLines([memberColumns.map((column) => translate(locale, `member_csv.${column}`))]) : '';
    return {text: head + csvLines(nameMembers(input).members.map((member) => memberColumns.map((column) => cellOf(locale, member, column))))};
}

function cellOf(locale: Locale, member: NamedMember, column: MemberColumn): string {
    switch (column) {
    case 'standing':
        return translate(locale, `standing.${member.standing}`);
    case 'directory':
        return translate(locale, `directory_says.${member.standing}`);
    case 'mattermost':
        return translate(locale, member.is_admin ? 'mattermost_has.admin' : member.is_member ? 'mattermost_has.member' : 'mattermost_has.nothing');
    case 'account':
        return translate(locale, member.is_active ? 'account_state.active' : 'account_state.deactivated');
    case 'why':
        return whyText(locale, member);
    default:
        return member[column];
    }
}

/** Why the last run did not do what the directory says, or ''. */
export function whyText(locale: Locale, {change}: Pick<TargetMember, 'change'>): string {
    if (!change) {
        return '';
    }
    const doing = `${translate(locale, `action.${change.action}`)} (${translate(locale, `change_status.${change.status}`)})`;
    const error = change.error ? [describeFault(change.error, locale).message, rawText(change.error.raw)] : [];
    return [doing, reasonAlone(locale, change), ...approvalTexts(locale, change), ...error].filter((text) => text !== '').join('; ');
}

/** A policy of another version, or an invalid one, still has its names where it has them. */
function ruleNames(policy: string): (id: string) => string {
    const names = new Map<string, string>();
    for (const rule of rulesIn(policy)) {
        if (typeof rule?.id === 'string' && typeof rule.name === 'string') {
            names.set(rule.id, rule.name);
        }
    }
    return (id) => names.get(id) ?? id;
}

type MaybeRule = {id?: unknown; name?: unknown} | null | undefined;

function rulesIn(policy: string): MaybeRule[] {
    try {
        const rules: unknown = JSON.parse(policy)?.memberships?.rules;
        return Array.isArray(rules) ? rules : [];
    } catch {
        return [];
    }
}
