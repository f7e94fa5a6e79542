import * as fc from 'fast-check';

import {csvColumns} from '../lists';
import type {Change} from '../types';

import {changesCsv} from './csv';

const change: Change = {
    seq: 1,
    object_id: '0000aaaa-11bb-cccc-dd22-eeeeee333333',
    account_id: 'abc',
    email: 'lee@example.com',
    username: 'lee',
    display_name: '이 "민수", 팀장',
    action: 'update',
    status: 'failed',
    reason: 'attributes_changed',
    fields: [{field: 'nickname', from: 'Lee', to: '이민수'}, {field: 'position', from: '', to: '=1+1'}],
    error: {code: 'email_taken', raw: {code: 'app.user.save.email_exists.app_error'}},
};

/** A strict reader of RFC 4180 in which every cell is quoted and every line ends. */
function rowsOf(csv: string): string[][] {
    const rows: string[][] = [[]];
    let read = 0;
    for (const [whole, quoted = '', end] of csv.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)) {
        read += whole.length;
        rows.at(-1)?.push(quoted.replace(/""/g, '"'));
        if (end === '\r\n') {
            rows.push([]);
        }
    }
    expect(read).toBe(csv.length);
    return rows.slice(0, -1);
}

test('a conflict names the other side', () => {
    const conflict: Change = {...change, reason: 'recreated', reason_params: {other_object_id: 'old-id'}};
    const [row] = rowsOf(changesCsv({locale: 'en', header: false, changes: [conflict]}).text);
    expect(row![2]).toBe('account is linked to an object ID that is no longer in the directory (old-id)');
});

test('the first piece has the byte order mark and a head in the language of the reader', () => {
    const {text} = changesCsv({locale: 'ko', header: true, changes: [change]});
    expect(text.startsWith('\ufeff"작업","상태","사유","표시 이름",')).toBe(true);
    expect(changesCsv({locale: 'ko', header: false, changes: [change]}).text.startsWith('"업데이트","실패",')).toBe(true);
    expect(changesCsv({locale: 'ko', header: false, changes: []}).text).toBe('');
});

test('a change becomes one line of quoted cells', () => {
    expect(changesCsv({locale: 'en', header: false, changes: [change]}).text).toBe(
        '"update","failed","attributes changed in the directory","이 ""민수"", 팀장","lee@example.com","lee",' +
        '"0000aaaa-11bb-cccc-dd22-eeeeee333333","abc","nickname: Lee → 이민수; position: =1+1",' +
        '"Another account already uses this email address. · app.user.save.email_exists.app_error","","","","",""\r\n',
    );
});

test('a reason says what it waits for, and which rule decided', () => {
    const reason_params = {reads: 1, needed: 2, rule_kind: 'email_domain', rule_value: 'hanbit.example', rule_path: 'Policy.scope.allow.email_domain[0]'};
    const {text} = changesCsv({locale: 'ko', header: false, changes: [{...change, reason: 'missing_waits', reason_params}]});
    expect(text).toContain('"전체 디렉터리 읽기 2회 중 1회에서 보이지 않아 아직 계정을 활성 상태로 유지함; 범위에 포함: 이메일 도메인: ‘hanbit.example’"');
});

test('a member of another version stays as it is', () => {
    const newer = {...change, reason: 'constructor', action: 'merge'} as unknown as Change;
    expect(changesCsv({locale: 'ko', header: false, changes: [newer]}).text).toMatch(/^"merge","실패","constructor",/);
});

test.each(['=HYPERLINK("http://evil.example")', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1', '\u200b=1'])('%j is not a formula', (name) => {
    const {text} = changesCsv({locale: 'en', header: false, changes: [{...change, display_name: name}]});
    expect(text).toContain(`"'${name.replace(/"/g, '""')}"`);
});

test('whatever the directory sends, no cell begins like a formula and no cell breaks out', () => {
    const start = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ' =', '"', '","=', '\u00a0@', '');
    const name = fc.tuple(start, fc.string({unit: 'binary'})).map((parts) => parts.join(''));
    fc.assert(fc.property(name, name, (display_name, email) => {
        const {text} = changesCsv({locale: 'en', header: false, changes: [{...change, display_name, email}, change]});
        const rows = rowsOf(text);
        expect(rows.map((cells) => cells.length)).toEqual([csvColumns.length, csvColumns.length]);
        for (const cell of rows.flat()) {
            expect(cell).not.toMatch(/^[\u0000-\u0020\u00a0]*[=+\-@]/);
            expect(cell).not.toMatch(/^[\t\r\n]/);
        }
        expect(rows[0]?.[3]?.endsWith(display_name)).toBe(true);
    }));
});

test('a membership has its team or channel, the team of the channel, and the rule in columns of their own, none of them a formula', () => {
    const reason_params = {target_kind: 'channel', target_id: 'c1', target_name: '=HYPERLINK("x")', team_name: '@Company', rule_id: 'r1', rule_value: '+rule'};
    const [row] = rowsOf(changesCsv({locale: 'en', header: false, changes: [{...change, action: 'join', status: 'done', reason: 'wanted_by_rule', reason_params, fields: [], error: null}]}).text);
    expect(row!.slice(-5)).toEqual(['channel', '\'=HYPERLINK("x")', '\'@Company', 'c1', '\'+rule']);
    expect(row![2]).toBe('the rule “+rule” applies');
});

test('a line about a team or channel as a whole has no user', () => {
    const reason_params = {target_kind: 'team', target_id: '', target_name: 'Projects', rule_id: 'r1'};
    const whole: Change = {...change, object_id: '', account_id: '', email: '', username: '', display_name: '', action: 'skip', status: 'planned', reason_params, fields: [], error: null};
    const [row] = rowsOf(changesCsv({locale: 'en', header: false, changes: [whole]}).text);
    expect(row!.slice(3, 8)).toEqual(['', '', '', '', '']);
    expect(row!.slice(-5)).toEqual(['team', 'Projects', '', '', 'r1']);
});
