import {isPlain} from '../sync/mapping/text';
import {fold} from '../sync/scope/fold';
import type {DirectoryUser} from '../sync/types';

import {directory} from './directory';
import {serverAnswersAt} from './server_answers';

export interface PeopleQuestion {

    /** Part of a name or an address; '' finds everybody. */
    q: string;

    /** Another one than before when what the server knows may have changed. */
    revision: string;
}

/** Somebody in the directory, as far as a list of people shows; '' for what the directory does not have. */
export interface FoundPerson {
    object_id: string;
    display_name: string;
    email: string;
    user_principal_name: string;
}

export interface FoundPeople {

    /** The first who fit, in the order of the directory. */
    people: FoundPerson[];

    /** Whether more fit than are named. */
    has_more: boolean;

    /** When the read ended in which they were looked for, in ms since 1970; 0 where nobody has been read yet. */
    read_at: number;
}

/** As many as somebody reads in a list that opens while typing. */
const MAX_FOUND = 20;

/** Between the keys of a person; nobody can type it. */
const SEPARATOR = '\u0000';

/** The keys of everybody, made comparable; with a directory of the next read it is made anew. */
const keysOfUsers = new WeakMap<DirectoryUser[], string[]>();

/** People of whose name, e-mail address or user principal name `q` is a part. Upper and lower case, and wide and narrow letters, are the same. */
export async function findPeople({q, revision}: PeopleQuestion): Promise<FoundPeople> {
    serverAnswersAt(revision);
    const {users, read_at} = await directory();
    const wanted = comparable(q.trim());
    const keys = keysOf(users);
    const people: FoundPerson[] = [];
    for (let at = 0; at < users.length; at++) {
        if (keys[at]!.includes(wanted)) {
            if (people.length === MAX_FOUND) {
                return {people, has_more: true, read_at};
            }
            people.push(shown(users[at]!));
        }
    }
    return {people, has_more: false, read_at};
}

function keysOf(users: DirectoryUser[]): string[] {
    const known = keysOfUsers.get(users);
    if (known) {
        return known;
    }
    const keys = users.map(({displayName, mail, userPrincipalName}) => comparable([displayName, mail, userPrincipalName].map(textOf).join(SEPARATOR)));
    keysOfUsers.set(users, keys);
    return keys;
}

/** As rules compare, and beyond that `ＫＩＭ` finds `kim`: who searches wants to find. */
function comparable(text: string): string {
    return fold(isPlain(text) ? text : text.normalize('NFKC'));
}

function shown({id, displayName, mail, userPrincipalName}: DirectoryUser): FoundPerson {
    return {object_id: textOf(id), display_name: textOf(displayName), email: textOf(mail), user_principal_name: textOf(userPrincipalName)};
}

/** A directory may send anything in place of a text. */
function textOf(value: unknown): string {
    return typeof value === 'string' ? value : '';
}
