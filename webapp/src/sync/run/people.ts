import type {Mapper} from '../mapping/mapper';
import {packPerson, unpackPerson} from '../mapping/packed';
import type {Person} from '../mapping/person';
import type {Rule, Verdict} from '../scope/verdict';
import type {DirectoryUser} from '../types';

const OUT_OF_SCOPE = '';

/** In scope with an account that is as it should be; a run learns no more of such a person than the object id. */
const UNCHANGED = '\u0001';

/** Everybody a run has read, compact: one text for each person in scope. */
export class People {

    /** Directory users read, each object id once. */
    directory = 0;

    /** E-mail addresses that several enabled people in scope have. */
    readonly duplicate_emails = new Set<string>();

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

    private unchangedIds = 0;
    private readonly packed: string[] = [];
    private readonly seen = new Map<string, string>();

    /** What decided about each person; the same objects over and over. */
    private readonly rules = new Map<string, Rule>();

    /** Object ids by e-mail address. */
    private readonly owners = new Map<string, string>();

    constructor(private readonly map: Mapper) {}

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
                this.claimEmail(person);
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
            this.claimEmail(person);
        }
    }

    /** Disabled people get no account, so they may share the address of whoever came after them. */
    private claimEmail({object_id, email, email_fault, is_enabled}: Person): void {
        if (!is_enabled || email_fault !== '' || object_id === '') {
            return;
        }
        const owner = this.owners.get(email);
        if (owner === undefined) {
            this.owners.set(email, object_id);
        } else if (owner !== object_id) {
            this.duplicate_emails.add(email);
        }
    }
}
