import type {Mapper} from '../../mapping/mapper';
import {packPerson, unpackPerson} from '../../mapping/packed';
import type {Person} from '../../mapping/person';
import {Claims} from '../../match/claims';
import {mapperFor} from '../../match/other_emails';
import type {Policy} from '../../policy/policy';
import type {Rule, Verdict} from '../../scope/verdict';
import type {DirectoryUser} from '../../types';

const OUT_OF_SCOPE = '';

/** In scope with an account that is as it should be; a run learns no more of such a person than the object id. */
const UNCHANGED = '\u0001';

/** Everybody a run has read, compact: one text for each person in scope. */
export class People {

    /** Directory users read, each object id once. */
    directory = 0;

    /** The keys by which people in scope point at accounts. */
    readonly claims: Claims;

    /** Object ids of people who are not in the directory any more, as far as anything said so. */
    readonly gone = new Set<string>();

    /** Object ids that came twice with different contents. */
    readonly duplicate_object_ids = new Set<string>();

    /** Whether the whole directory was read: only then does it say something that somebody is not in it. */
    is_complete = false;

    /** Set when one person was asked for: whom the policy leaves out. A run for everybody only remembers that they are there. */
    outsiders: Person[] = [];

    /** Set when one person was asked for. */
    is_single = false;

    /** Set when one person was asked for and several came. */
    is_ambiguous = false;

    /** People whom the directory describes as when their account was confirmed, though somebody has changed the account since. */
    readonly same = new Set<string>();

    private readonly map: Mapper;
    private unchangedIds = 0;
    private readonly packed: string[] = [];
    private readonly seen = new Map<string, string>();

    /** What decided about each person; the same objects over and over. */
    private readonly rules = new Map<string, Rule>();

    constructor(policy: Pick<Policy, 'mapping' | 'accounts'>) {
        this.map = mapperFor(policy);
        this.claims = new Claims(policy.accounts);
    }

    /** People in scope about whose accounts nothing is left to decide. */
    get unchanged(): number {
        return this.unchangedIds;
    }

    /** People in scope whom a plan has to look at. */
    get undecided(): number {
        return this.packed.length;
    }

    get in_scope(): number {
        return this.packed.length + this.unchangedIds;
    }

    addUnchanged(object_id: string): void {
        if (this.seen.has(object_id)) {
            this.duplicate_object_ids.add(object_id);
            return;
        }
        this.seen.set(object_id, UNCHANGED);
        this.directory++;
        this.unchangedIds++;
    }

    /** Adds one directory user. Returns false for one that is known already: a directory may repeat itself. */
    add(user: DirectoryUser, {in: isInScope, rule}: Verdict): boolean {
        const person = isInScope ? this.map(user) : null;
        const packed = person ? packPerson(person) : OUT_OF_SCOPE;
        const id = person ? person.object_id : String(user.id ?? '');
        const known = id === '' ? undefined : this.seen.get(id);
        if (known === undefined) {
            this.directory++;
            this.remember(id, packed, person);
            this.rules.set(id, rule);
            return true;
        }
        if (known !== packed) {
            this.duplicate_object_ids.add(id);
            if (known === OUT_OF_SCOPE || known === UNCHANGED) {
                this.unchangedIds -= known === UNCHANGED && person ? 1 : 0;
                this.remember(id, packed, person);
            } else if (person) {
                this.claims.add(person);
            }
        }
        return false;
    }

    /** The undecided people from `start`, at most `count` of them. */
    slice(start: number, count: number): Person[] {
        return this.packed.slice(start, start + count).map(unpackPerson);
    }

    /** Whether the directory has the person, in scope or not. */
    has(object_id: string): boolean {
        return this.seen.has(object_id);
    }

    /** Whether the directory may have the person: only a complete reading says of somebody that it has not. */
    isKnown(object_id: string): boolean {
        return this.is_complete ? this.has(object_id) : !this.gone.has(object_id);
    }

    isInScope(object_id: string): boolean {
        return (this.seen.get(object_id) ?? OUT_OF_SCOPE) !== OUT_OF_SCOPE;
    }

    /** What decided whether the person is in scope; `undefined` for one who was not read. */
    ruleOf(object_id: string): Rule | undefined {
        return this.rules.get(object_id);
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
