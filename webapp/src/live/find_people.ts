import {isPlain} from '../sync/mapping/text';
import {fold} from '../sync/scope/fold';
import type {DirectoryUser} from '../sync/types';

import {directory} from './directory';
import {serverAnswersAt} from './server_answers';
import {textOf} from './user_text';

interface PeopleQuestion {

    /** Part of a name or an address; '' finds all users. */
    q: string;

    /** Another one than before when what the server knows may have changed. */
    revision: string;
}

/** A directory user as shown in a list; '' for what the directory does not have. */
export interface FoundPerson {
    object_id: string;
    display_name: string;
    email: string;
    user_principal_name: string;
}

interface FoundPeople {

    /** The first who fit, in the order of the directory. */
    people: FoundPerson[];

    /** Whether more fit than are named. */
    has_more: boolean;

    /** When the read that was searched ended, in ms since 1970; 0 before the first read. */
    read_at: number;
}

/** As many as fit in a list that opens while typing. */
const MAX_FOUND = 20;

/** Separates the keys of a user; it cannot be typed. */
const SEPARATOR = '\u0000';

/** The normalized keys of all users; made again for the next read of the directory. */
const keysOfUsers = new WeakMap<DirectoryUser[], string[]>();

/** Users with `q` in the name, email, or user principal name. Upper and lower case, and wide and narrow letters, are equal. */
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
