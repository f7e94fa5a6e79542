import {keyOf} from '../sync/scope/lists';
import type {DirectoryUser} from '../sync/types';

import {directory} from './directory';
import {serverAnswersAt} from './server_answers';
import {addressOf, textOf} from './user_text';

/** Addresses that are looked up at once, and in all: a list may have 10,000. */
const AT_ONCE = 500;
const MAX_LOOKED_UP = 2000;

interface AddressQuestion {

    /** Entries of a list of the scope; those without an `@` are no addresses. */
    entries: string[];

    /** Another one than before when what the server knows may have changed. */
    revision: string;
}

/** An entry that names no user of the directory, and the user whose linked account has that address. */
export interface MovedAddress {
    entry: string;
    object_id: string;
    display_name: string;

    /** The address that the user has now. */
    email: string;
}

/** The entries of a list that were the address of a linked user who has another one now. */
export async function movedAddresses({entries, revision}: AddressQuestion): Promise<MovedAddress[]> {
    const answers = serverAnswersAt(revision);
    const {users} = await directory();
    const named = new Set(users.flatMap(({mail, userPrincipalName}) => [keyOf(mail), keyOf(userPrincipalName)]));
    const byId = new Map(users.map((user) => [user.id, user]));
    const unknown = entries.filter((entry) => entry.includes('@') && !named.has(keyOf(entry))).slice(0, users.length === 0 ? 0 : MAX_LOOKED_UP);
    const moved: MovedAddress[] = [];
    for (let start = 0; start < unknown.length; start += AT_ONCE) {
        const part = unknown.slice(start, start + AT_ONCE);
        const emails = part.map((entry) => entry.trim().toLowerCase());
        const {accounts} = await answers.accounts.find({object_ids: [], emails, usernames: [], auth_data: [], auth_service: ''});
        const owners = new Map(accounts.map(({email, linked_object_id}) => [email.toLowerCase(), byId.get(linked_object_id)]));
        moved.push(...part.flatMap((entry, at) => movedTo(entry, owners.get(emails[at]!))));
    }
    return moved;
}

function movedTo(entry: string, user: DirectoryUser | undefined): MovedAddress[] {
    const email = user ? addressOf(user) : '';
    return user && email !== '' ? [{entry, object_id: user.id, display_name: textOf(user.displayName), email}] : [];
}
