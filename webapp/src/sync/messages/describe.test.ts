import * as fc from 'fast-check';

import {errorCodes, type ErrorCode, type Fault} from '../errors';

import {describe as describeFaults} from './describe';
import {localeOf, translate} from './translate';

function described(locale: string, fault: Fault) {
    return describeFaults({locale, faults: [fault]}).faults[0]!;
}

test.each([
    ['ko', 'ko'], ['ko-KR', 'ko'], ['KO_kr', 'ko'], ['ko,en;q=0.8', 'ko'], ['en,ko', 'en'], ['en', 'en'], ['de', 'en'], ['kok', 'en'], ['', 'en'], [undefined, 'en'], [7, 'en'],
])('the locale %p reads %s', (locale, expected) => {
    expect(localeOf(locale)).toBe(expected);
});

test('a fault keeps its facts beside the words', () => {
    const fault: Fault = {code: 'secret_expired', raw: {status: 401, code: 'AADSTS7000222', trace_id: '0000aaaa-11bb-cccc-dd22-eeeeee333333'}};
    expect(described('ko', fault)).toEqual({
        ...fault,
        message: '클라이언트 암호가 만료되었습니다.',
        hint: expect.stringContaining('새 클라이언트 암호를 만드세요'),
    });
});

test('consent names the permission, who grants it and that a new token is needed', () => {
    const {hint} = described('en', {code: 'consent_missing'});
    expect(hint).toMatch(/User\.Read\.All.*Privileged Role Administrator.*Grant admin consent.*next token/);
});

test('a problem chooses the words of its variant, an unknown one those of the code', () => {
    expect(described('en', {code: 'network', params: {problem: 'dns'}}).message).toBe('The host name of the Microsoft service cannot be resolved.');
    expect(described('en', {code: 'network', params: {problem: 'unheard_of'}}).message).toBe('Microsoft cannot be reached over the network.');
});

test('settings and fields are named in the language of the reader', () => {
    expect(described('ko', {code: 'setting_missing', path: 'ClientSecret'}).message).toBe('‘클라이언트 암호’ 설정이 비어 있습니다.');
    expect(described('en', {code: 'field_invalid', params: {field: 'first_name'}}).message).toContain('“first name”');
    expect(described('en', {code: 'field_invalid', params: {field: 'of_another_version'}}).message).toContain('“of_another_version”');
});

test('a code of another version reads as internal and stays visible', () => {
    expect(described('en', {code: 'gone_code' as ErrorCode})).toMatchObject({code: 'internal', raw: {code: 'gone_code'}});
});

test('a missing value leaves a gap, not a placeholder', () => {
    expect(described('en', {code: 'person_not_found'}).message).toContain('“…”');
});

test('a value is put in once, on one line and not endlessly', () => {
    expect(translate('en', 'command.suggestion', {suggestion: '{suggestion}\r\n{user}'})).toBe('Did you mean {suggestion} {user}?');
    expect(translate('en', 'command.suggestion', {suggestion: '😀'.repeat(5000)})).toBe(`Did you mean ${'😀'.repeat(1000)}…?`);
    expect(translate('en', 'error.person_not_found.message', JSON.parse('{"__proto__": {"user": "x"}}'))).toContain('“…”');
});

test('any fault can be described', () => {
    const fault = fc.record({
        code: fc.constantFrom(...errorCodes),
        params: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer())),
        path: fc.string(),
    });
    fc.assert(fc.property(fc.constantFrom('en', 'ko'), fault, (locale, anyFault) => {
        const {message, hint} = described(locale, anyFault);
        expect(message).not.toBe('');
        expect(hint).not.toMatch(/[\r\n]/);
    }));
});
