import type {ExplainedTarget} from '../memberships/explanation';

import {explainedWords} from './explanation';

const role: ExplainedTarget = {
    kind: 'system_role', id: 'system_manager', name: 'system_manager', team_name: '', is_archived: false, is_member: true, is_admin: true, wanted: 'yes', role: 'admin',
    rules: [{id: 'r1', name: '<Helpdesk>', role: 'admin', applies: true, causes: [{kind: 'group', path: ['IT', 'Helpdesk']}]}],
    ledger: {state: 'found', rule: '', role_rule: '<Helpdesk>', unwanted_since: 0},
};
const wordsOf = (change: Partial<ExplainedTarget>, locale: 'en' | 'ko' = 'en') => explainedWords(locale, {...role, ...change}, {stays_out: true}, {escape: (text) => text.replace('<', '&lt;')});

test('a system role is had or not, and given by the sync or by someone else', () => {
    expect(wordsOf({})).toEqual({
        name: 'system_manager (system role)', state: 'has the role',
        reasons: ['the rule “&lt;Helpdesk>” applies: member of IT > Helpdesk', 'given by the sync for the rule “&lt;Helpdesk>”'],
    });
    expect(wordsOf({ledger: null}).reasons.at(-1)).toBe('given by someone else');
    expect(wordsOf({ledger: null, is_member: false, is_admin: false, rules: []}, 'ko')).toMatchObject({state: '역할이 없음', reasons: []});
});

test('a membership that waits to end says since when, in the time zone of the reader', () => {
    const ending: Partial<ExplainedTarget> = {kind: 'team', is_admin: false, rules: [], ledger: {state: 'added', rule: 'Gone', role_rule: '', unwanted_since: Date.UTC(2026, 10, 22, 18)}};
    expect(explainedWords('en', {...role, ...ending}, {stays_out: true}, {offset_minutes: 540}).reasons).toEqual([
        'added by the sync for the rule “Gone”', 'no rule applies since 2026-11-23 03:00 UTC+09:00; it ends after another full directory read',
    ]);
});
