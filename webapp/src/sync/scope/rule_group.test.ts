import fc from 'fast-check';

import {NONE, RuleGroup} from './rule_group';

const values = fc.array(fc.oneof(fc.string({unit: fc.constantFrom('1', ':', '[', ']', 'a'), maxLength: 4}), fc.array(fc.constantFrom('1', '1:1', ''), {maxLength: 3})), {minLength: 2, maxLength: 2});

test('an answer is kept for the same values only, whatever they contain', () => {
    fc.assert(fc.property(fc.array(values, {minLength: 1, maxLength: 8}), (people) => {
        const slots = [{key: 'a', text: '' as string | string[]}, {key: 'b', text: '' as string | string[]}];
        const group = new RuleGroup(slots);
        const wanted = JSON.stringify(people[0]);
        group.add(3, () => JSON.stringify(slots.map(({text}) => text)) === wanted);
        for (const person of [...people, ...people]) {
            slots.forEach((slot, at) => (slot.text = person[at]!));
            expect(group.first()).toBe(JSON.stringify(person) === wanted ? 3 : NONE);
        }
    }));
});

describe('asks its rules', () => {
    function asked(textOf: (number: number) => string): number {
        const slot = {key: 'a', text: ''};
        let count = 0;
        let wrong = 0;
        const group = new RuleGroup([slot]);
        group.add(0, () => {
            count++;
            return slot.text.endsWith('7');
        });
        for (let number = 0; number < 30_000; number++) {
            slot.text = textOf(number);
            wrong += group.first() === (slot.text.endsWith('7') ? 0 : NONE) ? 0 : 1;
        }
        expect(wrong).toBe(0);
        return count;
    }

    test('once for each value of an attribute that has few', () => {
        expect(asked((number) => String(number % 100))).toBe(100);
    });

    test('for each user if values are never repeated', () => {
        expect(asked(String)).toBe(30_000);
    });

    test('again for values that came long ago, without keeping everything', () => {
        expect(asked((number) => String(Math.floor(number / 3)))).toBeLessThan(11_000);
    });
});
