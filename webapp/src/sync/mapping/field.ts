import {MAX_VALUE, type FieldRule} from '../policy/mapping';
import {parseSource, type SourcePart} from '../policy/source';
import type {DirectoryUser} from '../types';

import {boundedList, boundedText, cleanText, cutText} from './text';
import {isExternalName} from './email';
import {compileSteps} from './transform';

/** The value of a field, not yet cut to Mattermost's limits; `undefined` when none of its attributes was read. */
export type FieldReader = (user: DirectoryUser) => string | undefined;

/** Makes an attribute's text comparable; the result may be ''. */
type Clean = (text: string) => string;

/** Makes the reader of a field that shows text. Patterns see what a reader sees: composed, without invisible characters. */
export function compileTextField(rule: FieldRule): FieldReader {
    return compileField(rule, (text) => cleanText(text, MAX_VALUE));
}

/** Makes the reader of an address: odd characters stay, so that a wrong address is refused and not repaired into another user's. */
export function compileAddressField(rule: FieldRule): FieldReader {
    return compileField(rule, (text) => cutText(boundedText(text.trim()), MAX_VALUE));
}

/**
 * Makes the reader of an email address. A source that gives the principal name of an external user counts as empty, unless the steps
 * make an address of it or no other source has one.
 */
export function compileEmailField(rule: FieldRule): FieldReader {
    const first = compileAddressField(rule);
    if (rule.join || rule.sources.length === 1) {
        return first;
    }
    const each = rule.sources.map((source) => compileAddressField({...rule, sources: [source]}));
    return (user) => {
        const value = first(user);
        return value && isExternalName(value) ? each.map((read) => read(user)).find((text) => text && !isExternalName(text)) ?? value : value;
    };
}

function compileField({sources, join, transform}: FieldRule, clean: Clean): FieldReader {
    const readers = sources.map((source) => compileSource(parseSource(source).parts, clean));
    const pick = join ? joinAll(readers, join.separator) : firstOf(readers);
    const change = compileSteps(transform);
    return (user) => {
        const value = pick(user);
        return value === undefined || value === '' ? value : change(value);
    };
}

/** The first source that is not empty. One that was not read counts as empty, unless all the others are empty too. */
function firstOf(readers: readonly FieldReader[]): FieldReader {
    return (user) => {
        let none: string | undefined = '';
        for (let at = 0; at < readers.length; at++) {
            const value = readers[at]!(user);
            if (value) {
                return value;
            }
            none = value === undefined ? undefined : none;
        }
        return none;
    };
}

function joinAll(readers: readonly FieldReader[], separator: string): FieldReader {
    return (user) => {
        const values = readers.map((read) => read(user));
        const filled = values.filter((value) => value);
        return filled.length === 0 && values.includes(undefined) ? undefined : filled.join(separator);
    };
}

function compileSource(parts: readonly SourcePart[], clean: Clean): FieldReader {
    const first = parts[0]!;
    return parts.length === 1 && first.kind === 'attribute' ? compileAttribute(first.attribute, clean) : compileTemplate(parts, clean);
}

/** A template is empty when an attribute that it needs is empty, and when all its attributes are. */
function compileTemplate(parts: readonly SourcePart[], clean: Clean): FieldReader {
    const pieces = parts.map((part) => (part.kind === 'text' ?
        {read: () => part.text, isText: true, isNeeded: false} :
        {read: compileAttribute(part.attribute, clean), isText: false, isNeeded: !part.is_optional}));
    return (user) => {
        const values = pieces.map(({read}) => read(user));
        const isWhole = pieces.every(({isNeeded}, at) => !isNeeded || values[at]) && pieces.some(({isText}, at) => !isText && values[at]);
        if (isWhole) {
            return values.join('');
        }
        return values.includes(undefined) ? undefined : '';
    };
}

function compileAttribute(attribute: string, clean: Clean): FieldReader {
    const [outer, inner] = attribute.split('.') as [string, string?];
    return (user) => textOf(inner === undefined ? user[outer] : memberOf(user[outer], inner), clean);
}

/** `null` was read and is empty; what is of another kind than expected counts as not read. */
function textOf(value: unknown, clean: Clean): string | undefined {
    if (typeof value === 'string') {
        return clean(value);
    }
    if (Array.isArray(value)) {
        const texts = boundedList(value).map((entry) => (typeof entry === 'string' ? clean(entry) : ''));
        return texts.find((text) => text !== '') ?? '';
    }
    return value === null ? '' : undefined;
}

function memberOf(value: unknown, name: string): unknown {
    if (value === null) {
        return null;
    }
    return typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined;
}
