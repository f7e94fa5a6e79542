import {isOpen} from '../approval/approvable';
import {parseCommand} from '../command/parse';
import {classify} from '../faults/classify';
import {makeMapper} from '../mapping/mapper';
import {mapPerson, type Person} from '../mapping/person';
import {profileDifferences, profileOf, profileOfNew} from '../mapping/profile';
import {timeZoneOf} from '../mapping/time_zone';
import {usernameCandidates, usernameOf} from '../mapping/username';
import {indexAccounts} from '../match/account_index';
import {Claims} from '../match/claims';
import {matchPerson} from '../match/match';
import {mapperFor} from '../match/other_emails';
import {describe} from '../messages/describe';
import {objectIdOf} from '../object_id';
import {decisionCriteria, type DecisionCriteria} from '../plan/criteria';
import {decide, fieldsOfNew} from '../plan/decide';
import type {Mapping} from '../policy/mapping';
import {parsePolicy} from '../policy/parse';
import type {Policy} from '../policy/policy';
import {changesCsv} from '../report/csv';
import {makeJudge} from '../scope/judge';
import {groupMembersOf} from '../scope/group_members';
import type {Account, AttributeField, DirectoryUser, ServerRules, SignInService, StoredAttribute} from '../types';

import {decideMembership, placements, targetNames, wanted} from './membership_cases';
import {openServer} from './open_server';

/** One person against some accounts. What is left out is empty. */
interface PersonCase {
    user: DirectoryUser;
    accounts?: Partial<Account>[];

    /** The policy's part about accounts; `auth_service` is a shorter way to write single sign-on. */
    accounts_policy?: object;
    auth_service?: SignInService | '';

    /** All other users in scope. */
    others?: DirectoryUser[];

    /** Object ids that the directory no longer has. */
    gone?: string[];
    duplicate_object_ids?: string[];
    is_ambiguous?: boolean;
    same?: string[];
    mapping?: object;
    lifecycle?: object;
    scope?: object;

    /** What the server says about itself; left out, it refuses nothing and has every sign-in method. */
    server?: Partial<ServerRules>;

    /** Milliseconds since 1970. */
    now?: number;
}

const ACCOUNT: Account = {
    id: '',
    username: '',
    email: '',
    email_verified: true,
    nickname: '',
    first_name: '',
    last_name: '',
    position: '',
    locale: '',
    timezone: '',
    auth_service: '',
    auth_data: '',
    delete_at: 0,
    updated_at: 0,
    is_bot: false,
    is_remote: false,
    roles: 'system_user',
    is_last_admin: false,
    linked_object_id: '',
    departure: null,
    scope_values: '',
};

/* eslint-disable @typescript-eslint/no-explicit-any -- each file of cases has its own input */
const functions: Record<string, (input: any) => unknown> = {
    parse_policy: parsePolicy,
    judge: ({policy, groups = {}, user}) => makeJudge(parsePolicy(policy).policy!.scope, groupMembersOf(groups))(user),
    username: ({email}) => usernameOf(email),
    username_candidates: ({name, fractions}) => usernameCandidates(name, fractions),
    map_person: mapPerson,
    map_with: ({mapping, user}) => makeMapper(mappingOf(mapping))(user),
    profile: profileCase,
    time_zone: timeZoneOf,
    match: matchOf,
    decide: decisionOf,
    fields_of_new: ({username, ...input}) => fieldsOfNew(personOf(input), username),
    classify,
    describe,
    parse_command: parseCommand,
    changes_csv: changesCsv,
    object_id: objectIdOf,
    is_open: ({mode, ...change}) => isOpen(change, mode),
    decide_membership: decideMembership,
    target_names: targetNames,
    placements,
    wanted_targets: wanted,
};
/* eslint-enable @typescript-eslint/no-explicit-any */

/**
 * Runs one case of a file in this folder: `{function, cases: [{name, input, expected}]}`. Jest walks the files under Node,
 * a Go test in goja, so that a rule has one answer in both.
 */
export function runCase({function: name, input}: {function: string; input: unknown}): unknown {
    const called = functions[name];
    if (!called) {
        throw new Error(`no cases can be written for ${name}`);
    }
    return called(input) ?? null;
}

function matchOf(input: PersonCase): unknown {
    const match = matchPerson(personOf(input), indexOf(input), criteriaOf(input));
    return match.kind === 'none' ? match : {...match, account: match.account?.id ?? null};
}

function decisionOf(input: PersonCase): unknown {
    const decision = decide(personOf(input), indexOf(input), criteriaOf(input));
    if (!('account' in decision)) {
        return decision;
    }
    const {account, ...rest} = decision;
    return {...rest, account: account?.id ?? null, addresses: 'addresses' in rest && rest.addresses.length > 0 ? rest.addresses : undefined};
}

/** The attributes of an account that has `stored`, or of a new one. */
function profileCase({fields, stored, ...input}: PersonCase & {fields: AttributeField[]; stored?: StoredAttribute[]}): unknown {
    const profile = profileOf(mappingOf(input.mapping), fields);
    const changes = stored ? profileDifferences(personOf(input), profile, stored) : profileOfNew(personOf(input), profile);
    return {...changes, fault: profile.fault};
}

function personOf(input: PersonCase): Person {
    return shortMapperFor(policyOf(input))(input.user);
}

/** Cases are easier to read with `id-1` in place of an object id. */
const SHORT_ID = /^id-\d$/;
const OBJECT_ID = '00000000-0000-4000-8000-000000000000';

function shortMapperFor(policy: Policy): (user: DirectoryUser) => Person {
    const map = mapperFor(policy);
    return (user) => (SHORT_ID.test(user.id) ? {...map({...user, id: OBJECT_ID}), object_id: user.id} : map(user));
}

function mappingOf(mapping: object = {}): Mapping {
    return parsePolicy({mapping}).policy!.mapping;
}

function indexOf({accounts = [], auth_service = ''}: PersonCase) {
    return indexAccounts(accounts.map((account) => ({...ACCOUNT, ...account})), auth_service);
}

function criteriaOf(input: PersonCase): DecisionCriteria {
    const {user, others = [], gone = [], duplicate_object_ids = [], is_ambiguous = false, same = [], now = 0, server = {}} = input;
    const policy = policyOf(input);
    const claims = new Claims(policy.accounts);
    [user, ...others].map(shortMapperFor(policy)).forEach((person) => claims.add(person));
    return decisionCriteria(policy, {
        claims,
        server: openServer(server),
        isKnown: (object_id) => !gone.includes(object_id),
        duplicate_object_ids: new Set(duplicate_object_ids),
        is_ambiguous,
        same: new Set(same),
        now,
        counts_absence: true,
        asks_admin: false,
    });
}

function policyOf({accounts_policy = {}, auth_service = '', mapping = {}, lifecycle = {}, scope = {}}: PersonCase): Policy {
    const sign_in = auth_service === '' ? {} : {sign_in: {method: 'single_sign_on', service: auth_service}};
    return parsePolicy({mapping, lifecycle, scope, accounts: {...sign_in, ...accounts_policy}}).policy!;
}
