import {selectableOf, type ReadableAttribute} from '../policy/attributes';
import type {DirectoryUser} from '../types';

import {compose, fold} from './fold';
import type {Memberships} from './memberships';
import {Patterns} from './pattern_set';
import type {UserValue} from './user_value';

type Form = (text: string) => string;

/** Made once and filled again for each person, so that a rule only looks at it. */
interface Slot extends UserValue {
    fill(user: DirectoryUser): void;
}

/** An attribute in one form of writing. */
class AttributeSlot implements Slot {
    text: string | string[] = '';
    private readonly outer: string;
    private readonly inner: string;

    constructor(readonly key: string, attribute: ReadableAttribute, private readonly form: Form) {
        this.outer = selectableOf(attribute);
        this.inner = attribute.slice(this.outer.length + 1);
    }

    fill(user: DirectoryUser): void {
        let value = user[this.outer];
        if (this.inner !== '') {
            value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[this.inner] : null;
        }
        this.text = Array.isArray(value) ? value.map((one) => textOf(one, this.form)) : textOf(value, this.form);
    }
}

/** The letters of the person's groups. */
class GroupsSlot implements Slot {
    readonly key = 'groups';
    text = '';

    constructor(private readonly memberships: Memberships) {}

    fill(user: DirectoryUser): void {
        this.text = this.memberships.lettersOf(user);
    }
}

/** Reads what rules look at once for each person, however many rules there are. */
export class AttributeReader {
    private readonly slots: Slot[] = [];
    private readonly known = new Map<string, Slot>();

    /** What is looked for in the attributes. */
    readonly patterns = new Patterns();

    constructor(readonly memberships: Memberships) {}

    /** Where `attribute` of the person will stand, folded unless case matters. */
    valueOf(attribute: ReadableAttribute, isCaseSensitive: boolean): UserValue {
        const key = `${attribute} ${isCaseSensitive}`;
        return this.known.get(key) ?? this.keep(new AttributeSlot(key, attribute, isCaseSensitive ? compose : fold));
    }

    /** Where the groups of the person will stand, a letter for each (memberships.ts). */
    groups(): UserValue {
        return this.known.get('groups') ?? this.keep(new GroupsSlot(this.memberships));
    }

    /** Turns to the next person. */
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

/** Switches are the texts `true` and `false`; what is no text, such as an object, is empty. */
function textOf(value: unknown, form: Form): string {
    if (typeof value === 'string') {
        return form(value);
    }
    return typeof value === 'boolean' || typeof value === 'number' ? String(value) : '';
}
