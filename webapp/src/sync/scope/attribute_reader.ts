import {boundedList} from '../mapping/text';
import {keyOfObjects, selectableOf, type ReadableAttribute} from '../policy/attributes';
import type {DirectoryUser} from '../types';

import {compose, fold} from './fold';
import type {GroupMembers} from './group_members';
import {Patterns} from './pattern_set';
import type {UserValue} from './user_value';

type Form = (text: string) => string;

/** Where a user has an attribute: in `outer`, or in the member `inner` of that object. Of a list of objects it is their member `key`. */
interface AttributePath {
    outer: string;
    inner: string;
    key: string;
}

function pathOf(attribute: ReadableAttribute): AttributePath {
    const outer = selectableOf(attribute);
    return {outer, inner: attribute.slice(outer.length + 1), key: keyOfObjects[attribute] ?? ''};
}

function valueOf(user: DirectoryUser, {outer, inner, key}: AttributePath): unknown {
    const value = user[outer];
    if (key !== '' && Array.isArray(value)) {
        return boundedList(value).map((one: unknown) => memberOf(one, key));
    }
    if (inner === '' || value === undefined) {
        return value;
    }
    return typeof value === 'object' && value !== null ? memberOf(value, inner) : null;
}

/** A value that was taken out of its object already stays as it is. */
function memberOf(value: unknown, name: string): unknown {
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] ?? null : value;
}

/** The value of an attribute as the directory sent it; `undefined` when it was not sent. */
export function valueAt(user: DirectoryUser, attribute: ReadableAttribute): unknown {
    return valueOf(user, pathOf(attribute));
}

/** The same user with another value of an attribute. */
export function withValueAt(user: DirectoryUser, attribute: ReadableAttribute, value: unknown): DirectoryUser {
    const {outer, inner} = pathOf(attribute);
    const whole = user[outer];
    const others = typeof whole === 'object' && whole !== null ? whole : {};
    return {...user, [outer]: inner === '' ? value : {...others, [inner]: value}};
}

/** Made once and filled for each user, so that a rule only looks at it. */
interface Slot extends UserValue {
    fill(user: DirectoryUser): void;
}

/** An attribute in one normal form. */
class AttributeSlot implements Slot {
    text: string | string[] = '';
    private readonly path: AttributePath;

    constructor(readonly key: string, attribute: ReadableAttribute, private readonly form: Form) {
        this.path = pathOf(attribute);
    }

    fill(user: DirectoryUser): void {
        const value = valueOf(user, this.path);
        this.text = Array.isArray(value) ? boundedList(value).map((one) => textOf(one, this.form)) : textOf(value, this.form);
    }
}

/** The letters of the user's groups. */
class GroupsSlot implements Slot {
    readonly key = 'groups';
    text = '';

    constructor(private readonly group_members: GroupMembers) {}

    fill(user: DirectoryUser): void {
        this.text = this.group_members.lettersOf(user);
    }
}

/** Reads the attributes that rules use once for each user, however many rules there are. */
export class AttributeReader {
    private readonly slots: Slot[] = [];
    private readonly known = new Map<string, Slot>();

    /** The patterns that rules look for in the attributes. */
    readonly patterns = new Patterns();

    constructor(readonly group_members: GroupMembers) {}

    /** The place for `attribute` of the user, folded unless case matters. */
    valueOf(attribute: ReadableAttribute, isCaseSensitive: boolean): UserValue {
        const key = `${attribute} ${isCaseSensitive}`;
        return this.known.get(key) ?? this.keep(new AttributeSlot(key, attribute, isCaseSensitive ? compose : fold));
    }

    /** The place for the groups of the user, a letter for each (group_members.ts). */
    groups(): UserValue {
        return this.known.get('groups') ?? this.keep(new GroupsSlot(this.group_members));
    }

    /** Fills all places with the values of the next user. */
    read(user: DirectoryUser): void {
        for (let at = 0; at < this.slots.length; at++) {
            this.slots[at]!.fill(user);
        }
    }

    private keep(slot: Slot): Slot {
        this.known.set(slot.key, slot);
        this.slots.push(slot);
        return slot;
    }
}

/** Switches are the texts `true` and `false`; anything else, such as an object, is empty. */
function textOf(value: unknown, form: Form): string {
    if (typeof value === 'string') {
        return form(value);
    }
    return typeof value === 'boolean' || typeof value === 'number' ? String(value) : '';
}

/** Whether an attribute is not empty. An object has a value if one of its members does. */
export function hasValue(value: unknown): boolean {
    if (typeof value === 'string') {
        return value.trim() !== '';
    }
    return typeof value === 'object' && value !== null ? Object.values(value).some(hasValue) : value !== null && value !== undefined;
}
