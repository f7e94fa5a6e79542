import {parsePolicy} from '../../sync/policy/parse';

import {tableFields, attributeNames, defaultRule, shownRule, whensOf, withoutRule, withRulePart, type FieldKey} from './field_rules';
import {isKnownStep, newStep, patternTrouble, stepKinds} from './step_kinds';

const nickname: FieldKey = {kind: 'field', name: 'nickname'};
const timezone: FieldKey = {kind: 'field', name: 'timezone'};
const team: FieldKey = {kind: 'attribute', name: 'Team A'};

test('defaults and choices are those of the policy', () => {
    expect(Object.fromEntries(tableFields.map((name) => [name, defaultRule({kind: 'field', name}).sources]))).toEqual({
        username: ['mail', 'userPrincipalName'], email: ['mail', 'userPrincipalName'], nickname: ['displayName'], first_name: ['givenName'], last_name: ['surname'],
        position: ['jobTitle'], locale: ['preferredLanguage'], timezone: [], auth_data: ['id'],
    });
    expect(Object.fromEntries(tableFields.map((name) => [name, whensOf({kind: 'field', name}).join()]))).toEqual({
        username: 'on_create,always', email: 'always,on_create', nickname: 'always,on_create,when_empty', first_name: 'always,on_create,when_empty',
        last_name: 'always,on_create,when_empty', position: 'always,on_create,when_empty', locale: 'on_create,always,when_empty',
        timezone: 'on_create,always,when_empty', auth_data: 'on_create,always',
    });
    expect(whensOf(team)).toEqual(['always', 'on_create', 'when_empty']);
    expect(defaultRule(team)).toEqual({sources: [], transform: [], when: 'always'});
});

test('a part is set beside the others, and taken out when it is as by default', () => {
    const document = {version: 1, mapping: {position: {when: 'on_create'}, nickname: {later: 1}}};

    const changed = withRulePart(document, nickname, 'sources', ['mail']);
    expect(changed).toEqual({version: 1, mapping: {position: {when: 'on_create'}, nickname: {later: 1, sources: ['mail']}}});
    expect(withRulePart(changed, nickname, 'sources', ['displayName'])).toEqual(document);
    expect(withRulePart({mapping: {nickname: {when: 'on_create'}}}, nickname, 'when', 'always')).toEqual({});
    expect(withRulePart({mapping: {nickname: {transform: [{step: 'lower'}]}}}, nickname, 'transform', [])).toEqual({});
    expect(withRulePart({mapping: {nickname: {join: {separator: ''}}}}, nickname, 'join', undefined)).toEqual({});
    expect(withRulePart({}, nickname, 'join', {separator: ''})).toEqual({mapping: {nickname: {join: {separator: ''}}}});
    expect(withoutRule({mapping: {attributes: {'Team A': {sources: ['city']}}}}, team)).toEqual({});
});

test('what the document says is shown, and defaults where it says nothing', () => {
    expect(shownRule({}, nickname)).toEqual({sources: ['displayName'], separator: undefined, steps: [], when: 'always', isSet: false});
    expect(shownRule({}, timezone)).toMatchObject({sources: [], when: 'on_create', isSet: false});
    expect(shownRule({mapping: {nickname: {sources: ['mail'], join: {separator: '-'}, transform: [{step: 'new'}], when: 'when_empty'}}}, nickname)).toEqual(
        {sources: ['mail'], separator: '-', steps: [{step: 'new'}], when: 'when_empty', isSet: true});
});

test.each([
    [{mapping: 'x'}, {sources: null, separator: null, steps: null, when: null}],
    [{mapping: {nickname: ['mail']}}, {sources: null, separator: null, steps: null, when: null}],
    [{mapping: {nickname: {sources: 'mail'}}}, {sources: null, separator: undefined, steps: []}],
    [{mapping: {nickname: {sources: [7]}}}, {sources: null}],
    [{mapping: {nickname: {join: '-'}}}, {sources: ['displayName'], separator: null}],
    [{mapping: {nickname: {transform: [{kind: 'lower'}]}}}, {steps: null, when: 'always'}],
    [{mapping: {nickname: {when: 'never'}}}, {steps: [], when: null}],
])('%j crashes nothing', (document, shown) => {
    expect(shownRule(document, nickname)).toMatchObject({...shown, isSet: true});
});

test('attributes are those of the document, if it has any', () => {
    expect(attributeNames({})).toEqual([]);
    expect(attributeNames({mapping: {attributes: {B: {}, A: {}}}})).toEqual(['B', 'A']);
    expect(attributeNames({mapping: {attributes: []}})).toBeNull();
    expect(attributeNames({mapping: 1})).toBeNull();
});

test('every kind of step can be shown, and those that lack nothing are valid as they begin', () => {
    expect(stepKinds.filter((kind) => !isKnownStep(newStep(kind)))).toEqual([]);
    const valid = stepKinds.filter((kind) => parsePolicy({mapping: {nickname: {transform: [newStep(kind)]}}}).policy);
    expect(valid).toEqual(['lower', 'upper', 'trim', 'strip_accents', 'transliterate', 'truncate']);
    expect(isKnownStep({step: 'match', pattern: 'a', group: 1, otherwise: 'empty'} as never)).toBe(true);
});

test.each([{step: 'reverse'}, {step: 'lower', more: 1}, {step: 'replace', text: 'a'}, {step: 'truncate', length: '3'}, {step: 'match', pattern: 'a', group: 'x'}, {step: 'toString'}])(
    '%j cannot be shown', (step) => {
        expect(isKnownStep(step)).toBe(false);
    });

test('an error in a pattern is shown with its position', () => {
    expect(patternTrouble('^a(b)$')).toBeNull();
    expect(patternTrouble('')).toEqual({kind: 'missing'});
    expect(patternTrouble('x'.repeat(257))).toEqual({kind: 'too_long'});
    expect(patternTrouble('ab)')).toEqual({kind: 'wrong', position: 3, detail: 'unexpected )'});
});
