import * as v from 'valibot';

import {compilePattern, patternFault, patternMessage} from './pattern';
import {parseSource, sourceMessage} from './source';

/** Of one field. */
export const MAX_SOURCES = 10;
export const MAX_STEPS = 20;

/** Characters of a source, and of a text to find or to put in its place. */
const MAX_SOURCE = 256;
const MAX_TEXT = 128;

/** Mattermost 11.1 has at most 20 attributes; later ones have more. */
const MAX_ATTRIBUTES = 50;

/** Characters of an attribute's name (server/public/model/property_field.go). */
const MAX_ATTRIBUTE_NAME = 255;

/** The default sources of an address, and of the username that is made from it. */
export const ADDRESS_SOURCES: readonly string[] = ['mail', 'userPrincipalName'];

/** Characters. It bounds the time that a pattern takes to compile and to run. */
const MAX_PATTERN = 256;

/** Characters that a value has between two steps; `truncate` can ask for no more. */
export const MAX_VALUE = 1024;

const source = v.pipe(
    v.string(),
    v.maxLength(MAX_SOURCE),
    v.check((text) => parseSource(text).fault === null, ({input}) => sourceMessage(input)),
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

        /** What happens to a text without a match. */
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
    v.strictObject({step: v.literal('transliterate')}),
    v.strictObject({step: v.literal('truncate'), length: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_VALUE))}),
]);

export type Step = v.InferOutput<typeof stepSchema>;

/** Attributes or templates, best first. */
const sources = v.pipe(v.array(source), v.minLength(1), v.maxLength(MAX_SOURCES));

/** The parts that all fields share besides their sources. */
const shaping = {

    /** All sources that are not empty, instead of the first one. */
    join: v.optional(v.strictObject({separator: v.pipe(v.string(), v.maxLength(MAX_TEXT))})),
    transform: v.optional(v.pipe(v.array(stepSchema), v.maxLength(MAX_STEPS)), []),
};

/** When a field is written: whenever it differs, for new accounts only, or also for accounts that have nothing there. */
export const whens = ['always', 'on_create', 'when_empty'] as const;
export type When = typeof whens[number];

/** When a field may be written; the first choice is the default. */
function whenOf<const Choices extends readonly [When, ...When[]]>(...choices: Choices) {
    return v.optional(v.picklist(choices), choices[0]);
}

const keptWhen = whenOf(...whens);
const startingWhen = whenOf('on_create', 'always', 'when_empty');

function keptField(...defaults: string[]) {
    return v.strictObject({sources: v.optional(sources, defaults), ...shaping, when: keptWhen});
}

/** One attribute of a profile. Each server has its own attributes, so none has default sources. */
const profileAttribute = v.strictObject({sources, ...shaping, when: keptWhen});

/** By the name of the attribute in Mattermost. */
const profileAttributes = v.pipe(
    v.record(v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_ATTRIBUTE_NAME)), profileAttribute),
    v.maxEntries(MAX_ATTRIBUTES),
);

/** The sources of each account field. A field that is left out has the default sources below. */
export const mappingSchema = v.strictObject({

    // Every account has a username and an address, so there is no `when_empty`. A change of either is a change of its own, and guarded.
    username: v.optional(v.strictObject({sources: v.optional(sources, [...ADDRESS_SOURCES]), ...shaping, when: whenOf('on_create', 'always')})),
    email: v.optional(v.strictObject({sources: v.optional(sources, [...ADDRESS_SOURCES]), ...shaping, when: whenOf('always', 'on_create')})),
    nickname: v.optional(keptField('displayName')),
    first_name: v.optional(keptField('givenName')),
    last_name: v.optional(keptField('surname')),
    position: v.optional(keptField('jobTitle')),
    locale: v.optional(v.strictObject({sources: v.optional(sources, ['preferredLanguage']), ...shaping, when: startingWhen})),

    // Graph has no time zones in a list of users (`mailboxSettings` is for one user at a time), so there is no default source.
    timezone: v.optional(v.strictObject({sources, ...shaping, when: startingWhen})),

    // Where it is made of something that changes, such as the address, single sign-on no longer finds the account unless it follows.
    auth_data: v.optional(v.strictObject({sources: v.optional(sources, ['id']), ...shaping, when: whenOf('on_create', 'always')})),
    attributes: v.optional(profileAttributes),
});

export type Mapping = v.InferOutput<typeof mappingSchema>;

/** The attribute mapping of one field. */
export type FieldRule = v.InferOutput<typeof profileAttribute>;

/** How many groups a pattern captures; one that is not valid has its own fault. */
function countGroups(text: string): number {
    return patternFault(text) ? Infinity : compilePattern(text, true).groupCount();
}
