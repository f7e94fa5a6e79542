import fc from 'fast-check';

import type {Account, DirectoryUser} from '../types';

import {account, directoryUser, objectId} from './people';

/* People, accounts and policies whose keys collide often, and as often fit one to one. */

const NUMBERS = [1, 2, 3, 4, 5, 6];

/** The own address of each user, and some that several users have or that are not allowed. */
function emailOf(number: number): fc.Arbitrary<string | null> {
    return fc.oneof(
        {weight: 5, arbitrary: fc.constant(`Person${number}@example.com`)},
        {weight: 2, arbitrary: fc.constantFrom(...NUMBERS.map((other) => `person${other}@example.com`))},
        {weight: 1, arbitrary: fc.constantFrom('person1@example.org', '김@example.com', 'broken', '', null)},
    );
}

function userOf(number: number): fc.Arbitrary<DirectoryUser> {
    const others = fc.array(emailOf(number), {maxLength: 2});
    return fc.record({
        mail: emailOf(number),
        userPrincipalName: emailOf(number),
        otherMails: others,
        proxyAddresses: others.map((list) => list.map((address, at) => `${at === 0 ? 'SMTP' : 'smtp'}:${address}`)),
        accountEnabled: fc.constantFrom(true, true, true, true, false),
    }).map((attributes) => directoryUser(number, attributes));
}

/** At most six users, each object id once. */
export const anyPeople: fc.Arbitrary<DirectoryUser[]> = fc.shuffledSubarray(NUMBERS).chain((numbers) => fc.tuple(...numbers.map(userOf)));

/** Mattermost keeps ids, emails, usernames and auth data unique, the plugin's table keeps object ids unique. */
export const anyAccounts: fc.Arbitrary<Account[]> = fc.array(fc.record({
    email: fc.constantFrom(...NUMBERS.map((number) => `person${number}@example.com`), 'person1@example.org', '김@example.com', 'x@example.com'),
    email_verified: fc.boolean(),
    username: fc.constantFrom(...NUMBERS.map((number) => `person${number}`), 'user_u', 'someone', 'somebody'),
    linked_object_id: rarely(objectId(1), objectId(2), objectId(99)),
    auth_data: rarely(objectId(3), objectId(4), objectId(99)),
    auth_service: fc.constantFrom('office365', 'saml'),
    delete_at: fc.integer({min: 0, max: 9}).map((at) => (at === 9 ? 1 : 0)),
    is_bot: fc.integer({min: 0, max: 9}).map((at) => at === 9),
}), {minLength: 3, maxLength: 9}).map((list) => uniqueAccounts(list.map((fields, at) => account(`old${at}`, {
    ...fields, auth_service: fields.auth_data === '' ? '' : fields.auth_service,
}))));

function rarely(...values: string[]): fc.Arbitrary<string> {
    return fc.oneof({weight: 3, arbitrary: fc.constant('')}, {weight: 1, arbitrary: fc.constantFrom(...values)});
}

function uniqueAccounts(list: Account[]): Account[] {
    const seen = new Set<string>();
    return list.filter(({email: address, username, linked_object_id, auth_data}) => {
        const keys = [address, username, linked_object_id && `link ${linked_object_id}`, auth_data && `auth ${auth_data}`].filter((key) => key !== '');
        const isNew = keys.every((key) => !seen.has(key));
        if (isNew) {
            keys.forEach((key) => seen.add(key));
        }
        return isNew;
    });
}

/** The part `accounts` of a policy; every one of these is valid. */
export const anyAccountsPolicy: fc.Arbitrary<object> = fc.record({
    sign_in: fc.constantFrom(
        {method: 'random_password'}, {method: 'random_password'}, {method: 'single_sign_on', service: 'office365'}, {method: 'single_sign_on', service: 'saml'}),
    matching: fc.shuffledSubarray(['auth_data', 'email', 'other_mails', 'username']).map((keys) => ['link', ...keys]),
    adopt: fc.record({enabled: fc.constantFrom(true, true, false), verified_email_only: fc.boolean()}, {requiredKeys: []}),
    recreated: fc.constantFrom('conflict', 'relink'),
}, {requiredKeys: []});
