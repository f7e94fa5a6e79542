import fc from 'fast-check';

import {mapPerson} from '../mapping/person';
import {directoryUser, objectId} from '../testing/people';

import {Claims} from './claims';

/** Claims of users who all have one email address. */
function sharing(numbers: number[]): Claims {
    const claims = new Claims({sign_in: {method: 'random_password'}, matching: ['link']});
    numbers.forEach((number) => claims.add(mapPerson(directoryUser(number, {mail: 'shared@example.com'}))));
    return claims;
}

test('of many holders of a key the first other one is named, in whatever order they came', () => {
    fc.assert(fc.property(fc.array(fc.integer({min: 1, max: 9}), {maxLength: 20}), fc.integer({min: 1, max: 9}), (numbers, me) => {
        const others = numbers.filter((number) => number !== me);
        const expected = others.length === 0 ? '' : objectId(Math.min(...others));
        expect(sharing(numbers).otherThan(objectId(me), 'email', 'shared@example.com')).toBe(expected);
    }));
});

test('no user has a blank key, or a key that the policy leaves out', () => {
    const claims = sharing([1, 2]);
    claims.add(mapPerson(directoryUser(3, {mail: '', userPrincipalName: ''})));
    expect(claims.otherThan(objectId(4), 'email', '')).toBe('');
    expect(claims.otherThan(objectId(4), 'other_mails', 'shared@example.com')).toBe('');
    expect(claims.otherThan(objectId(4), 'username', 'shared')).toBe('');
});
