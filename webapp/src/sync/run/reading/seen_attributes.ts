import * as v from 'valibot';

import {objectIdOf} from '../../object_id';
import {attributesOfMemberships} from '../../memberships/placement';
import {targetRules} from '../../memberships/target_rules';
import type {Policy} from '../../policy/policy';
import type {Ports} from '../../ports';
import {hasValue} from '../../scope/attribute_reader';
import {decidingAttributes} from '../../scope/careful_judge';
import type {DirectoryUser} from '../../types';

/*
 * With a weaker permission Microsoft sends `null` in place of every value of an attribute. So each full directory read remembers some
 * users who have a value of each attribute that decides about the scope. If none of them has one later, and neither has anyone else,
 * the attribute is unknown: that it is empty for all of them is less likely than that it was not told.
 */

const KEY = 'seen_attributes';

/** Users who are remembered for each attribute. */
const MAX_HOLDERS = 20;

/** An attribute that only one user had may well have been emptied for that user. */
const MIN_EMPTIED = 2;

const schema = v.object({

    /** Object ids of users with a value, by attribute as `$select` names it. */
    holders: v.record(v.string(), v.array(v.string())),

    /** The attributes that the last full read did not tell. */
    unknown: v.array(v.string()),
});

type Seen = v.InferOutput<typeof schema>;

const NOTHING: Seen = {holders: {}, unknown: []};

/** What the full reads before have seen. */
export async function readSeen({state}: Pick<Ports, 'state'>): Promise<Seen> {
    const {value} = await state.read({key: KEY});
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), value);
    return parsed.success ? parsed.output : NOTHING;
}

/** Remembers it for the runs after this one. */
export async function writeSeen(seen: Seen, before: Seen, {state}: Pick<Ports, 'state'>): Promise<void> {
    const value = JSON.stringify(seen);
    if (value !== JSON.stringify(before)) {
        await state.write({key: KEY, value});
    }
}

/** Watches during one full read which attributes have values. */
export class AttributeWatch {
    private readonly attributes: readonly string[];
    private readonly known: ReadonlyMap<string, ReadonlySet<string>>;
    private readonly holders = new Map<string, string[]>();
    private readonly emptied = new Map<string, Set<string>>();

    constructor(policy: Pick<Policy, 'scope' | 'memberships' | 'accounts'>, {holders}: Seen) {

        // Whether a user is enabled, and the id, are never empty.
        const deciding = new Set([...decidingAttributes(policy.scope), ...attributesOfMemberships(targetRules(policy))]);
        this.attributes = [...deciding].filter((name) => name !== 'accountEnabled' && name !== 'id');
        this.known = new Map(this.attributes.map((name) => [name, new Set(holders[name] ?? [])]));
        this.attributes.forEach((name) => {
            this.holders.set(name, []);
            this.emptied.set(name, new Set());
        });
    }

    note(user: DirectoryUser): void {
        for (let at = 0; at < this.attributes.length; at++) {
            const name = this.attributes[at]!;
            const value = user[name];
            const holders = this.holders.get(name)!;
            if (hasValue(value)) {
                if (holders.length < MAX_HOLDERS) {
                    holders.push(objectIdOf(user.id));
                }
            } else if (value !== undefined && this.known.get(name)!.size > 0) {
                this.noteEmpty(name, objectIdOf(user.id));
            }
        }
    }

    private noteEmpty(name: string, object_id: string): void {
        if (this.known.get(name)!.has(object_id)) {
            this.emptied.get(name)!.add(object_id);
        }
    }

    /** The attributes that no user has a value of, though users who are still there had one. `has` says who is there. */
    missing(has: (object_id: string) => boolean): Set<string> {
        return new Set(this.attributes.filter((name) => {
            const emptied = this.emptied.get(name)!;
            return this.holders.get(name)!.length === 0 && emptied.size >= MIN_EMPTIED && [...this.known.get(name)!].every((id) => emptied.has(id) || !has(id));
        }));
    }

    /** What the next runs know. Of an attribute that is unknown, what was known before. */
    seen(unknown: ReadonlySet<string>, has: (object_id: string) => boolean): Seen {
        const holdersOf = (name: string) => {
            const known = [...this.known.get(name)!];
            return unknown.has(name) ? known : [...new Set([...known.filter((id) => has(id) && !this.emptied.get(name)!.has(id)), ...this.holders.get(name)!])].slice(0, MAX_HOLDERS);
        };
        const holders = this.attributes.map((name) => [name, holdersOf(name)] as const).filter(([, ids]) => ids.length > 0);
        return {holders: Object.fromEntries(holders), unknown: [...unknown].sort()};
    }
}
