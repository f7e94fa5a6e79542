import {documentOf, formOf, textOf, withForm} from './policy_document';

const empty = {names: [], everyone: false, guests: false, method: 'random_password', service: 'office365'};

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

test('an empty document shows the defaults', () => {
    expect(formOf({})).toEqual(empty);
});

test('a whole document shows its parts', () => {
    const document = {
        scope: {allow: {display_name_contains: ['Lee']}, everyone: true, guests: true},
        accounts: {sign_in: {method: 'single_sign_on', service: 'saml'}},
    };
    expect(formOf(document)).toEqual({names: ['Lee'], everyone: true, guests: true, method: 'single_sign_on', service: 'saml'});
});

test.each([
    [{scope: 'everyone'}],
    [{scope: {allow: ['Lee']}}],
    [{scope: {allow: {display_name_contains: 'Lee'}}}],
    [{scope: {allow: {display_name_contains: [1]}}}],
    [{scope: {everyone: 'yes'}}],
    [{scope: {guests: 1}}],
    [{accounts: {sign_in: 'saml'}}],
    [{accounts: {sign_in: {method: 'magic'}}}],
    [{accounts: {sign_in: {method: 'single_sign_on', service: 'magic'}}}],
])('the form does not pretend to show %j', (document) => {
    expect(formOf(document)).toBeNull();
});

test('a change keeps every other part of the document, and the old document', () => {
    const document = {version: 1, scope: {guests: true, later: {kept: 1}}, guard: {share: 0.05}};

    const changed = withForm(document, {names: ['Kim'], everyone: false});

    expect(changed).toEqual({version: 1, scope: {guests: true, everyone: false, allow: {display_name_contains: ['Kim']}, later: {kept: 1}}, guard: {share: 0.05}});
    expect(document.scope).toEqual({guests: true, later: {kept: 1}});
});

test('a service belongs to single sign-on only', () => {
    const sso = withForm({}, {method: 'single_sign_on'});
    expect(sso).toEqual({accounts: {sign_in: {method: 'single_sign_on', service: 'office365'}}});

    const openid = withForm(sso, {service: 'openid'});
    expect(openid).toEqual({accounts: {sign_in: {method: 'single_sign_on', service: 'openid'}}});

    expect(withForm(openid, {method: 'initial_password'})).toEqual({accounts: {sign_in: {method: 'initial_password'}}});
});

test('text is laid out when it is a document and left alone when it is not', () => {
    expect(textOf({version: 1})).toBe('{\n  "version": 1\n}');
    expect(textOf('{"version":')).toBe('{"version":');
    expect(textOf([1])).toBe('[\n  1\n]');
});
