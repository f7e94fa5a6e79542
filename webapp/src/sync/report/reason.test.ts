import {escapeText} from '../messages/markdown';
import type {Reason, ReasonParams} from '../types';

import {reasonText, type Wording} from './reason';

function textOf(reason: string, reason_params?: ReasonParams | null, wording?: Wording, locale: 'en' | 'ko' = 'en'): string {
    return reasonText(locale, {reason: reason as Reason, reason_params: reason_params ?? null}, wording);
}

const until = Date.UTC(2026, 10, 29, 18);

test.each<[string, string, ReasonParams | null, string]>([
    ['a reason alone', 'disabled', null, 'sign-in blocked in the directory'],
    ['how many reads are waited for', 'missing_waits', {reads: 1, needed: 2}, 'missing from 1 of 2 full directory reads; the account stays active for now'],
    ['how far apart reads must be', 'missing_waits', {reads: 1, needed: 2, apart: 30},
        'missing from 1 of 2 full directory reads at least 30 minutes apart; the account stays active for now'],
    ['how long the account stays', 'grace_period', {days: 7, until}, 'user left; the account stays active until 2026-11-29 18:00 UTC (grace period: 7 days)'],
    ['who has the address', 'address_taken', {other_account_id: 'x', other_username: 'mina.lee'}, 'new email address belongs to another account, mina.lee'],
    ['the list that puts the user in scope', 'new_person', {rule_kind: 'email_domain', rule_value: '@hanbit.example', rule_path: 'Policy.scope.allow.email_domain[0]'},
        'in scope, no account yet; in scope: email domain is “@hanbit.example”'],
    ['the list that puts the user out of scope', 'protected', {rule_kind: 'email', rule_value: 'a@b.example', rule_path: 'Policy.scope.deny.email[0]'},
        'account is protected; out of scope: email address is “a@b.example”'],
    ['that no rule fits', 'out_of_scope', {rule_kind: 'no_rule_matches', rule_value: '', rule_path: 'Policy.scope'},
        'out of scope; out of scope: no list or rule matches'],
    ['the name of a rule', 'attributes_changed', {rule_kind: 'rule', rule_value: 'Seoul', rule_path: 'Policy.scope.rules[0]'},
        'attributes changed in the directory; in scope: rule “Seoul”'],
    ['the rule, not its effect, where it can be either', 'grace_period', {days: 1, until, rule_kind: 'rule', rule_value: 'Contractors', rule_path: 'Policy.scope.rules[0]'},
        'user left; the account stays active until 2026-11-29 18:00 UTC (grace period: 1 day); scope: rule “Contractors”'],
    ['what another version wrote', 'constructor', {rule_kind: 'toString', rule_value: 'x'}, 'constructor'],
])('it says %s', (_, reason, params, expected) => {
    expect(textOf(reason, params)).toBe(expected);
});

test('it speaks Korean, with the clock of the reader', () => {
    expect(textOf('grace_period', {days: 7, until}, {offset_minutes: 540}, 'ko')).toBe('사용자가 떠났지만 2026-11-30 03:00 UTC+09:00까지 계정을 활성 상태로 유지함(유예 기간: 7일)');
    expect(textOf('new_person', {rule_kind: 'display_name_contains', rule_value: '김', rule_path: 'Policy.scope.allow.display_name_contains[0]'}, {}, 'ko')).
        toBe('범위에 포함되어 있지만 아직 계정이 없음; 범위에 포함: 표시 이름에 ‘김’ 포함');
});

test('values of others are made harmless, times stay readable', () => {
    const params = {days: 7, until, rule_kind: 'rule', rule_value: '@all', rule_path: ''};
    expect(textOf('grace_period', params, {escape: escapeText})).toBe(
        'user left; the account stays active until 2026-11-29 18:00 UTC (grace period: 7 days); scope: rule “@\u200ball”',
    );
});
