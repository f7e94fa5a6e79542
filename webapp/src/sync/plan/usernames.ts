import {isReserved} from '../mapping/username';

/** Gives each username only once in a run. */
export class Usernames {
    private readonly given = new Set<string>();

    /** Gives the first of `candidates` that is free, or '' when none is. `taken` are the names that the server has already. */
    give(candidates: readonly string[], taken: ReadonlySet<string>): string {
        const free = candidates.find((name) => !taken.has(name) && !isReserved(name) && !this.given.has(name)) ?? '';
        if (free !== '') {
            this.given.add(free);
        }
        return free;
    }
}
