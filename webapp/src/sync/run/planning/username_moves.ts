import {ELSEWHERE, refusedMoves, type Move} from '../../plan/moves';
import {isVariantOf} from '../../plan/usernames';
import type {Ports} from '../../ports';
import type {Account} from '../../types';

import type {UsernameChooser} from './usernames';

/** Names that are looked up at once. */
const NAMES_AT_ONCE = 500;

/** An account whose username is not the one that its user would have if no one else had it. */
export interface NameMove extends Move {
    from: string;
    wanted: string;
}

/** Which accounts get which names. */
interface ResolvedNames<T> {

    /** Each name is free, or its holder is among the moves. */
    moves: T[];

    /** Accounts that keep the variant of the name that they have. */
    staying: T[];

    /** Accounts for which no name is free. */
    unnamed: T[];
}

/** Sets who has the wanted names now. An account that does not move keeps its name, as groups and new accounts do. */
export async function findHolders(moves: readonly NameMove[], chooser: UsernameChooser, {accounts}: Ports): Promise<void> {
    for (let start = 0; start < moves.length; start += NAMES_AT_ONCE) {
        const chunk = moves.slice(start, start + NAMES_AT_ONCE);
        const usernames = [...new Set(chunk.map(({wanted}) => wanted))];
        const found = await accounts.find({object_ids: [], emails: [], usernames, auth_data: [], auth_service: ''});
        const holders = new Map(found.accounts.map(({id, username}: Account) => [username, id]));
        const taken = await chooser.takenAmong(usernames.filter((name) => !holders.has(name)));
        chunk.forEach((move) => {
            move.holder_id = chooser.isGone(move.wanted) || taken.has(move.wanted) ? ELSEWHERE : holders.get(move.wanted) ?? '';
        });
    }
}

/**
 * Chooses the names: the wanted one wherever it is free or becomes free. An account that cannot have it keeps the variant that it
 * has, or gets one, and frees its old name either way for others.
 */
export async function resolveNames<T extends NameMove>(wishes: readonly T[], chooser: UsernameChooser): Promise<ResolvedNames<T>> {
    const names = chooser.fork();
    const staying: T[] = [];
    const unnamed: T[] = [];
    let moves = [...wishes];
    for (let refused = new Set(refusedMoves(moves)); refused.size > 0; refused = new Set(refusedMoves(moves))) {
        const others = [...refused].filter(({wanted, from}) => !isVariantOf(wanted, from));
        const chosen = await names.chooseOthers(others.map(({wanted}) => wanted), moves.map(({to}) => to));
        const named = new Map(others.map((move, at) => [move, chosen[at]!]));
        staying.push(...[...refused].filter((move) => !named.has(move)));
        unnamed.push(...others.filter((move) => named.get(move) === ''));
        moves = moves.map((move) => (named.get(move) ? {...move, to: named.get(move)!, holder_id: ''} : move)).
            filter((move) => !refused.has(move));
    }
    return {moves, staying, unnamed};
}
