import type {DirectoryUser} from '../types';

/** The first letter that stands for a group; a policy has some hundred groups, so all stay far below surrogates. */
const FIRST_LETTER = 0x21;

/**
 * Who is in which of the groups that a policy names. The groups of a person are a text with one letter for each: in a large
 * tenant that is one short text for everybody, and people with the same groups are easily told to be alike.
 */
export class Memberships {
    private readonly letters = new Map<string, string>();
    private readonly byPerson = new Map<string, string>();

    /** Adds people to a group and returns how many were not in it. Also call it for a group without members: it is then known. */
    add(group: string, ids: readonly string[]): number {
        const letter = this.newLetter(comparable(group));
        let added = 0;
        for (let at = 0; at < ids.length; at++) {
            const id = comparable(ids[at]!);
            const letters = this.byPerson.get(id) ?? '';
            if (!letters.includes(letter)) {
                this.byPerson.set(id, letters + letter);
                added++;
            }
        }
        return added;
    }

    /** The letter of a group. Throws for one that nobody added: that its members are unknown must not pass for its having none. */
    letterOf(group: string): string {
        const letter = this.letters.get(comparable(group));
        if (letter === undefined) {
            throw new Error(`the members of the group ${group} have not been read`);
        }
        return letter;
    }

    /** The letters of all groups that the person is in, in no order. */
    lettersOf({id}: DirectoryUser): string {
        return typeof id === 'string' ? this.byPerson.get(comparable(id)) ?? '' : '';
    }

    private newLetter(group: string): string {
        let letter = this.letters.get(group);
        if (letter === undefined) {
            letter = String.fromCharCode(FIRST_LETTER + this.letters.size);
            this.letters.set(group, letter);
        }
        return letter;
    }
}

/** Memberships as cases and the page write them: the object ids of the members by the object id of the group. */
export function membershipsOf(groups: Readonly<Record<string, readonly string[]>>): Memberships {
    const memberships = new Memberships();
    Object.entries(groups).forEach(([group, ids]) => memberships.add(group, ids));
    return memberships;
}

/** Object ids are ASCII; their case means nothing. */
function comparable(id: string): string {
    return id.trim().toLowerCase();
}
