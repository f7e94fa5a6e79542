import {standings} from '../lists';

import {membersCsv, nameMembers, whyText, type TargetMember} from './members';

const member: TargetMember = {
    account_id: 'a1', object_id: 'o1', username: '=lee', email: 'lee@corp.example', display_name: '@이 "민수"', is_active: true, is_member: true, is_admin: true,
    standing: 'by_rule', rule_id: 'r1', promoted_by: 'r2', unwanted_since: 0, change: null,
};
const policy = JSON.stringify({memberships: {rules: [{id: 'r1', name: '+Departments'}, {id: 'constructor', name: 7}, null]}});
const failed: TargetMember['change'] = {
    action: 'join', status: 'failed', reason: 'wanted_by_rule', reason_params: {rule_value: 'Departments'}, error: {code: 'team_member_limit'},
};

test('rules have the names of the policy, and a rule that it no longer has its ID', () => {
    const {members: [named]} = nameMembers({locale: 'en', policy, members: [member]});
    expect(named).toMatchObject({rule: '+Departments', role_rule: 'r2', change: null});
    for (const broken of ['', '{', '[]', '{"memberships":{"rules":{}}}', 'null']) {
        expect(nameMembers({locale: 'en', policy: broken, members: [member]}).members[0]).toMatchObject({rule: 'r1'});
    }
    expect(nameMembers({locale: 'ko', policy, members: [{...member, change: failed}]}).members[0]!.change!.error).toMatchObject({message: '팀의 인원이 가득 찼습니다.'});
});

test('the table for an auditor says what the directory says, what Mattermost has, and why, and no cell is a formula', () => {
    const {text} = membersCsv({locale: 'en', header: true, policy, members: [
        member, {...member, username: 'kim', is_member: false, is_admin: false, standing: 'missing', promoted_by: '', change: failed}, {...member, standing: 'by_hand', rule_id: '', is_admin: false},
    ]});
    expect(text.split('\r\n')).toEqual([
        '\ufeff"Status","Directory","Mattermost","Display name","Email address","Username","Account","Rule","Admin by rule","Open change","Object ID","Account ID"',
        '"added by the sync","member","member and admin","\'@이 ""민수""","lee@corp.example","\'=lee","active","\'+Departments","r2","","o1","a1"',
        '"not added yet","member","not a member","\'@이 ""민수""","lee@corp.example","kim","active","\'+Departments","","join (failed); the rule “Departments” applies; The team is full.","o1","a1"',
        '"added by someone else; no rule applies","not a member","member","\'@이 ""민수""","lee@corp.example","\'=lee","active","","r2","","o1","a1"',
        '',
    ]);
    expect(membersCsv({locale: 'ko', header: false, policy, members: standings.map((standing) => ({...member, standing}))}).text.split('\r\n')).toHaveLength(standings.length + 1);
    expect(membersCsv({locale: 'ko', header: false, policy, members: []}).text).toBe('');
});

test('nothing is said about why where nothing is open', () => {
    expect(whyText('en', member)).toBe('');
});
