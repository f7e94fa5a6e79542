import fc from 'fast-check';

import {parsePolicy} from '../policy/parse';
import {anyAccounts, anyAccountsPolicy, anyPeople} from '../testing/matchings';
import {account, directoryUser, objectId} from '../testing/people';
import type {Account, DirectoryUser} from '../types';

import {AccountsByKey, indexAccounts} from './account_index';
import {Claims} from './claims';
import {lookupKeys} from './lookup_keys';
import {matchPerson, type Match} from './match';
import {mapperFor} from './other_emails';
import {matchCriteria} from './criteria';

interface World {
    users: DirectoryUser[];
    accounts: Account[];
    accounts_policy: object;
}

const world: fc.Arbitrary<World> = fc.record({users: anyPeople, accounts: anyAccounts, accounts_policy: anyAccountsPolicy});

function shuffled<T>(list: T[]): fc.Arbitrary<T[]> {
    return fc.shuffledSubarray(list, {minLength: list.length, maxLength: list.length});
}

function prepare({users, accounts, accounts_policy}: World) {
    const policy = parsePolicy({accounts: accounts_policy}).policy!;
    const persons = users.map(mapperFor(policy));
    const claims = new Claims(policy.accounts);
    persons.forEach((person) => claims.add(person));
    const rules = matchCriteria(policy.accounts, claims, (object_id) => users.some(({id}) => id === object_id));
    return {persons, rules, index: indexAccounts(accounts, rules.auth_service)};
}

/** The decision about each enabled user, by object id. */
function matches(given: World): Map<string, Match> {
    const {persons, rules, index} = prepare(given);
    return new Map(persons.filter(({is_enabled}) => is_enabled !== false).map((person) => [person.object_id, matchPerson(person, index, rules)]));
}

function sorted(found: Map<string, Match>): [string, Match][] {
    return [...found].sort(([one], [other]) => (one < other ? -1 : 1));
}

test('the order of users and accounts decides nothing', () => {
    const twice = world.chain((given) => fc.tuple(fc.constant(given), shuffled(given.users), shuffled(given.accounts)));
    fc.assert(fc.property(twice, ([given, users, accounts]) => {
        expect(sorted(matches({...given, users, accounts}))).toEqual(sorted(matches(given)));
    }));
});

test('no two users get one account', () => {
    fc.assert(fc.property(world, (given) => {
        const owned = [...matches(given).values()].flatMap((match) => (match.kind === 'matched' ? [match.account.id] : []));
        expect(new Set(owned).size).toBe(owned.length);
    }), {numRuns: 500});
});

test('a linked user gets the linked account or none', () => {
    fc.assert(fc.property(world, (given) => {
        for (const [object_id, match] of matches(given)) {
            const linked = given.accounts.find(({linked_object_id}) => linked_object_id === object_id);
            if (linked) {
                expect(match).toMatchObject({account: {id: linked.id}});
            }
        }
    }));
});

test('an account changes hands only when its owner is gone and the policy says so', () => {
    fc.assert(fc.property(world, (given) => {
        for (const [object_id, match] of matches(given)) {
            const owner = match.kind === 'matched' ? match.account.linked_object_id : '';
            if (owner !== '' && owner !== object_id) {
                expect(given.accounts_policy).toMatchObject({recreated: 'relink'});
                expect(given.users.map(({id}) => id)).not.toContain(owner);
                expect(match).toMatchObject({relinked_from: owner});
            }
        }
    }), {numRuns: 500});
});

test('a conflict with another user or account names that one, never the user', () => {
    fc.assert(fc.property(world, (given) => {
        for (const [object_id, match] of matches(given)) {
            if (match.kind === 'conflict' && match.reason !== 'other_sign_in_method') {
                const {other_object_id, other_account_id} = match.params as Record<string, string>;
                expect([object_id, '']).not.toContain(other_object_id ?? other_account_id);
                expect(match.account?.id ?? 'none').not.toBe(other_account_id);
            }
        }
    }));
});

test('blank keys find nothing, whatever accounts there are', () => {
    const blank = directoryUser(1, {mail: '', userPrincipalName: null, otherMails: ['', ' '], proxyAddresses: ['smtp:', 'SMTP: ']});
    const blankAccount = account('blank', {email: '', username: '', auth_service: 'office365', auth_data: '', linked_object_id: ''});
    fc.assert(fc.property(anyAccountsPolicy, anyAccounts, fc.constantFrom(blank, {...blank, id: ''}), (accounts_policy, others, user) => {
        const accounts = [blankAccount, ...others.filter(({linked_object_id}) => linked_object_id !== user.id)];
        expect([...matches({users: [user], accounts, accounts_policy}).values()]).toEqual([{kind: 'none'}]);
    }));
});

test('every account that can decide is requested', () => {
    fc.assert(fc.property(world, (given) => {
        const {persons, rules} = prepare(given);
        const keys = lookupKeys(persons, rules);
        const found = given.accounts.filter(({linked_object_id, email, username, auth_data}) => (
            keys.object_ids.includes(linked_object_id) || keys.emails.includes(email) || keys.usernames.includes(username) ||
            (keys.auth_service !== '' && keys.auth_data.includes(auth_data))));
        expect(matches({...given, accounts: found})).toEqual(matches(given));
        expect(Object.values(keys).flat().filter((key) => key === '')).toEqual(keys.auth_service === '' ? [''] : []);
    }));
});

test('only the keys of the policy are requested', () => {
    const {persons, rules} = prepare({users: [directoryUser(1, {otherMails: ['other@example.com']})], accounts: [], accounts_policy: {}});
    expect(lookupKeys(persons, rules)).toEqual({object_ids: [objectId(1)], emails: ['person1@example.com'], usernames: [], auth_data: [], auth_service: ''});
});

test('a key of several accounts gives them in the order of their ids', () => {
    const index = new AccountsByKey();
    ['c', 'a', 'b'].forEach((id) => index.add('key', account(id)));
    expect([index.get('key')!.id, index.isShared('key'), index.all('key').map(({id}) => id)]).toEqual(['a', true, ['a', 'b', 'c']]);
    expect([index.get(''), index.isShared(''), index.all('')]).toEqual([undefined, false, []]);
});
