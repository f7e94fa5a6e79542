import fc from 'fast-check';

import {MAX_VALUE, type FieldRule, type Mapping, type Step} from '../policy/mapping';
import {parsePolicy} from '../policy/parse';
import {mappableAttributes} from '../policy/source';
import {objectId} from '../testing/people';
import {anyMapping, anyStep} from '../testing/mappings';
import type {DirectoryUser, TextField} from '../types';

import {transliterateToAscii} from './ascii';
import {mappingAttributes} from './attributes';
import {makeMapper} from './mapper';
import {packPerson, unpackPerson} from './packed';
import {authDataOf, mapPerson, MAX_LENGTH, type Person} from './person';
import {cutBytes} from './text';
import {timeZoneOf} from './time_zone';
import {compileSteps} from './transform';
import {updatedAddresses, updatedFields} from './when';

const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const text = fc.oneof(
    fc.constantFrom('Kim Minsu', '김민수', 'José', '👩‍👩‍👧', 'kim@example.com', '', ' ', '\ud800', '\u0301', '{displayName}', '$1'),
    fc.string({unit: 'binary', maxLength: 300}),
);

/** Whatever JSON can hold, at each attribute that a policy may name. */
const hostileUser = fc.dictionary(
    fc.constantFrom(...mappableAttributes.map((name) => name.split('.')[0]!)),
    fc.oneof({weight: 4, arbitrary: text}, fc.constant(null), fc.array(text, {maxLength: 3}), fc.jsonValue() as fc.Arbitrary<unknown>),
).map((attributes) => attributes as DirectoryUser);

function mappingOf(mapping: object): Mapping {
    const {policy, faults} = parsePolicy({mapping});
    expect(faults).toEqual([]);
    return policy!.mapping;
}

function length(value: string | undefined): number {
    return Array.from(value ?? '').length;
}

test('whatever the mapping and the user are, every value fits Mattermost', () => {
    fc.assert(fc.property(anyMapping, hostileUser, (mapping, user) => {
        const person = makeMapper(mappingOf(mapping))(user);
        for (const [field, max] of Object.entries(MAX_LENGTH) as [TextField, number][]) {
            expect(length(person[field])).toBeLessThanOrEqual(max);
            expect(person[field] ?? '').not.toMatch(HALF);
            expect(person[field]).toBe(person[field]?.trim());
        }
        expect(length(person.email)).toBeLessThanOrEqual(128);
        expect(person.email).not.toMatch(HALF);
        expect(person.username_letters ?? 'a').toMatch(/^[a-z0-9._-]+$/);
        expect(person.locale).toMatch(/^([a-z]{2}(-[A-Z]{2})?)?$/);
        expect(person.timezone ?? '').toBe(timeZoneOf(person.timezone ?? ''));
        expect(Buffer.byteLength(person.auth_data ?? '')).toBeLessThanOrEqual(128);
        expect(person.auth_data ?? '').not.toMatch(HALF);
        for (const value of person.attributes ?? []) {
            expect(Buffer.byteLength(value ?? '')).toBeLessThanOrEqual(64);
            expect(value ?? '').not.toMatch(HALF);
            expect(value).toBe(value && value.trim());
        }
    }));
});

test('whatever the mapping is, no JSON throws, and the same user maps the same', () => {
    fc.assert(fc.property(anyMapping, fc.oneof(hostileUser, fc.jsonValue().filter((value) => value !== null)), (mapping, user) => {
        const map = makeMapper(mappingOf(mapping));
        expect(map(user as DirectoryUser)).toEqual(map(user as DirectoryUser));
    }));
});

test('a mapped text maps to itself', () => {
    const rule = mappingOf({position: {}});
    fc.assert(fc.property(text, (jobTitle) => {
        const {position} = makeMapper(rule)({id: '1', jobTitle});
        expect(makeMapper(rule)({id: '1', jobTitle: position}).position).toBe(position);
    }));
});

test('what is transliterated is ASCII and stays as it is', () => {
    fc.assert(fc.property(text, (start) => {
        const ascii = transliterateToAscii(start);
        expect(ascii).toMatch(/^[ -~]*$/);
        expect(transliterateToAscii(ascii)).toBe(ascii);
    }));
});

test('what fits an attribute is a beginning of the text', () => {
    fc.assert(fc.property(fc.string({unit: 'grapheme', maxLength: 80}), fc.integer({min: 1, max: 70}), (whole, max) => {
        const cut = cutBytes(whole, max);
        expect(whole.startsWith(cut)).toBe(true);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(max);
    }));
});

