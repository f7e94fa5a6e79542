import type {Account, DirectoryUser} from '../types';

/** An invented directory user; `number` makes the keys, `attributes` replace what the test is about. */
export function directoryUser(number: number, attributes: Partial<DirectoryUser> = {}): DirectoryUser {
    return {
        id: objectId(number),
        displayName: `Kim Person ${number}`,
        givenName: `Person ${number}`,
        surname: 'Kim',
        jobTitle: 'Engineer',
        mail: `person${number}@example.com`,
        userPrincipalName: `person${number}@example.onmicrosoft.com`,
        preferredLanguage: 'ko-KR',
        accountEnabled: true,
        userType: 'Member',
        ...attributes,
    };
}

export function objectId(number: number): string {
    return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** An invented account with a password, not linked to any user. */
export function account(id: string, fields: Partial<Account> = {}): Account {
    return {
        id,
        username: id,
        email: `${id}@example.com`,
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
        ...fields,
    };
}
