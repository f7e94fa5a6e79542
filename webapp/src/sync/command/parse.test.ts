import * as fc from 'fast-check';

import {errorCodes} from '../errors';
import {commandWords} from '../lists';

import {parseCommand} from './parse';

test.each<[string, string, string]>([
    ['/entrasync status', 'status', ''],
    ['/entrasync', 'help', ''],
    ['  /EntraSync \t  SYNC  ', 'sync', ''],
    ['history', 'history', ''],
    ['/entrasync help user', 'help', ''],
    ['/entrasync 도움말', 'help', ''],
    ['/entrasync\u3000status', 'status', ''],
    ['/entrasync user lee@example.com', 'user', 'lee@example.com'],
    ['/entrasync user "Lee@Example.com"', 'user', 'Lee@Example.com'],
    ['/entrasync user “lee@example.com”', 'user', 'lee@example.com'],
    ['/entrasync user o\'brien@example.com', 'user', 'o\'brien@example.com'],
    ['/entrasync user <mailto:lee@example.com>', 'user', 'lee@example.com'],
    ['/entrasync user \u200blee@example.com', 'user', 'lee@example.com'],
    ['/entrasync user guest_gmail.com#EXT#@contoso.onmicrosoft.com', 'user', 'guest_gmail.com#EXT#@contoso.onmicrosoft.com'],
])('%j is understood', (text, word, user) => {
    expect(parseCommand({text})).toEqual({word, user, fault: null});
});

test.each([
    ['/entrasync user', '/entrasync user someone@example.com'],
    ['/entrasync user ""', '/entrasync user someone@example.com'],
    ['/entrasync user lee@example.com kim@example.com', '/entrasync user someone@example.com'],
    [`/entrasync user ${'x'.repeat(300)}`, '/entrasync user someone@example.com'],
    ['/entrasync sync everybody', '/entrasync sync'],
])('%j shows how it is written', (text, usage) => {
    expect(parseCommand({text})).toEqual({word: '', user: '', fault: {code: 'command_usage', params: {usage}}});
});

test.each([
    ['stauts', '/entrasync status'],
    ['synk', '/entrasync sync'],
    ['prev', '/entrasync preview'],
    ['cancle', '/entrasync cancel'],
    ['HISTROY', '/entrasync history'],
    ['constructor', undefined],
    ['x', undefined],
    ['뭐야', undefined],
    ['status'.repeat(1000), undefined],
])('%s suggests %s', (typed, suggestion) => {
    const {fault} = parseCommand({text: `/entrasync ${typed}`});
    expect(fault).toEqual({code: 'command_unknown', params: {word: typed, ...(suggestion && {suggestion})}});
});

test('any text is a known word or a fault, never an exception', () => {
    fc.assert(fc.property(fc.oneof(fc.string({unit: 'binary'}), fc.string().map((tail) => `/entrasync ${tail}`)), (text) => {
        const {word, fault} = parseCommand({text});
        expect(fault ? errorCodes : commandWords).toContain(fault ? fault.code : word);
    }));
});