test('a mapped user survives being packed', () => {
    fc.assert(fc.property(anyMapping, hostileUser, (mapping, user) => {
        const person: Person = makeMapper(mappingOf(mapping))(user);
        expect(unpackPerson(packPerson(person))).toEqual(person);
    }));
});

test('the default sources written out map as the default does', () => {
    const written = mappingOf({nickname: {}, first_name: {}, last_name: {}, position: {}, locale: {}});
    const user = fc.record({id: fc.constant('id'), displayName: text, givenName: text, surname: text, jobTitle: text, preferredLanguage: text, mail: text});
    fc.assert(fc.property(user, (attributes) => {
        expect(makeMapper(written)(attributes)).toEqual(mapPerson(attributes));
    }));
});

test('a policy without a mapping takes the default way itself', () => {
    expect(makeMapper(mappingOf({}))).toBe(mapPerson);
});

test('steps never let a text grow beyond its bound', () => {
    const steps: Step[] = Array.from({length: 20}, () => ({step: 'replace', text: 'a', with: 'aaaa'}));
    expect(compileSteps(steps)('a')).toHaveLength(MAX_VALUE);
    fc.assert(fc.property(fc.array(anyStep, {maxLength: 20}), text, (some, start) => {
        const {transform} = mappingOf({nickname: {transform: some}}).nickname as FieldRule;
        expect(length(compileSteps(transform)(start))).toBeLessThanOrEqual(MAX_VALUE);
    }));
});

test('a pattern that would hang another engine ends at once', () => {
    const {transform} = mappingOf({nickname: {transform: [{step: 'match', pattern: '^(a+)+$', otherwise: 'empty'}]}}).nickname as FieldRule;
    expect(compileSteps(transform)(`${'a'.repeat(1000)}b`)).toBe('');
});

describe('what is asked of the directory', () => {
    test('is what the default needs', () => {
        expect(mappingAttributes({})).toEqual([
            'id', 'displayName', 'givenName', 'surname', 'jobTitle', 'mail', 'userPrincipalName', 'preferredLanguage', 'accountEnabled', 'userType',
        ]);
    });

    test('holds each attribute of the mapping, extension attributes by the object that holds them', () => {
        const mapping = mappingOf({
            nickname: {sources: ['{displayName} ({department?})', 'department']},
            position: {sources: ['onPremisesExtensionAttributes.extensionAttribute1', 'onPremisesExtensionAttributes.extensionAttribute2']},
        });
        expect(new Set(mappingAttributes(mapping).slice(10))).toEqual(new Set(['displayName', 'department', 'onPremisesExtensionAttributes']));
    });

    test('holds what user attributes are made of', () => {
        expect(mappingAttributes(mappingOf({attributes: {Team: {sources: ['department']}, Badge: {sources: ['employeeId']}}})).slice(10)).toEqual(['department', 'employeeId']);
    });
});

test('updates write what may be written later', () => {
    expect(updatedFields({}).map(({field}) => field)).toEqual(['nickname', 'first_name', 'last_name', 'position']);
    expect(updatedFields(mappingOf({nickname: {when: 'when_empty'}, position: {when: 'on_create'}}))).toEqual([
        {field: 'nickname', only_empty: true, clears: true}, {field: 'first_name', only_empty: false, clears: true}, {field: 'last_name', only_empty: false, clears: true},
    ]);
    expect(updatedFields(mappingOf({locale: {when: 'always'}, timezone: {sources: ['city'], when: 'when_empty'}})).slice(4)).toEqual([
        {field: 'locale', only_empty: false, clears: false}, {field: 'timezone', only_empty: true, clears: false},
    ]);
});

test('an address follows the directory unless the policy says otherwise, a username when it says so', () => {
    expect(updatedAddresses({})).toEqual({email: true, username: false, auth_data: false});
    expect(updatedAddresses(mappingOf({email: {}, username: {}}))).toEqual({email: true, username: false, auth_data: false});
    expect(updatedAddresses(mappingOf({email: {when: 'on_create'}, username: {when: 'always'}}))).toEqual({email: false, username: true, auth_data: false});
});

test('users sign in by their object id unless the policy says otherwise', () => {
    const person = {id: objectId(1), employeeId: 'K-7'};
    expect(authDataOf(mapPerson(person))).toBe(objectId(1));
    expect(authDataOf(makeMapper(mappingOf({auth_data: {}}))(person))).toBe(objectId(1));
    expect(authDataOf(makeMapper(mappingOf({auth_data: {sources: ['employeeId']}}))(person))).toBe('K-7');
});
