import fc from 'fast-check';

import {compilePattern} from '../policy/pattern';

import {Patterns} from './pattern_set';

const atom = fc.constantFrom('a', 'K', 's', '김', 'é', 'ß', '.', '\\w', '\\d', '\\b', '\\B', '^', '$', '\\A', '\\z', '[a-k]', '[^k]', '\\pL', '\\x{1F600}', '(?i)k', '(?-i:K)', '\\n', '(?m:^a$)', '(?s:.)', '\\PN', '');
const pattern = fc.letrec<{pattern: string}>((tie) => ({
    pattern: fc.oneof({depthSize: 'small', maxDepth: 4}, atom,
        fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => left + right),
        fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `${left}|${right}`),
        fc.tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}?')).map(([inner, times]) => `(${inner})${times}`)),
})).pattern;
const patterns = fc.array(fc.record({pattern, isCaseSensitive: fc.boolean()}), {minLength: 1, maxLength: 12});
const text = fc.string({unit: fc.constantFrom('a', 'k', 'K', '\u212A', 's', 'ſ', 'ς', '김', 'É', 'e', '1', '\n', ' ', '😀', '\uD800'), maxLength: 8});

/** For each user, read one after the other, which of the patterns match. */
function foundTogether(list: {pattern: string; isCaseSensitive: boolean}[], people: (string | string[])[]): boolean[][] {
    const value = {key: 'city true', text: '' as string | string[]};
    const all = new Patterns();
    const tests = list.map((one) => all.add(value, one.pattern, one.isCaseSensitive));
    return people.map((person) => {
        value.text = person;
        return tests.map((test) => test());
    });
}

test('patterns that are looked for together are found as each alone', () => {
    fc.assert(fc.property(patterns, fc.array(fc.oneof(text, fc.array(text, {maxLength: 3})), {minLength: 1, maxLength: 4}), (list, people) => {
        const alone = list.map((one) => compilePattern(one.pattern, one.isCaseSensitive));
        expect(foundTogether(list, people)).toEqual(people.map((person) => alone.map((one) => [person].flat().some((each) => each !== '' && one.test(each)))));
    }), {numRuns: 400});
});

test('patterns that are too large for one pass are found as well', () => {
    const list = Array.from({length: 40}, (_, at) => ({pattern: `${at}[a-z]{400}x${at}$`, isCaseSensitive: true}));
    const people = [7, 39, 40].map((number) => `${number}${'q'.repeat(400)}x${number}`);
    const numbersOf = (found: boolean[][]) => found.map((row) => row.flatMap((is, at) => (is ? [at] : [])));
    expect(numbersOf(foundTogether(list, people))).toEqual([[7], [39], []]);
});

test('each attribute has patterns of its own', () => {
    const [city, state] = [{key: 'city true', text: 'Seoul'}, {key: 'state true', text: 'Busan'}];
    const all = new Patterns();
    const tests = [all.add(city, 'seoul', false), all.add(state, 'seoul', false), all.add(state, 'busan', false)];
    expect(tests.map((one) => one())).toEqual([true, false, true]);
});
