import {countsText, momentText, rawText} from './run_words';

const ms = Date.UTC(2026, 10, 22, 18, 0, 59);

test.each([
    [ms, undefined, '2026-11-22 18:00 UTC'],
    [ms, 540, '2026-11-23 03:00 UTC+09:00'],
    [ms, -210, '2026-11-22 14:30 UTC-03:30'],
    [8.64e15, 60, '…'],
    [NaN, 0, '…'],
])('the moment %p at %p reads %s', (moment, offset, text) => {
    expect(momentText(moment, offset)).toBe(text);
});

test('counts leave the zeros out', () => {
    expect(countsText('en', {directory: 9, created: 3, failed: 1, unchanged: 5})).toBe('3 created, 1 failed');
    expect(countsText('en', {updated: 1234, conflicts: 1})).toBe('1,234 updated, 1 conflict');
    expect(countsText('ko', {unchanged: 5})).toBe('변경 없음 5');
    expect(countsText('en', null)).toBe('0 unchanged');
});

test('counts name memberships after accounts, and not at all where there are none', () => {
    const counts = {created: 1, joined: 1200, left: 2, promoted: 1, demoted: 3, held: 4};
    expect(countsText('en', counts)).toBe('1 created, 1,200 joined, 2 left, 1 promoted, 3 demoted, 4 held');
    expect(countsText('ko', counts)).toBe('생성 1, 참여 1,200, 나감 2, 관리자 지정 1, 관리자 해제 3, 보류 4');
    expect(countsText('en', {joined: 0, left: 0, unchanged: 2})).toBe('2 unchanged');
});

test('a response is on one line', () => {
    expect(rawText({code: 'AADSTS90002', status: 400, trace_id: 'abc'})).toBe('AADSTS90002 · 400 · Trace ID abc');
    expect(rawText(undefined)).toBe('');
});
