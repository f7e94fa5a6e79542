import * as fc from 'fast-check';

import {sanitizeText} from './sanitize';

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';
const entraSecret = 'aB38Q~inventedInventedInvented.inventedInv';

test.each([
    ['a bearer token', `Authorization: Bearer ${jwt} was refused`, jwt],
    ['a bearer token behind another script', '토큰Bearer abcdefghijklmnop12', 'abcdefghijklmnop12'],
    ['a token alone', `token ${jwt}`, jwt],
    ['a client secret of Entra', `secret was ${entraSecret}, wrong`, entraSecret],
    ['a form with a secret', 'client_id=a&client_secret=hunter2&scope=x', 'hunter2'],
    ['a client assertion', 'client_assertion: "abc.def"', 'abc.def'],
    ['a password', '{"password":"hunter2"}', 'hunter2'],
    ['the sign-in of a proxy', 'proxyconnect http://me:hunter2@proxy.example:3128', 'hunter2'],
    ['a page token', 'GET /v1.0/users?$skiptoken=RFNwdAoAAQ', 'RFNwdAoAAQ'],
    ['a long secret', 'value c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0MQ== refused', 'c2VjcmV0'],
])('%s is removed', (_, text, secret) => {
    expect(sanitizeText(text)).not.toContain(secret);
    expect(sanitizeText(text)).toContain('[removed]');
});

test.each([
    'AADSTS90002: Tenant 0000aaaa-11bb-cccc-dd22-eeeeee333333 not found.',
    'dial tcp: lookup login.microsoftonline.com: no such host',
    'Basic authentication is disabled.',
    'Insufficient privileges to complete the operation.',
    '비밀번호가 너무 짧습니다',
])('%s stays', (text) => {
    expect(sanitizeText(text)).toBe(text);
});

test('any text becomes one short line, and a token in it never survives', () => {
    fc.assert(fc.property(fc.string(), fc.string(), fc.nat(9000), (before, after, length) => {
        const line = sanitizeText(`${before} ${' x'.repeat(length)} ${jwt} ${after}`);
        expect(Array.from(line).length).toBeLessThanOrEqual(301);
        expect(line).not.toMatch(/[\u0000-\u001f\u007f]/);
        expect(line).not.toContain('eyJhbGci');
    }));
});
