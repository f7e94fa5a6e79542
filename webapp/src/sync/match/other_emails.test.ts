import {packPerson, unpackPerson} from '../mapping/packed';
import {parsePolicy} from '../policy/parse';
import {directoryUser} from '../testing/people';
import type {DirectoryUser} from '../types';

import {mapperFor, matchingAttributes} from './other_emails';

const byDefault = parsePolicy('').policy!;
const byOthers = parsePolicy({accounts: {matching: ['link', 'other_mails']}}).policy!;

function othersOf(attributes: Partial<DirectoryUser>): readonly string[] | undefined {
    return mapperFor(byOthers)(directoryUser(1, attributes)).other_emails;
}

test('other addresses are read only where the policy matches by them', () => {
    expect([matchingAttributes(byDefault.accounts), matchingAttributes(byOthers.accounts)]).toEqual([[], ['otherMails', 'proxyAddresses']]);
    expect(mapperFor(byDefault)(directoryUser(1, {otherMails: ['b@example.com']}))).not.toHaveProperty('other_emails');
});

test('both attributes give each valid address once, in lower case and the same order', () => {
    const expected = ['a@example.com', 'b@example.com', 'c@example.com'];
    expect(othersOf({otherMails: [' B@Example.com', 'c@example.com'], proxyAddresses: ['smtp:a@example.com', 'SMTP:b@example.com']})).toEqual(expected);
    expect(othersOf({otherMails: ['c@example.com', 'b@example.com'], proxyAddresses: ['SMTP:B@example.com', 'Smtp:A@example.com']})).toEqual(expected);
});

test.each<[string, Partial<DirectoryUser>]>([
    ['not read', {}],
    ['empty', {otherMails: [], proxyAddresses: null}],
    ['of other kinds', {proxyAddresses: ['sip:a@example.com', 'x500:/o=example', 'EUM:1', 'a@example.com', 'smtp:']}],
    ['no lists of texts', {otherMails: 'a@example.com', proxyAddresses: [{smtp: 'a@example.com'}, null, 7]}],
    ['no addresses', {otherMails: ['a@', 'a,b@example.com', 'a@exa mple.com', 'a\u0000@example.com', '']}],
])('addresses that are %s are none', (_, attributes) => {
    expect(othersOf(attributes)).toBeUndefined();
});

test('a list without end is cut', () => {
    const many = Array.from({length: 10_000}, (_, at) => `a${at}@example.com`);
    expect(othersOf({otherMails: many})).toHaveLength(400);
});

test('other addresses survive being packed', () => {
    const person = mapperFor(byOthers)(directoryUser(1, {otherMails: ['b@example.com', 'a@example.com']}));
    expect(unpackPerson(packPerson(person)).other_emails).toEqual(['a@example.com', 'b@example.com']);
});
