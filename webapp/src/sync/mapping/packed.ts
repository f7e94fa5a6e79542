import type {Person} from './person';

/*
 * A run keeps all users in scope in memory. In goja an object of ten properties takes more than a kilobyte, one text a
 * tenth of that, so users are kept as text between reading and planning.
 */

/** Never part of a cleaned text, of a valid address, or of JSON. */
const SEPARATOR = '\u0000';
const ABSENT = '\u0001';
const UNKNOWN = '?';

/** One user as one text; equal users give equal texts. A template, because goja makes it in one step and a list in a dozen. */
export function packPerson(person: Person): string {
    const {object_id, display_name, email, email_fault, locale, nickname = ABSENT, first_name = ABSENT, last_name = ABSENT, position = ABSENT, scope_values = ABSENT} = person;
    const enabled = person.is_enabled === null ? UNKNOWN : person.is_enabled ? '1' : '';
    const rest = packRest(person);
    const S = SEPARATOR;
    return `${object_id}${S}${display_name}${S}${email}${S}${email_fault}${S}${enabled}${S}${locale}${S}${nickname}${S}${first_name}${S}${last_name}${S}${position}${S}${scope_values}${rest}`;
}

/** What users seldom have under the default mapping and matching: texts that are too long or refused. */
function packRest({username_letters, timezone, auth_data, auth_data_fault, attributes, shortened, refused, other_emails, scope_unknown, is_service_account, is_guest}: Person): string {
    const isPlain = username_letters === undefined && timezone === undefined && auth_data === undefined && auth_data_fault === undefined &&
        attributes === undefined && shortened === undefined && refused === undefined && other_emails === undefined && scope_unknown === undefined && is_service_account === undefined && is_guest === undefined;
    return isPlain ? '' : SEPARATOR + JSON.stringify({username_letters, timezone, auth_data, auth_data_fault, attributes, shortened, refused, other_emails, scope_unknown, is_service_account, is_guest});
}

export function unpackPerson(packed: string): Person {
    const part = packed.split(SEPARATOR);
    const person: Person = {
        object_id: part[0]!,
        display_name: part[1]!,
        email: part[2]!,
        email_fault: part[3] as Person['email_fault'],
        is_enabled: part[4] === UNKNOWN ? null : part[4] === '1',
        locale: part[5]!,
        nickname: present(part[6]!),
        first_name: present(part[7]!),
        last_name: present(part[8]!),
        position: present(part[9]!),
        scope_values: present(part[10]!),
    };
    return part[11] === undefined ? person : Object.assign(person, JSON.parse(part[11]) as Partial<Person>);
}

function present(part: string): string | undefined {
    return part === ABSENT ? undefined : part;
}
