import {usernameCandidates, usernameWithTail} from '../mapping/username';

/** An account that gets another email address. */
export interface EmailChange {
    account_id: string;
    to: string;

    /** The other account that has the address now, or ''. */
    holder_id: string;
}

/** Email changes in an order in which each address is free when it is given. */
interface OrderedChanges<T> {

    /** The changes of one group do not wait for each other. */
    groups: T[][];

    /** Changes that wait for each other in a circle, such as two users who swap addresses: one account must free its address first. */
    circles: T[][];

    /** Changes whose address stays with another account. */
    blocked: T[];
}

/** Orders email changes: first those whose address is free, then those whose address the first ones free, and so on. */
export function orderEmailChanges<T extends EmailChange>(changes: readonly T[]): OrderedChanges<T> {
    const blocked = blockedBy(changes);
    const waiting = new Map(changes.filter((change) => !blocked.has(change)).map((change) => [change.account_id, change]));
    const groups: T[][] = [];
    for (;;) {
        const free = [...waiting.values()].filter(({holder_id}) => !waiting.has(holder_id));
        if (free.length === 0) {
            return {groups, circles: circlesOf(waiting), blocked: [...blocked]};
        }
        groups.push(free);
        free.forEach(({account_id}) => waiting.delete(account_id));
    }
}

/** The changes that wait for an account that keeps its address, and those that wait for these. */
function blockedBy<T extends EmailChange>(changes: readonly T[]): Set<T> {
    const leaving = new Map(changes.map((change) => [change.account_id, change]));
    const wanted = new Map<string, T>();
    const blocked = new Set<T>();
    for (const change of changes) {
        if (wanted.has(change.to)) {
            blocked.add(change);
        }
        wanted.set(change.to, change);
    }
    for (let before = -1; before !== blocked.size;) {
        before = blocked.size;
        for (const change of changes) {
            const holder = leaving.get(change.holder_id);
            if (change.holder_id !== '' && (!holder || blocked.has(holder))) {
                blocked.add(change);
            }
        }
    }
    return blocked;
}

/** Each circle begins with the change whose account frees its address first. */
function circlesOf<T extends EmailChange>(waiting: Map<string, T>): T[][] {
    const circles: T[][] = [];
    while (waiting.size > 0) {
        const [first] = waiting.values();
        const circle: T[] = [];
        for (let next: T | undefined = first; next && waiting.delete(next.account_id);) {
            circle.push(next);
            next = waiting.get(next.holder_id);
        }
        circles.push(circle);
    }
    return circles;
}

/**
 * The address that an account has for a moment while two users swap theirs. The domain is that of an address that the server
 * has accepted, because a server may take some domains only.
 */
export function parkingAddress(account_id: string, to: string): string {
    return `entrasync-${account_id}${to.slice(to.lastIndexOf('@'))}`;
}

/** Whether `username` is what the sync gives when `wanted` is taken: such an account has its name and keeps it. */
export function isVariantOf(wanted: string, username: string): boolean {
    const stem = usernameWithTail(wanted, 0).slice(0, -TAIL.length);
    return username === wanted || usernameCandidates(wanted, []).includes(username) ||
        (username.startsWith(stem) && TAIL_LETTERS.test(username.slice(stem.length)));
}

const TAIL = 'aaaaaa';
const TAIL_LETTERS = /^[a-z0-9]{6}$/;
