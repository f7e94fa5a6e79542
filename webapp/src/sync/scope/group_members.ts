import type {DirectoryUser} from '../types';

/** The letter of the first group; a policy has some hundred groups, so all letters stay far below surrogates. */
const FIRST_LETTER = 0x21;

/**
 * Which users are in which of the groups that a policy names. The groups of a user are a text with one letter for each: in a
 * large tenant that is one short text for each user, and users with the same groups are easily recognized.
 */
export class GroupMembers {
    private readonly letters = new Map<string, string>();
    private readonly byUser = new Map<string, string>();

    /** Adds users to a group and returns how many were not in it. Call it for a group without members, too: it is then known. */
    add(group: string, ids: readonly string[]): number {
        const letter = this.newLetter(comparable(group));
        let added = 0;
        for (let at = 0; at < ids.length; at++) {
            const id = comparable(ids[at]!);
            const letters = this.byUser.get(id) ?? '';
            if (!letters.includes(letter)) {
                this.byUser.set(id, letters + letter);
                added++;
            }
        }
        return added;
    }

    has(group: string): boolean {
        return this.letters.has(comparable(group));
    }

    /** The letter of a group. Throws for one that was not added: a group with unknown members must not count as an empty one. */
    letterOf(group: string): string {
        const letter = this.letters.get(comparable(group));
        if (letter === undefined) {
            throw new Error(`the members of the group ${group} have not been read`);
        }
        return letter;
    }

    /** The letters of all groups that the user is in, in no order. */
    lettersOf({id}: DirectoryUser): string {
        return typeof id === 'string' ? this.byUser.get(comparable(id)) ?? '' : '';
    }

    /** The object ids of the members of all groups, in lower case. */
    get members(): string[] {
        return [...this.byUser.keys()];
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

/** GroupMembers from an object as the cases write it: the object ids of the members by the object id of the group. */
export function groupMembersOf(groups: Readonly<Record<string, readonly string[]>>): GroupMembers {
    const members = new GroupMembers();
    Object.entries(groups).forEach(([group, ids]) => members.add(group, ids));
    return members;
}

/** Object ids are ASCII, and case does not matter. */
function comparable(id: string): string {
    return id.trim().toLowerCase();
}
