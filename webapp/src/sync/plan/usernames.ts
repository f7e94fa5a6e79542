import {usernameCandidates, usernameOf} from '../mapping/username';

/** Random numbers that one new account needs: a tail for its name, and one for a second try. */
export const FRACTIONS_PER_ACCOUNT = 2;

/** All names that may be tried for a new account, best first; the last one is kept for a second try. */
export function candidatesOf(email: string, fractions: readonly number[]): string[] {
    return usernameCandidates(usernameOf(email), fractions);
}

/** A name and the one to try when somebody takes the first between plan and apply; both are reserved. */
export interface ChosenUsername {
    username: string;
    spare: string;
}

/** Gives each name once in a run. */
export class Usernames {
    private readonly given = new Set<string>();

    /** The best free candidates, or '' where none is left. `taken` are the names that the server has already. */
    choose(candidates: readonly string[], taken: ReadonlySet<string>): ChosenUsername {
        const username = this.take(candidates, taken);
        return {username, spare: this.take(candidates.slice(-1), taken)};
    }

    private take(candidates: readonly string[], taken: ReadonlySet<string>): string {
        const free = candidates.find((name) => !taken.has(name) && !this.given.has(name)) ?? '';
        if (free !== '') {
            this.given.add(free);
        }
        return free;
    }
}
