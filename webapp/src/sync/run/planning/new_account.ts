import {authDataOf, type Person} from '../../mapping/person';
import type {Policy} from '../../policy/policy';
import type {AttributeValue, NewAccount} from '../../types';

/** The new account of a user. */
export function newAccount(person: Person, username: string, attributes: AttributeValue[], sign_in: Policy['accounts']['sign_in']): NewAccount {
    return {
        object_id: person.object_id,
        username,
        email: person.email,
        nickname: person.nickname ?? '',
        first_name: person.first_name ?? '',
        last_name: person.last_name ?? '',
        position: person.position ?? '',
        locale: person.locale,
        timezone: person.timezone ?? '',
        attributes,
        sign_in: sign_in.method === 'single_sign_on' ? {...sign_in, auth_data: authDataOf(person)} : sign_in,
    };
}
