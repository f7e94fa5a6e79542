import {keyOfObjects, readableAttributes, type ReadableAttribute} from './attributes';

/** Switches are true or false, which is no text for a field. */
const SWITCHES: readonly ReadableAttribute[] = ['accountEnabled', 'onPremisesSyncEnabled'];

/** The attributes that a source may name: those that are texts. */
export const mappableAttributes: readonly ReadableAttribute[] = readableAttributes.filter((name) => !SWITCHES.includes(name) && !(name in keyOfObjects));

/** A piece of a source: fixed text, or an attribute. An optional one may be empty without emptying the whole. */
export type SourcePart =
    | {kind: 'text'; text: string}
    | {kind: 'attribute'; attribute: ReadableAttribute; is_optional: boolean};

/** Why a source cannot be used. `position` counts UTF-16 units from 1. */
type SourceFault =
    | {kind: 'unknown_attribute'; name: string; position: number}
    | {kind: 'unpaired'; sign: string; position: number}
    | {kind: 'no_attribute'};

/** `fault` is null exactly when the source is valid. */
interface ParsedSource {
    parts: SourcePart[];
    fault: SourceFault | null;
}

/** A doubled brace, which means a brace; a placeholder; a single brace, which is a mistake; or text. */
const TOKEN = /\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+/g;
const BRACE = /[{}]/;

/** Reads a source of a mapped field: the name of an attribute, or a template such as `{displayName} ({department?})`. */
export function parseSource(source: string): ParsedSource {
    if (!BRACE.test(source)) {
        return withAttribute({parts: [], fault: null}, source, 0);
    }
    let parsed: ParsedSource = {parts: [], fault: null};
    for (const token of source.matchAll(TOKEN)) {
        if (parsed.fault) {
            break;
        }
        parsed = withToken(parsed, token[0], token[1], token.index!);
    }
    const isLacking = !parsed.fault && !parsed.parts.some(({kind}) => kind === 'attribute');
    return isLacking ? {...parsed, fault: {kind: 'no_attribute'}} : parsed;
}

/** What is wrong with a source as the message of a validator, '' for one that can be used. */
export function sourceMessage(source: string): string {
    const {fault} = parseSource(source);
    switch (fault?.kind) {
    case 'unknown_attribute':
        return `Unknown attribute "${fault.name}" at character ${fault.position}`;
    case 'unpaired':
        return `Invalid template: unpaired ${fault.sign} at character ${fault.position}; write ${fault.sign}${fault.sign} for the sign itself`;
    case 'no_attribute':
        return 'Invalid template: it names no attribute';
    default:
        return '';
    }
}

/** The attributes that a valid source names. */
export function attributesOfSource(source: string): ReadableAttribute[] {
    return parseSource(source).parts.flatMap((part) => (part.kind === 'attribute' ? [part.attribute] : []));
}

/** `name` is the text between braces, undefined for other tokens. */
function withToken({parts, fault}: ParsedSource, token: string, name: string | undefined, at: number): ParsedSource {
    if (name !== undefined) {
        return withAttribute({parts, fault}, name, at + 1);
    }
    if (token === '{' || token === '}') {
        return {parts, fault: {kind: 'unpaired', sign: token, position: at + 1}};
    }
    const text = token === '{{' || token === '}}' ? token[0]! : token;
    return {parts: [...parts, {kind: 'text', text}], fault};
}

function withAttribute({parts, fault}: ParsedSource, written: string, at: number): ParsedSource {
    const is_optional = at > 0 && written.endsWith('?');
    const name = is_optional ? written.slice(0, -1) : written;
    const attribute = mappableAttributes.find((known) => known === name);
    if (attribute === undefined) {
        return {parts, fault: {kind: 'unknown_attribute', name, position: at + 1}};
    }
    return {parts: [...parts, {kind: 'attribute', attribute, is_optional}], fault};
}
