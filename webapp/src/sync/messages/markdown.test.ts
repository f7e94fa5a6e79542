import * as fc from 'fast-check';

import {code, escapeOwnText, escapeText, table} from './markdown';

const hostile = [
    '@all @channel', '[click](http://evil.example)', '![x](http://evil.example/a.png)', '`break` out', 'a | b', '# title', '**bold**', '~town-square',
    '<http://evil.example>', 'www.evil.example', '&#64;all', ':smile:', '$x$', 'a\n- b\n> c', '\u202egnp.exe', '```\ncode\n```', '\\`x\\`',
];

const text = fc.oneof(fc.constantFrom(...hostile), fc.string({unit: 'binary'}), fc.array(fc.constantFrom(...hostile)).map((parts) => parts.join('')));

test.each([
    ['Lee', '`Lee`'],
    ['  ', '–'],
    ['a`b|c\r\nd', '`a\'b¦c d`'],
    ['\u202eevil\u200b', '`evil`'],
    ['x'.repeat(600), `\`${'x'.repeat(500)}…\``],
])('%j as code', (value, expected) => {
    expect(code(value)).toBe(expected);
});

test('no value leaves its code span or its table cell', () => {
    fc.assert(fc.property(text, (value) => {
        expect(code(value)).toMatch(/^(–|`[^`|\r\n]*[^`|\r\n ]`)$/);
    }));
});

test.each([
    ['@all', '@\u200ball'],
    ['see http://evil.example', 'see http:\u200b//evil.example'],
    ['[x](y)', '\\[x\\]\\(y\\)'],
    ['<b>', '‹b›'],
    ['www.evil.example', 'www\u200b.evil.example'],
    ['&#64;all', '&\u200b#\u200b64;all'],
    ['Detail: fine', 'Detail: fine'],
])('%j is escaped', (value, expected) => {
    expect(escapeText(value)).toBe(expected);
});

test('no sentence keeps a sign that Mattermost would act on', () => {
    fc.assert(fc.property(text, (value) => {
        const rest = escapeText(value).replace(/\\[\\`*_{}[\]()~!]/g, '');
        expect(rest).not.toMatch(/[\\`*_{}[\]()~!|<>$\r\n]/);
        expect(rest).not.toMatch(/[@#:&][^\s\u200b]/);
        expect(rest).not.toMatch(/www\./i);
    }));
});

test('addresses in our own sentences stay links', () => {
    expect(escapeOwnText('Enter 0 3 * * * or see https://docs.example.com/a-b')).toBe('Enter 0 3 \\* \\* \\* or see https://docs.example.com/a-b');
});

test('a table has a head, a line and its rows', () => {
    expect(table(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
});
