import {packPerson, unpackPerson} from '../mapping/packed';
import {mapPerson, type Person} from '../mapping/person';
import type {DirectoryUser} from '../types';

const OUT_OF_SCOPE = '';

/** Everybody a run has read, compact: one text for each person in scope. */
export class People {

    /** Directory users read, each object id once. */
    directory = 0;

    /** E-mail addresses that several enabled people in scope have. */
    readonly duplicate_emails = new Set<string>();

    /** Object ids that came twice with different contents. */
    readonly duplicate_object_ids = new Set<string>();

    private readonly packed: string[] = [];
    private readonly seen = new Map<string, string>();
    private readonly emails = new Set<string>();

    get in_scope(): number {
        return this.packed.length;
    }

    /** Adds one directory user. Returns false for one that is known already: a directory may repeat itself. */
    add(user: DirectoryUser, isInScope: boolean): boolean {
        const person = isInScope ? mapPerson(user) : null;
        const packed = person ? packPerson(person) : OUT_OF_SCOPE;
        const id = person ? person.object_id : String(user.id ?? '');
        const known = id === '' ? undefined : this.seen.get(id);
        if (known === undefined) {
            this.directory++;
            this.remember(id, packed, person);
            return true;
        }
        if (known !== packed) {
            this.duplicate_object_ids.add(id);
            if (known === OUT_OF_SCOPE) {
                this.remember(id, packed, person);
            }
        }
        return false;
    }

    /** The people in scope from `start`, at most `count` of them. */
    slice(start: number, count: number): Person[] {
        return this.packed.slice(start, start + count).map(unpackPerson);
    }

    private remember(id: string, packed: string, person: Person | null): void {
        if (id !== '') {
            this.seen.set(id, packed);
        }
        if (!person) {
            return;
        }
        this.packed.push(packed);
        if (!person.is_enabled || person.email_fault !== '') {
            return;
        }
        if (this.emails.has(person.email)) {
            this.duplicate_emails.add(person.email);
        } else {
            this.emails.add(person.email);
        }
    }
}
