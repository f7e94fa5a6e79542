import {kindText, targetOf, targetText} from './target';

const channel = {kind: 'channel', id: 'c1', name: 'Sales', team: 'Company'};

test.each([
    ['a channel and its team', channel, 'Sales (channel of Company)', 'Sales(Company 팀의 채널)'],
    ['a channel of which the team is not known', {...channel, team: ''}, 'Sales (channel)', 'Sales(채널)'],
    ['a team', {...channel, kind: 'team', team: ''}, 'Sales (team)', 'Sales(팀)'],
    ['a system role', {...channel, kind: 'system_role', name: '', id: 'system_manager'}, 'system_manager (system role)', 'system_manager(시스템 역할)'],
    ['a kind of another version', {...channel, kind: 'constructor'}, 'Sales', 'Sales'],
])('%s is named with its kind', (_, target, english, korean) => {
    expect(targetText('en', target)).toBe(english);
    expect(targetText('ko', target)).toBe(korean);
});

test('names are escaped for where they are shown, once', () => {
    expect(targetText('en', channel, {escape: (value) => `<${value}>`})).toBe('<Sales> (channel of <Company>)');
});

test('a line about an account has no target, and a rule without a name has its ID', () => {
    expect(targetOf({reason_params: {rule_value: 'Interns'}})).toBeNull();
    expect(targetOf({reason_params: null})).toBeNull();
    expect(targetOf({reason_params: {target_kind: 'team', target_id: 't1', rule_id: 'r1'}})).toEqual({kind: 'team', id: 't1', name: '', team: '', rule: 'r1'});
    expect(kindText('en', 'system_role')).toBe('system role');
});
