import type {Person} from './person';

/*
 * A run keeps everybody in scope in memory. In goja an object of ten properties takes over a kilobyte, one text a
 * tenth of that, so people wait as text between reading and planning.
 */

/** Never part of a cleaned text or of a valid address. */
const SEPARATOR = '\u0000';
const ABSENT = '\u0001';

/** One person as one text; equal people give equal texts. A template, because goja makes it in one step and a list in a dozen. */
export function packPerson(person: Person): string {
    const {object_id, display_name, email, email_fault, locale, nickname = ABSENT, first_name = ABSENT, last_name = ABSENT, position = ABSENT} = person;
    const enabled = person.is_enabled ? '1' : '';
    const rest = person.username_letters === undefined && person.shortened === undefined && person.other_emails === undefined ? '' : packRest(person);
    const S = SEPARATOR;
    return `${object_id}${S}${display_name}${S}${email}${S}${email_fault}${S}${enabled}${S}${locale}${S}${nickname}${S}${first_name}${S}${last_name}${S}${position}${rest}`;
}

/** What few people have. No e-mail address has a comma. */
function packRest({username_letters = ABSENT, shortened, other_emails}: Person): string {
    return `${SEPARATOR}${username_letters}${SEPARATOR}${shortened ? shortened.join() : ABSENT}${SEPARATOR}${other_emails ? other_emails.join() : ABSENT}`;
}

export function unpackPerson(packed: string): Person {
    const part = packed.split(SEPARATOR);
    return {
        object_id: part[0]!,
        display_name: part[1]!,
        email: part[2]!,
        email_fault: part[3] as Person['email_fault'],
        is_enabled: part[4] === '1',
        locale: part[5]!,
        nickname: present(part[6]!),
        first_name: present(part[7]!),
        last_name: present(part[8]!),
        position: present(part[9]!),
        username_letters: present(part[10]),
        shortened: present(part[11])?.split(',') as Person['shortened'],
        other_emails: present(part[12])?.split(','),
    };
}

function present(part: string | undefined): string | undefined {
    return part === ABSENT ? undefined : part;
}
