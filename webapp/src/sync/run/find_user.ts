import type {Fault} from '../errors';
import {isObjectId, objectIdOf} from '../object_id';
import type {Ports} from '../ports';
import type {Account, DirectoryUser} from '../types';

/** Directory users that a fault names. */
const MAX_CANDIDATES = 5;

const SELECT = ['id', 'displayName', 'mail', 'userPrincipalName'];

interface FindUserInput {

    /** What was typed: an object id, a user principal name, an email address, or a Mattermost username with or without `@`. */
    user: string;
}

/** The user as a run reads it from the directory, or why no run begins. */
interface FoundUser {
    user: string;
    fault: Fault | null;
}

type Finders = Pick<Ports, 'directory' | 'accounts'>;

/**
 * The bundle's function `find_user`, before a run for one user begins: a name that fits no user, or several, is an answer and no run. A
 * directory that cannot be asked throws.
 */
export async function findUser({user}: FindUserInput, ports: Finders): Promise<FoundUser> {
    const typed = user.trim();
    const name = typed.replace(/^@/, '');
    const {users} = await ports.directory.find({user: name, select: SELECT});
    if (users.length > 1) {
        return {user, fault: {code: 'person_ambiguous', params: {user: typed, candidates: candidatesOf(users)}}};
    }
    if (users.length === 1) {
        return {user: name, fault: null};
    }
    const found = isObjectId(name) ? null : await findByAccount(name, ports);
    return found ?? {user, fault: {code: 'person_not_found', params: {user: typed}}};
}

/** The directory user of the Mattermost account with the name or address: the linked one, or the one with the account's address. */
async function findByAccount(name: string, ports: Finders): Promise<FoundUser | null> {
    const key = name.toLowerCase();
    const isAddress = key.includes('@');
    const {accounts} = await ports.accounts.find({
        object_ids: [], auth_data: [], auth_service: '', emails: isAddress ? [key] : [], usernames: isAddress ? [] : [key]});
    for (const wanted of wantedOf(accounts)) {
        const {users} = await ports.directory.find({user: wanted, select: SELECT});
        const id = users.length === 1 ? objectIdOf(users[0]!.id) : '';
        if (id !== '') {
            return {user: id, fault: null};
        }
    }
    return null;
}

/** What the directory may know the owner of the account by, best first. */
function wantedOf([account]: Account[]): string[] {
    return account ? [account.linked_object_id, account.email].filter((key) => key !== '') : [];
}

/** `Mina Lee (mina@corp.example, <object id>)`, one after the other. */
function candidatesOf(users: readonly DirectoryUser[]): string {
    const names = users.slice(0, MAX_CANDIDATES).map(({id, displayName, userPrincipalName}) => `${displayName ?? ''} (${userPrincipalName ?? ''}, ${id})`);
    return users.length > MAX_CANDIDATES ? `${names.join('; ')}; …` : names.join('; ');
}
