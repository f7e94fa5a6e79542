import type {Fault} from '../../errors';
import type {Mapper} from '../../mapping/mapper';
import {packPerson, unpackPerson} from '../../mapping/packed';
import {unknownOf, type Person} from '../../mapping/person';
import {Claims} from '../../match/claims';
import {NO_PLACEMENT, type Placer} from '../../memberships/placement';
import {mapperFor} from '../../match/other_emails';
import {objectIdOf} from '../../object_id';
import type {Policy} from '../../policy/policy';
import type {Judge} from '../../scope/judge';
import {decisiveChanges, isDisabled, ScopeValues, type DecisiveChange} from '../../scope/scope_values';
import type {DecidingEntry} from '../../scope/verdict';
import type {DirectoryUser} from '../../types';

import type {UserQuestions} from './questions';
import type {RunGroups} from './run_groups';

const OUT_OF_SCOPE = '';

/** In scope with an account that needs no change; a run knows only the object id of such a user. */
const UNCHANGED = '\u0001';

const NOTHING_KNOWN = {changes: [], is_disabled: false};

/** All users that a run has read, in compact form: one text for each user in scope. */
export class People {

    /** Directory users read, each object id once. */
    directory = 0;

    /** The keys by which users in scope point at accounts. */
    readonly claims: Claims;

    /** Object ids of users who are known to be no longer in the directory. */
    readonly gone = new Set<string>();

    /** Object ids that came twice with different contents. */
    readonly duplicate_object_ids = new Set<string>();

    /** Whether the whole directory was read: only then an absence counts. */
    is_complete = false;

    /** Which groups of conditions of membership rules could not be read, and why. */
    get group_faults(): readonly Fault[] {
        return this.groups.faults;
    }

    /** In a run for one user: the users found who are out of scope. Other runs only remember that such users exist. */
    outsiders: Person[] = [];

    /** Whether this is a run for one user. */
    is_single = false;

    /** Whether a run for one user found several. */
    is_ambiguous = false;

    /** Whether this run follows the changes of the directory: it has asked for the groups of each user by itself. */
    follows_changes = false;

    /** Who is in the groups that the policy names. */
    readonly groups: RunGroups;

    /** Users that the directory describes as when their account was confirmed, though the account was changed since. */
    readonly same = new Set<string>();

    /** Users about whom something that decides is unknown, and the attributes for lack of which it is. */
    readonly unknown = new Set<string>();
    readonly unknown_attributes = new Set<string>();

    private readonly map: Mapper;
    private unchangedIds = 0;

    /** Users of whom it is unknown whether they are in scope. */
    private openScopes = 0;
    private readonly packed: string[] = [];
    private readonly seen = new Map<string, string>();
    private readonly placements = new Map<string, string>();

    /** What decided about each user; few objects, shared by many users. */
    private readonly deciding = new Map<string, DecidingEntry>();

    private readonly scopeValues: ScopeValues;

    /** The values of the users out of scope that decide. */
    private readonly outside = new Map<string, string>();

    private readonly judge: Judge;
    private readonly place: Placer;

    constructor(policy: Pick<Policy, 'mapping' | 'accounts' | 'scope'>, {judge, place, groups}: UserQuestions) {
        this.judge = judge;
        this.place = place;
        this.groups = groups;
        this.map = mapperFor(policy);
        this.scopeValues = new ScopeValues(policy.scope);
        this.claims = new Claims(policy.accounts, policy.mapping.auth_data !== undefined);
    }

    /** Users in scope whose accounts need no decision. */
    get unchanged(): number {
        return this.unchangedIds;
    }

    /** Users in scope that a plan has to decide about. */
    get undecided(): number {
        return this.packed.length;
    }

    get in_scope(): number {
        return this.packed.length + this.unchangedIds - this.openScopes;
    }

    /** A directory that repeats a page says the same about the user again. */
    addUnchanged(object_id: string): void {
        const known = this.seen.get(object_id);
        if (known === UNCHANGED) {
            return;
        }
        if (known !== undefined) {
            this.duplicate_object_ids.add(object_id);
            return;
        }
        this.seen.set(object_id, UNCHANGED);
        this.directory++;
        this.unchangedIds++;
    }

