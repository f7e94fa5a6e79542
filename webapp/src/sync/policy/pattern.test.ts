import fc from 'fast-check';

import {compilePattern, patternFault} from './pattern';

test.each([
    ['(', 2, 'missing closing )'],
    ['a(b)c(d', 8, 'missing closing )'],
    ['a)b', 2, 'unexpected )'],
    ['[)]a)', 5, 'unexpected )'],
    ['a**', 2, 'invalid nested repetition operator'],
    ['[**]a**', 6, 'invalid nested repetition operator'],
    ['*', 1, 'missing argument to repetition operator'],
    ['[z-a]', 2, 'invalid character class range'],
    ['ab[c', 3, 'missing closing ]'],
    ['a{1001}', 2, 'invalid repeat count'],
    ['(?<x', 1, 'invalid named capture'],
    ['(a)\\1', 4, 'invalid escape sequence'],
    ['abc\\', 5, 'trailing backslash at end of expression'],
])('%s is refused at %i: %s', (pattern, position, detail) => {
    expect(patternFault(pattern)).toEqual({position, detail});
});

test('whatever is typed is a pattern or has a fault within it', () => {
    const signs = fc.constantFrom('a', 'b', '(', ')', '[', ']', '*', '+', '?', '{', '}', '1', ',', '\\', '|', '^', '$', '.', '-', 'p', 'd', '<', 'P', '김', '\ud83d');
    fc.assert(fc.property(fc.string({unit: signs, maxLength: 12}), (pattern) => {
        const fault = patternFault(pattern);
        if (fault) {
            expect(fault.position).toBeGreaterThanOrEqual(1);
            expect(fault.position).toBeLessThanOrEqual(pattern.length + 1);
        } else {
            compilePattern(pattern, false).test('a김b');
        }
    }));
});

// A machine that tries one way after another needs more steps for this than there are atoms.
test.each(['^(a+)+$', '^(a|a)*$', '(x+x+)+y', '^(([a-z])+.)+[A-Z]([a-z])+$'])('%s needs time linear in the text', (pattern) => {
    expect(compilePattern(pattern, true).test(`${'a'.repeat(20_000)}${'x'.repeat(20_000)}!`)).toBe(false);
});
