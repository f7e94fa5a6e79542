import type {Mapper} from '../mapping/mapper';
import {packPerson, unpackPerson} from '../mapping/packed';
import type {Person} from '../mapping/person';
import {Claims} from '../match/claims';
import {mapperFor} from '../match/other_emails';
import type {Policy} from '../policy/policy';
import type {DirectoryUser} from '../types';

const OUT_OF_SCOPE = '';

/** Everybody a run has read, compact: one text for each person in scope. */
export class People {

    /** Directory users read, each object id once. */
    directory = 0;

    /** The keys by which people in scope point at accounts. */
    readonly claims: Claims;

    /** Object ids that came twice with different contents. */
    readonly duplicate_object_ids = new Set<string>();

    /** Set when one person was asked for: whom the policy leaves out. A run for everybody only counts them. */
    outsiders: Person[] = [];

    /** Set when one person was asked for and several came. */
    is_ambiguous = false;

    /** Set when only a part of the directory was read. */
    is_partial = false;

    private readonly map: Mapper;

    private readonly packed: string[] = [];
    private readonly seen = new Map<string, string>();

    constructor(policy: Pick<Policy, 'mapping' | 'accounts'>) {
        this.map = mapperFor(policy);
        this.claims = new Claims(policy.accounts);
    }

    get in_scope(): number {
        return this.packed.length;
    }

    /** Adds one directory user. Returns false for one that is known already: a directory may repeat itself. */
    add(user: DirectoryUser, isInScope: boolean): boolean {
        const person = isInScope ? this.map(user) : null;
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
            } else if (person) {
                this.claims.add(person);
            }
        }
        return false;
    }

    /** Whether the directory has the object id, in scope or not. After a partial reading nobody can be said to be gone. */
    isKnown(object_id: string): boolean {
        return this.is_partial || this.seen.has(object_id);
    }

    /** The people in scope from `start`, at most `count` of them. */
    slice(start: number, count: number): Person[] {
        return this.packed.slice(start, start + count).map(unpackPerson);
    }

    private remember(id: string, packed: string, person: Person | null): void {
        if (id !== '') {
            this.seen.set(id, packed);
        }
        if (person) {
            this.packed.push(packed);
            this.claims.add(person);
        }
    }
}
