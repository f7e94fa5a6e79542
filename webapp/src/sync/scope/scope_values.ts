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

/** The guests rule looks at the principal name of users without a type. */
const GUEST = 'userType';
const NAME = 'userPrincipalName';

/** A longer value, such as a list of many addresses, is not remembered. All others of the user are. */
const MAX_REMEMBERED = 1024;

/** The values of a user out of scope are compared and not stored. */
const MAX_COMPARED = 16_384;

/** Characters of a value, and values of a list, for display. */
const MAX_SHOWN = 100;

type Values = Partial<Record<ReadableAttribute, unknown>>;

/** Reads the values that decide under one policy, as one text for each user. */
export class ScopeValues {
    private readonly remembered: readonly ReadableAttribute[];
    private readonly ofUntyped: readonly ReadableAttribute[];

    constructor(scope: Policy['scope']) {
        this.remembered = decidingReadables(scope).filter((name) => name !== SIGN_IN);
        this.ofUntyped = this.remembered.includes(GUEST) ? [...new Set([...this.remembered, NAME] as const)] : this.remembered;
    }

    /** The values that a link remembers of a user in scope; '' when there are none. */
    ofInsider(user: DirectoryUser): string {
        return this.remembered.length === 0 ? '' : pack(user, this.namesFor(user), MAX_REMEMBERED);
    }

    /** The values of a user out of scope, to compare with what the link remembers. */
    ofOutsider(user: DirectoryUser): string {
        return this.remembered.length === 0 ? '' : pack(user, [...this.namesFor(user), SIGN_IN], MAX_COMPARED);
    }

    private namesFor({userType}: DirectoryUser): readonly ReadableAttribute[] {
        return userType ? this.remembered : this.ofUntyped;
    }
}

/** `limit` is for one value; all of them together may have four times as much. */
function pack(user: DirectoryUser, names: readonly ReadableAttribute[], limit: number): string {
    const values: Values = {};
    let left = 4 * limit;
    for (let at = 0; at < names.length; at++) {
        const value = valueAt(user, names[at]!);
        const length = lengthOf(value);
        if (value !== undefined && length <= Math.min(limit, left)) {
            values[names[at]!] = value;
            left -= length;
        }
    }
    const packed = JSON.stringify(values);
    return packed === '{}' ? '' : packed;
}

function lengthOf(value: unknown): number {
    return typeof value === 'string' ? value.length : typeof value === 'object' && value !== null ? JSON.stringify(value).length : 1;
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
