import {isReserved, usernameCandidates, usernameWithTail} from '../mapping/username';

/** Gives each username only once in a run, and none that is reserved: `reserved` are the names that the policy adds. */
export class Usernames {
    constructor(private readonly reserved: ReadonlySet<string> = new Set(), private readonly given = new Set<string>()) {}

    /** Gives the first of `candidates` that is free, or '' when none is. `taken` are the names that the server has already. */
    give(candidates: readonly string[], taken: ReadonlySet<string>): string {
        const free = candidates.find((name) => !taken.has(name) && !this.isGone(name)) ?? '';
        if (free !== '') {
            this.given.add(free);
        }
        return free;
    }

    /** Whether this run gives the name, or it is reserved. */
    isGone(name: string): boolean {
        return isReserved(name) || this.reserved.has(name) || this.given.has(name);
    }

    /** A copy that gives names without giving them here. */
    fork(): Usernames {
        return new Usernames(this.reserved, new Set(this.given));
    }
}

/** Whether `username` is what the sync gives when `wanted` is taken: such an account keeps its name while it cannot have the plain one. */
export function isVariantOf(wanted: string, username: string): boolean {
    const stem = usernameWithTail(wanted, 0).slice(0, -TAIL.length);
    return username === wanted || usernameCandidates(wanted, []).includes(username) ||
        (username.startsWith(stem) && TAIL_LETTERS.test(username.slice(stem.length)));
}

const TAIL = 'aaaaaa';
const TAIL_LETTERS = /^[a-z0-9]{6}$/;
