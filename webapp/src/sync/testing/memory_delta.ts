import {SyncError} from '../errors';
import type {ChangedUser, DeltaPage, DeltaQuery, DirectoryUser} from '../types';

/** One round of reading changes: what is reported, and what is known after it. */
interface Round {
    known: Map<string, DirectoryUser>;
    select: string[];
    pages: ChangedUser[][];
}

/** Tells what has changed in a directory since a mark, as Graph does: in parts, page by page. */
export class MemoryDelta {

    /** Object ids of users who were deleted permanently. All others that are gone can be restored. */
    readonly erased = new Set<string>();

    /** Puts the changes of a round onto pages; a test may repeat, reorder and leave pages empty. */
    paginate: (changes: ChangedUser[]) => ChangedUser[][] = (changes) => [changes];

    private readonly rounds: Round[] = [];

    /** `users` is the directory of this moment. */
    read({cursor, latest, select}: DeltaQuery, users: readonly DirectoryUser[]): DeltaPage {
        const [, kind, round, page] = /^(mark|page)-(\d+)(?:-(\d+))?$/.exec(cursor) ?? [];
        if (cursor === '' && latest) {
            return this.page(this.begin(users, select, []), 0);
        }
        const known = this.rounds[Number(round)];
        if (!known) {
            throw new SyncError({code: 'resync_required'});
        }
        return kind === 'page' ?
            this.page(Number(round), Number(page)) :
            this.page(this.begin(users, known.select, this.changesSince(known, users)), 0);
    }

    private begin(users: readonly DirectoryUser[], select: string[], changes: ChangedUser[]): number {
        const known = new Map(users.map((user) => [user.id, JSON.parse(JSON.stringify(user)) as DirectoryUser]));
        return this.rounds.push({known, select, pages: changes.length === 0 ? [[]] : this.paginate(changes)}) - 1;
    }

    private page(round: number, page: number): DeltaPage {
        const {pages} = this.rounds[round]!;
        const isLast = page >= pages.length - 1;
        return {users: pages[page]!, next: isLast ? '' : `page-${round}-${page + 1}`, delta: isLast ? `mark-${round}` : ''};
    }

    private changesSince({known, select}: Round, users: readonly DirectoryUser[]): ChangedUser[] {
        const changed = users.flatMap((user): ChangedUser[] => {
            const before = known.get(user.id);
            const names = select.filter((name) => name !== 'id' && JSON.stringify(user[name]) !== JSON.stringify(before?.[name]));
            return before && names.length === 0 ? [] : [{id: user.id, ...Object.fromEntries(names.map((name) => [name, user[name]]))}];
        });
        const there = new Set(users.map(({id}) => id));
        const removed = [...known.keys()].filter((id) => !there.has(id)).
            map((id): ChangedUser => ({id, '@removed': {reason: this.erased.has(id) ? 'deleted' : 'changed'}}));
        return [...changed, ...removed];
    }
}
