import {usernameCandidates} from '../../mapping/username';
import {Usernames} from '../../plan/usernames';
import type {Ports} from '../../ports';

/** Chooses usernames that no account of the server and no other user of this run has. */
export class UsernameChooser {
    constructor(private readonly ports: Ports, private readonly usernames = new Usernames()) {}

    /** A name for each of `wanted`, '' where none was found. Few are taken, so other names are made and looked up only for those. */
    async choose(wanted: string[]): Promise<string[]> {
        const taken = await this.takenAmong(wanted);
        const chosen = wanted.map((name) => this.usernames.give([name], taken));
        const others = await this.chooseOthers(wanted.filter((_, at) => chosen[at] === ''));
        let next = 0;
        return chosen.map((name) => (name === '' ? others[next++]! : name));
    }

    /** Other names for `taken`, in that order; not those in `kept`. */
    async chooseOthers(taken: string[], kept: readonly string[] = []): Promise<string[]> {
        if (taken.length === 0) {
            return [];
        }
        const {numbers} = await this.ports.random.fractions({count: taken.length});
        const candidates = taken.map((name, at) => usernameCandidates(name, [numbers[at]!]));
        const takenToo = new Set([...kept, ...await this.takenAmong(candidates.flat())]);
        return candidates.map((names) => this.usernames.give(names, takenToo));
    }

    /** Whether no account can get the name in this run, whoever has it now. */
    isGone(name: string): boolean {
        return this.usernames.isGone(name);
    }

    /** Those of `names` that the server has for something. */
    async takenAmong(names: string[]): Promise<Set<string>> {
        if (names.length === 0) {
            return new Set();
        }
        const {taken} = await this.ports.accounts.taken_usernames({names});
        return new Set(taken);
    }

    /** A chooser that knows what this one has given. What it gives, this one does not know. */
    fork(): UsernameChooser {
        return new UsernameChooser(this.ports, this.usernames.fork());
    }
}
