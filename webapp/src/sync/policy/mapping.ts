import * as v from 'valibot';

import {compilePattern, patternFault} from './pattern';
import {parseSource} from './source';

const MAX_SOURCES = 10;
const MAX_STEPS = 20;

/** Characters of a source, and of a text to find or to put in its place. */
const MAX_SOURCE = 256;
const MAX_TEXT = 128;

/** Characters. It bounds the time that a pattern takes to compile and to run. */
const MAX_PATTERN = 256;

/** Characters that a value has between two steps; `truncate` can ask for no more. */
export const MAX_VALUE = 1024;

const source = v.pipe(
    v.string(),
    v.maxLength(MAX_SOURCE),
    v.check((text) => parseSource(text).fault === '', ({input}) => parseSource(input).fault),
);

const pattern = v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(MAX_PATTERN),
    v.check((text) => patternFault(text) === null, ({input}) => patternMessage(input)),
);

const match = v.pipe(
    v.strictObject({
        step: v.literal('match'),
        pattern,

        /** The group to keep, 0 for all that matched. Left out: the first group, or all when the pattern has none. */
        group: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(99))),

        /** What becomes of a text without a match. */
        otherwise: v.optional(v.picklist(['keep', 'empty']), 'keep'),
    }),
    v.forward(v.check(({pattern: text, group = 0}) => group <= countGroups(text), 'Invalid group: the pattern has fewer groups'), ['group']),
);

const replacement = v.pipe(v.string(), v.maxLength(MAX_TEXT));

/** One transformation; `step` says which. */
export const stepSchema = v.variant('step', [
    match,
    v.strictObject({step: v.literal('replace'), text: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TEXT)), with: replacement}),
    v.strictObject({step: v.literal('replace_pattern'), pattern, with: replacement}),
    v.strictObject({step: v.literal('lower')}),
    v.strictObject({step: v.literal('upper')}),
    v.strictObject({step: v.literal('trim')}),
    v.strictObject({step: v.literal('strip_accents')}),
    v.strictObject({step: v.literal('truncate'), length: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_VALUE))}),
]);

export type Step = v.InferOutput<typeof stepSchema>;

/** The parts that all fields share. */
function ruleEntries(sources: string[]) {
    return {

        /** Attributes or templates, best first. */
        sources: v.optional(v.pipe(v.array(source), v.minLength(1), v.maxLength(MAX_SOURCES)), sources),

        /** All sources that are not empty, instead of the first one. */
        join: v.optional(v.strictObject({separator: v.pipe(v.string(), v.maxLength(MAX_TEXT))})),
        transform: v.optional(v.pipe(v.array(stepSchema), v.maxLength(MAX_STEPS)), []),
    };
}

/** A field that later runs keep in step, unless `when` says otherwise. */
function keptField(...sources: string[]) {
    return v.strictObject({...ruleEntries(sources), when: v.optional(v.picklist(['always', 'on_create', 'when_empty']), 'always')});
}

/** A field that only new accounts get: an account changes its name, address or language through nobody but its owner. */
function creationField(...sources: string[]) {
    return v.strictObject({
        ...ruleEntries(sources),
        when: v.optional(v.literal('on_create', 'Invalid value: this field is written at creation only; changing it later is not offered yet'), 'on_create'),
    });
}

/** Where each account field comes from. A field that is left out comes from what stands here as its sources. */
export const mappingSchema = v.strictObject({
    username: v.optional(creationField('mail', 'userPrincipalName')),
    email: v.optional(creationField('mail', 'userPrincipalName')),
    nickname: v.optional(keptField('displayName')),
    first_name: v.optional(keptField('givenName')),
    last_name: v.optional(keptField('surname')),
    position: v.optional(keptField('jobTitle')),
    locale: v.optional(creationField('preferredLanguage')),
});

export type Mapping = v.InferOutput<typeof mappingSchema>;
export type FieldRule = NonNullable<Mapping[keyof Mapping]>;

function patternMessage(text: string): string {
    const fault = patternFault(text);
    return fault ? `Invalid pattern at character ${fault.position}: ${fault.detail}` : '';
}

/** How many groups a pattern captures; one that is not valid has its own fault. */
function countGroups(text: string): number {
    return patternFault(text) ? Infinity : compilePattern(text, true).groupCount();
}
