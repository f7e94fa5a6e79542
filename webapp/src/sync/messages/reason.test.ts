import {reasonText} from './reason';

test('a reason is told with its numbers', () => {
    expect(reasonText('en', {reason: 'grace_period', reason_params: {days: 14}})).toContain('14 days');
    expect(reasonText('ko', {reason: 'grace_period', reason_params: {days: 14}})).toContain('14일');
});

test('the other side of a conflict is named', () => {
    expect(reasonText('en', {reason: 'recreated', reason_params: {other_object_id: 'old-id'}})).
        toBe('account belongs to an object ID that the directory no longer has (old-id)');
    expect(reasonText('ko', {reason: 'several_accounts', reason_params: {other_account_id: 'abc', other_username: 'mina'}})).
        toBe('여러 계정이 이 디렉터리 사용자와 일치함 (@mina, abc)');
});

test('a reason without anything else is its sentence, and an unknown one its name', () => {
    expect(reasonText('en', {reason: 'bot_account', reason_params: null})).toBe('account is a bot');
    expect(reasonText('en', {reason: 'bot_account'})).toBe('account is a bot');
    expect(reasonText('en', {reason: 'from_the_future' as never})).toBe('from_the_future');
});
