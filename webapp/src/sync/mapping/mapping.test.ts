import fc from 'fast-check';

import {packPerson, unpackPerson} from './packed';
import {mapPerson, type Person} from './person';
import {cleanText, cutText} from './text';
import {isUsernameCut, usernameCandidates, usernameOf} from './username';

const anyText = fc.string({unit: 'binary', maxLength: 200});
const awkward = fc.string({
    unit: fc.constantFrom('a', ' ', '가', '\u1100', '\u1161', '\u0301', '\u200d', '\ufe0f', '👩', '🏽', '🇰', '🇷', '\u202e', '\n', '\u0000', '\ud800', '\ufeff'),
    maxLength: 150,
});
const name = fc.oneof(anyText, awkward);

describe('a cleaned text', () => {
    test('fits, has no blanks around it and no half, hidden or control character', () => {
        fc.assert(fc.property(name, fc.integer({min: 1, max: 128}), (text, max) => {
            const cleaned = cleanText(text, max);
            expect(Array.from(cleaned).length).toBeLessThanOrEqual(max);
            expect(cleaned).toBe(cleaned.trim());
            expect(cleaned).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/);
            expect(cleaned).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
        }));
    });

    test('is in form C', () => {
        fc.assert(fc.property(fc.string({unit: fc.constantFrom('a', 'é', '김', '\u1100', '\u1161', '\u0301', 'ö', ' '), maxLength: 29}), (text) => {
            const cleaned = cleanText(text, 64);
            expect(cleaned).toBe(cleaned.normalize('NFC'));
        }));
    });

    test('keeps an ordinary name as it is', () => {
        fc.assert(fc.property(fc.string({unit: 'grapheme-ascii', minLength: 1, maxLength: 64}), (text) => {
            expect(cleanText(text, 64)).toBe(text.trim());
        }));
    });
});

test('a cut text is a beginning of the text', () => {
    fc.assert(fc.property(fc.string({unit: 'grapheme', maxLength: 80}), fc.integer({min: 1, max: 70}), (text, max) => {
        const cut = cutText(text, max);
        expect(text.startsWith(cut)).toBe(true);
        expect(cut.endsWith('\u200d')).toBe(text.endsWith('\u200d') && cut === text);
    }));
});

describe('a username', () => {
    const valid = /^[a-z][a-z0-9._-]{2,21}$/;

    test('is valid for any email', () => {
        fc.assert(fc.property(name, (email) => {
            expect(usernameOf(email)).toMatch(valid);
        }));
    });

    test('of a username is the username itself', () => {
        fc.assert(fc.property(name, (email) => {
            const username = usernameOf(email);
            expect(usernameOf(username)).toBe(username);
            expect(isUsernameCut(username)).toBe(false);
        }));
    });

    test('has only valid candidates, each of them once', () => {
        fc.assert(fc.property(name, fc.array(fc.double({min: 0, max: 0.9999999999, noNaN: true}), {maxLength: 2}), (email, fractions) => {
            const candidates = usernameCandidates(usernameOf(email), [...new Set(fractions)]);
            candidates.forEach((candidate) => expect(candidate).toMatch(valid));
            expect(new Set(candidates.slice(0, 5)).size).toBe(5);
        }));
    });
});

test('a user survives being packed', () => {
    const attribute = fc.option(fc.oneof(name, fc.constant(undefined)), {nil: null});
    const user = fc.record({
        id: fc.oneof(fc.uuid(), name),
        displayName: attribute,
        givenName: attribute,
        surname: attribute,
        jobTitle: attribute,
        mail: fc.oneof(attribute, fc.emailAddress()),
        userPrincipalName: attribute,
        preferredLanguage: fc.constantFrom(null, 'ko-KR', 'xx'),
        accountEnabled: fc.constantFrom(true, false, null, undefined),
    });
    fc.assert(fc.property(user, (attributes) => {
        const person: Person = mapPerson(attributes);
        expect(unpackPerson(packPerson(person))).toEqual(person);
    }));
});
