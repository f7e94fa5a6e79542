import fc from 'fast-check';

import {NameFinder} from './name_finder';

const letters = fc.string({unit: fc.constantFrom('a', 'b', '김', '민'), maxLength: 6});

test('finds a name exactly when one is part of the text', () => {
    fc.assert(fc.property(fc.array(letters), letters, (names, text) => {
        const found = new NameFinder(names, (name) => name).find(text);
        expect(found !== null).toBe(names.some((name) => name !== '' && text.includes(name)));
        expect(found === null || text.includes(found)).toBe(true);
    }));
});

test('gives the name as it was written, not as it is compared', () => {
    expect(new NameFinder(['KIM'], (name) => name.toLowerCase()).find('minsu kim')).toBe('KIM');
});
