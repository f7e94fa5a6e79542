/** The fields of an account that no other account has the same value in, so that a value can move only when it is free. */
export type KeyField = 'email' | 'username' | 'auth_data';

/** An account that gets another email address or username, or another ID for single sign-on (`auth_data`). */
export interface Move {
    account_id: string;
    to: string;

    /** The other account that has the value now, '' when it is free, or `ELSEWHERE`. */
    holder_id: string;
}

/** In `Move.holder_id`: a group, a new account, or the server itself has the value. */
export const ELSEWHERE = '*';

/** Moves in an order in which each value is free when it is given. */
interface OrderedMoves<T> {

    /** The moves of one group do not wait for each other. */
    groups: T[][];

    /** Moves that wait for each other in a circle, such as two users who swap addresses: one account must free its value first. */
    circles: T[][];

    /** Moves whose value stays with another account. */
    blocked: T[];
}

/** Orders moves: first those whose value is free, then those whose value the first ones free, and so on. */
export function orderMoves<T extends Move>(moves: readonly T[]): OrderedMoves<T> {
    const blocked = blockedAmong(moves);
    const waiting = new Map(moves.filter((move) => !blocked.has(move)).map((move) => [move.account_id, move]));
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

/** The moves to a value that stays where it is, because its holder does not move, or that an earlier move gets. */
export function refusedMoves<T extends Move>(moves: readonly T[]): T[] {
    const movers = new Set(moves.map(({account_id}) => account_id));
    const given = new Set<string>();
    return moves.filter(({to, holder_id}) => {
        const isRefused = given.has(to) || (holder_id !== '' && !movers.has(holder_id));
        given.add(to);
        return isRefused;
    });
}

/** The moves that are refused when a refused move leaves its account with its value, and so refuses others. */
function blockedAmong<T extends Move>(moves: readonly T[]): Set<T> {
    const blocked = new Set<T>();
    let refused: T[];
    do {
        refused = refusedMoves(moves.filter((move) => !blocked.has(move)));
        refused.forEach((move) => blocked.add(move));
    } while (refused.length > 0);
    return blocked;
}

/** Each circle begins with the move whose account frees its value first. */
function circlesOf<T extends Move>(waiting: Map<string, T>): T[][] {
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
 * The value that an account has for a moment while two users swap theirs. The domain of an address is that of the address that the
 * account gets in the end, because a server may take some domains only, and not the same ones for each kind of account.
 */
export function parkingValue(field: KeyField, {account_id, to}: Pick<Move, 'account_id' | 'to'>): string {
    return field === 'email' ? `${PARKED}${account_id}${to.slice(to.lastIndexOf('@'))}` : `${PARKED}${account_id}`;
}

/** The first letters of all parking values. */
const PARKED = 'entrasync-';

/** Whether the account has a parking value: it was meant for a moment, or for an account without a user, so it is replaced in any case. */
export function isParked({id}: {id: string}, value: string): boolean {
    return value.startsWith(PARKED) && value.startsWith(id, PARKED.length);
}

/** Those of `held` that could be made, and all moves that wait for one of them, directly or through others. */
export function waitingFor<T extends Move>(held: readonly T[], {groups, circles}: OrderedMoves<T>): Set<T> {
    const possible = new Set([...groups.flat(), ...circles.flat()]);
    const waiting = new Set(held.filter((move) => possible.has(move)));
    const accounts = new Set([...waiting].map(({account_id}) => account_id));
    for (let before = -1; before !== waiting.size;) {
        before = waiting.size;
        possible.forEach((move) => {
            if (accounts.has(move.holder_id)) {
                waiting.add(move);
                accounts.add(move.account_id);
            }
        });
    }
    return waiting;
}
