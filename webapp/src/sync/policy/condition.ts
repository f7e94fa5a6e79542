import * as v from 'valibot';

import {readableAttributes} from './attributes';
import {patternFault, patternMessage} from './pattern';

const MAX_TEXT = 256;
const MAX_VALUES = 1000;

/** Conditions in one `all` or `any`. */
const MAX_WIDTH = 100;

const OBJECT_ID = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;

/** A group by its object id: names of groups change and need not be unique. */
export const groupId = v.pipe(v.string(), v.trim(), v.regex(OBJECT_ID, ({received}) => `Invalid object id of a group: ${received}`));

const attribute = v.picklist(readableAttributes, ({received}) => `Unknown attribute: ${received}`);
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TEXT));
const case_sensitive = v.optional(v.boolean());
const pattern = v.pipe(text, v.check(isPattern, ({input}) => patternMessage(input)));

// eslint-disable-next-line no-restricted-syntax -- valibot's function, not the method of Set
const textOrSwitch = v.union([text, v.boolean()]);

const equalities = ['equals', 'not_equals'] as const;
const parts = ['contains', 'starts_with', 'ends_with'] as const;
const blanks = ['is_empty', 'is_not_empty'] as const;

export const operators = [...equalities, ...parts, 'matches', 'one_of', ...blanks] as const;
export type Operator = typeof operators[number];

/** An attribute against a value. Of the values of a list one that fits is enough. */
const comparison = v.variant('operator', [
    v.strictObject({
        attribute,
        operator: v.picklist(equalities),
        value: textOrSwitch,
        case_sensitive,
    }),
    v.strictObject({attribute, operator: v.picklist(parts), value: text, case_sensitive}),
    v.strictObject({attribute, operator: v.literal('matches'), value: pattern, case_sensitive}),
    v.strictObject({
        attribute,
        operator: v.literal('one_of'),
        values: v.pipe(v.array(text), v.minLength(1), v.maxLength(MAX_VALUES)),
        case_sensitive,
    }),
    v.strictObject({attribute, operator: v.picklist(blanks)}),
]);

export type Comparison = v.InferOutput<typeof comparison>;

export type Condition = {all: Condition[]} | {any: Condition[]} | {member_of: string} | Comparison;

/** What a rule requires of a user. */
export const condition: v.GenericSchema<Condition> = v.lazy(schemaOf);

const conditions = v.pipe(v.array(condition), v.minLength(1), v.maxLength(MAX_WIDTH));
const all = v.strictObject({all: conditions});
const any = v.strictObject({any: conditions});

/** Holds for the group's members and for those of groups within it. */
const memberOf = v.strictObject({member_of: groupId});

// eslint-disable-next-line no-restricted-syntax -- valibot's function, not the method of Set
const anyKind = v.union([all, any, memberOf, comparison]);

/** Chosen by the key that is there, so that a fault names the key within; without input it is the whole, for the JSON Schema. */
function schemaOf(input: unknown): v.GenericSchema<Condition> {
    if (input === undefined) {
        return anyKind;
    }
    if (typeof input !== 'object' || input === null) {
        return comparison;
    }
    return 'all' in input ? all : 'any' in input ? any : 'member_of' in input ? memberOf : comparison;
}

/** How deep conditions are nested; one without parts counts 1. */
export function depthOf(when: Condition): number {
    return 1 + partsOf(when).reduce((deepest, part) => Math.max(deepest, depthOf(part)), 0);
}

/** How many conditions a condition has, itself included. */
export function sizeOf(when: Condition): number {
    return partsOf(when).reduce((size, part) => size + sizeOf(part), 1);
}

/** The comparisons in a condition, however deep. */
export function comparisonsOf(when: Condition): Comparison[] {
    return 'operator' in when ? [when] : partsOf(when).flatMap(comparisonsOf);
}

/** A group that a policy names, and where, such as `Policy.scope.allow.groups[0]`. */
export interface NamedGroup {
    group: string;
    path: string;
}

/** The groups in a condition, however deep; some more than once. `path` is that of the condition. */
export function groupsIn(when: Condition, path: string): NamedGroup[] {
    if ('member_of' in when) {
        return [{group: when.member_of, path: `${path}.member_of`}];
    }
    const key = 'all' in when ? 'all' : 'any';
    return partsOf(when).flatMap((part, at) => groupsIn(part, `${path}.${key}[${at}]`));
}

function partsOf(when: Condition): Condition[] {
    return 'all' in when ? when.all : 'any' in when ? when.any : [];
}

/** Whether a text is a pattern; issues name this function as what they missed (parse.ts). */
export function isPattern(value: string): boolean {
    return patternFault(value) === null;
}
