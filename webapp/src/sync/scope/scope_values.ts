import type {ReadableAttribute} from '../policy/attributes';
import type {Policy} from '../policy/policy';
import type {DirectoryUser} from '../types';

import {valueAt, withValueAt} from './attribute_reader';
import {decidingReadables} from './careful_judge';
import type {Judge} from './judge';

/*
 * What a link remembers of a user in scope: the values of the attributes that decided. When the user is out of scope later, they show
 * whether an attribute of the user is the reason, and not the policy or a group.
 */

/** An attribute because of which a user left the scope, with its values as text. */
export interface DecisiveChange {
    attribute: string;
    from: string;
    to: string;
}

/** Says that a user is disabled. That is a reason of its own to leave, so it is not remembered. */
const SIGN_IN = 'accountEnabled';

/** Longer values are not remembered: no administrator decides by them. */
const MAX_REMEMBERED = 4096;

/** Characters of a value, and values of a list, for display. */
const MAX_SHOWN = 100;

type Values = Partial<Record<ReadableAttribute, unknown>>;

/** Reads the values that decide under one policy, as one text for each user. */
export class ScopeValues {
    private readonly remembered: readonly ReadableAttribute[];

    constructor(scope: Policy['scope']) {
        this.remembered = decidingReadables(scope).filter((name) => name !== SIGN_IN);
    }

    /** The values that a link remembers of a user in scope; '' when there are none. */
    ofInsider(user: DirectoryUser): string {
        return this.remembered.length === 0 ? '' : pack(user, this.remembered);
    }

    /** The values of a user out of scope, to compare with what the link remembers. */
    ofOutsider(user: DirectoryUser): string {
        return this.remembered.length === 0 ? '' : pack(user, [...this.remembered, SIGN_IN]);
    }
}

function pack(user: DirectoryUser, names: readonly ReadableAttribute[]): string {
    const values: Values = {};
    for (let at = 0; at < names.length; at++) {
        const value = valueAt(user, names[at]!);
        if (value !== undefined) {
            values[names[at]!] = value;
        }
    }
    const packed = JSON.stringify(values);
    return packed === '{}' || packed.length > MAX_REMEMBERED ? '' : packed;
}

/** Whether the values say that the user is disabled. */
export function isDisabled(packed: string): boolean {
    return unpack(packed)[SIGN_IN] === false;
}

/**
 * The attributes that put a user out of scope: with the values `before` the same policy and the same groups would keep the user in.
 * Empty when something else is the reason, or when too little is known.
 */
export function decisiveChanges(object_id: string, before: string, now: string, judge: Judge): DecisiveChange[] {
    const [old, present] = [unpack(before), unpack(now)];

    // An attribute that was not sent this time has not put the user out of scope, so it is as remembered.
    const known: Values = {...old, ...present};
    const user = (Object.keys(known) as ReadableAttribute[]).reduce((made, name) => withValueAt(made, name, known[name]), {id: object_id} as DirectoryUser);
    const changed = (Object.keys(old) as ReadableAttribute[]).
        filter((name) => name in present && JSON.stringify(old[name]) !== JSON.stringify(present[name]));
    const isInWith = (names: readonly ReadableAttribute[]) => {
        const verdict = judge(names.reduce((made, name) => withValueAt(made, name, old[name]), user));
        return verdict.in && verdict.unknown === undefined;
    };
    if (changed.length === 0 || !isInWith(changed)) {
        return [];
    }
    const alone = changed.filter((name) => isInWith([name]));
    return (alone.length > 0 ? alone : changed).map((attribute) => ({attribute, from: shown(old[attribute]), to: shown(present[attribute])}));
}

/** `mail: "old" → "new"`, one after the other, in any language. */
export function textOfChanges(changes: readonly DecisiveChange[]): string {
    return changes.map(({attribute, from, to}) => `${attribute}: "${from}" → "${to}"`).join(', ');
}

/** What an earlier version wrote may be anything. */
function unpack(packed: string): Values {
    try {
        const values: unknown = JSON.parse(packed);
        return typeof values === 'object' && values !== null && !Array.isArray(values) ? values : {};
    } catch {
        return {};
    }
}

function shown(value: unknown): string {
    const texts = (Array.isArray(value) ? value : [value]).filter((one) => ['string', 'number', 'boolean'].includes(typeof one)).map(String);
    const text = [...texts.join(', ')];
    return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN).join('')}…` : text.join('');
}