    /** Adds one directory user. Returns false for one that is already known: a directory may repeat itself. */
    add(user: DirectoryUser): boolean {
        const {in: isInScope, rule, unknown} = this.judge(user);
        const person = isInScope ? this.map(user) : null;
        if (person) {
            this.noteUnknown(person, unknown);
            person.scope_values = this.scopeValues.ofInsider(user);
        }
        const packed = person ? packPerson(person) : OUT_OF_SCOPE;
        const id = objectIdOf(user.id);
        if (person) {
            this.notePlacement(id, this.place(user));
        }
        const known = id === '' ? undefined : this.seen.get(id);
        if (known === undefined) {
            this.directory++;
            this.remember(id, packed, person);
            this.deciding.set(id, rule);
            if (!person) {
                this.outside.set(id, this.scopeValues.ofOutsider(user));
            }
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

    /** Notes what a user has whom the run does not decide about, so that it is not given to another one. */
    addRival(user: DirectoryUser): void {
        if (!this.has(objectIdOf(user.id)) && this.judge(user).in) {
            this.claims.add(this.map(user));
        }
    }

    /** The object ids of all users read, in scope or not. */
    get ids(): string[] {
        return [...this.seen.keys()];
    }

    /** The object ids of the users in scope, in no order. */
    get idsInScope(): string[] {
        return this.ids.filter((id) => this.isInScope(id));
    }

    /** Whether the user was only named as one whose account needs no change. */
    isUnchanged(object_id: string): boolean {
        return this.seen.get(object_id) === UNCHANGED;
    }

    /** What attributes of the user say to the rules for memberships (memberships/placement.ts). */
    placementOf(object_id: string): string {
        return this.placements.get(object_id) ?? NO_PLACEMENT;
    }

    private notePlacement(object_id: string, placement: string): void {
        if (placement !== NO_PLACEMENT) {
            this.placements.set(object_id, placement);
        }
    }

    /** The undecided users from `start`, at most `count` of them. */
    slice(start: number, count: number): Person[] {
        return this.packed.slice(start, start + count).map(unpackPerson);
    }

    /** Whether the directory has the user, in scope or not. */
    has(object_id: string): boolean {
        return this.seen.has(object_id);
    }

    /** Whether the directory may have the user: only a full directory read proves that it does not. */
    isKnown(object_id: string): boolean {
        return this.is_complete ? this.has(object_id) : !this.gone.has(object_id);
    }

    /** Whether this run knows about the user, also that the directory no longer has the user. */
    isJudged(object_id: string): boolean {
        return this.is_complete || this.has(object_id) || this.gone.has(object_id);
    }

    /** Whether nothing is decided about the user, because something is unknown or the directory contradicts itself. */
    isOpen(object_id: string): boolean {
        return this.unknown.has(object_id) || this.duplicate_object_ids.has(object_id);
    }

    isInScope(object_id: string): boolean {
        return (this.seen.get(object_id) ?? OUT_OF_SCOPE) !== OUT_OF_SCOPE;
    }

    /** What decided whether the user is in scope; `undefined` for one who was not read. */
    decidingEntryOf(object_id: string): DecidingEntry | undefined {
        return this.deciding.get(object_id);
    }

    /** The attributes that put a user out of scope whose link remembers the values `before`, and whether the user is disabled as well. */
    leavingOf(object_id: string, before: string): {changes: DecisiveChange[]; is_disabled: boolean} {
        const now = before === '' ? '' : this.outside.get(object_id) ?? '';
        return now === '' ? NOTHING_KNOWN : {changes: decisiveChanges(object_id, before, now, this.judge), is_disabled: isDisabled(now)};
    }

    private noteUnknown(person: Person, scope_unknown: string | undefined): void {
        if (scope_unknown !== undefined) {
            person.scope_unknown = scope_unknown;
        }
        const attributes = unknownOf(person);
        if (attributes !== '') {
            this.unknown.add(person.object_id);
            attributes.split(', ').forEach((name) => this.unknown_attributes.add(name));
        }
    }

    private remember(id: string, packed: string, person: Person | null): void {
        if (id !== '') {
            this.seen.set(id, packed);
        }
        if (person) {
            this.openScopes += person.scope_unknown === undefined ? 0 : 1;
            this.packed.push(packed);
            this.claims.add(person);
        }
    }
}
