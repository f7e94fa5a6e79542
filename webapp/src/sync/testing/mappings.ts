import fc from 'fast-check';

import {mappableAttributes} from '../policy/source';

/* Mappings as an administrator may write them: every one of these is valid. */

const attribute = fc.constantFrom('displayName', 'givenName', 'surname', 'department', 'mail', 'otherMails', ...mappableAttributes);
const placeholder = fc.tuple(attribute, fc.constantFrom('', '?')).map(([name, mark]) => `{${name}${mark}}`);
const words = fc.string({unit: fc.constantFrom('a', ' ', '(', ')', '.', '{{', '}}', '김', '👩', '\u0301', '\ud800'), maxLength: 5});
const template = fc.tuple(words, placeholder, words, placeholder, words).map((parts) => parts.join(''));
const pattern = fc.constantFrom('(a*)', '[^ ]+', '(.*)@(.*)', 'x*', '^.', '(?i)kim|(lee)', '\\p{L}', '\\b', '$', '(a+)+', '.{0,3}');
const replacement = fc.constantFrom('', '-', '$1', '$&$&', '$$', '$9', '\\', '👩', '\ud83d', '\u0301', 'abc');

export const anyStep: fc.Arbitrary<object> = fc.oneof(
    fc.record({step: fc.constant('match'), pattern, group: fc.constantFrom(0), otherwise: fc.constantFrom('keep', 'empty')}, {requiredKeys: ['step', 'pattern']}),
    fc.record({step: fc.constant('replace'), text: fc.constantFrom('a', ' ', '@', '.', '\udc69'), with: replacement}),
    fc.record({step: fc.constant('replace_pattern'), pattern, with: replacement}),
    fc.constantFrom({step: 'lower'}, {step: 'upper'}, {step: 'trim'}, {step: 'strip_accents'}, {step: 'transliterate'}),
    fc.record({step: fc.constant('truncate'), length: fc.integer({min: 1, max: 40})}),
);

const parts = {
    sources: fc.array(fc.oneof(attribute, template), {minLength: 1, maxLength: 4}),
    join: fc.record({separator: fc.constantFrom('', ' ', ' / ', '\u200d')}),
    transform: fc.array(anyStep, {maxLength: 5}),
};
const choice = fc.constantFrom('always', 'on_create', 'when_empty');
const keptField = fc.record({...parts, when: choice}, {requiredKeys: []});
const addressField = fc.record({...parts, when: fc.constantFrom('always', 'on_create')}, {requiredKeys: []});
const sourcedField = fc.record({...parts, when: choice}, {requiredKeys: ['sources']});

export const anyMapping: fc.Arbitrary<object> = fc.record({
    username: addressField,
    email: addressField,
    nickname: keptField,
    first_name: keptField,
    last_name: keptField,
    position: keptField,
    locale: keptField,
    timezone: sourcedField,
    auth_data: fc.record(parts, {requiredKeys: []}),
    attributes: fc.dictionary(fc.constantFrom('Team', 'Badge', 'Büro', 'toString'), sourcedField),
}, {requiredKeys: []});
