import {documentOf, partOf, textOf, unshowable, withPart} from './policy_document';

test.each([
    ['an object', {version: 1}, {version: 1}],
    ['its text', '{"version":1}', {version: 1}],
    ['nothing', undefined, {}],
    ['null', null, {}],
    ['blank text', '  ', {}],
    ['broken text', '{"version":', null],
    ['a list', [1], null],
    ['the text of a list', '[1]', null],
    ['a number', 7, null],
])('the document in %s', (_, value, expected) => {
    expect(documentOf(value)).toEqual(expected);
});

test('a part that is missing is undefined, and one below something that is not an object cannot be shown', () => {
    expect(partOf({scope: {guests: true}}, ['scope', 'guests'])).toBe(true);
    expect(partOf({scope: {}}, ['scope', 'allow', 'upn'])).toBeUndefined();
    expect(partOf({scope: 'everyone'}, ['scope', 'guests'])).toBe(unshowable);
});

test('a change keeps every other part of the document, and the old document', () => {
    const document = {version: 1, scope: {guests: true, later: {kept: 1}}, guard: {share: 0.05}};

    const changed = withPart(document, ['scope', 'allow', 'display_name_contains'], ['Kim']);

    expect(changed).toEqual({version: 1, scope: {guests: true, allow: {display_name_contains: ['Kim']}, later: {kept: 1}}, guard: {share: 0.05}});
    expect(document.scope).toEqual({guests: true, later: {kept: 1}});
});

test('a part that is taken out leaves no empty objects behind', () => {
    const document = {version: 1, scope: {allow: {upn: ['a@example.com']}}};

    expect(withPart(document, ['scope', 'allow', 'upn'], undefined)).toEqual({version: 1});
    expect(withPart({scope: {guests: true, allow: {upn: []}}}, ['scope', 'allow', 'upn'], undefined)).toEqual({scope: {guests: true}});
    expect(withPart({version: 1}, ['scope', 'guests'], undefined)).toEqual({version: 1});
});

test('text is laid out when it is a document and left alone when it is not', () => {
    expect(textOf({version: 1})).toBe('{\n  "version": 1\n}');
    expect(textOf('{"version":')).toBe('{"version":');
    expect(textOf([1])).toBe('[\n  1\n]');
});
