/**
 * Reads and changes the `Policy` setting as the document it is. Only the named part changes: whatever else
 * an administrator or a newer version wrote into the document stays.
 */
export type PolicyDocument = Record<string, unknown>;

/** A part below something that is not an object. An editor refuses it like any other invalid value. */
export const unshowable = Symbol('no object on the way');

/** The document in a stored value (an object, or its text; nothing is the empty document), or null for a value that is none. */
export function documentOf(value: unknown): PolicyDocument | null {
    if (value === null || value === undefined) {
        return {};
    }
    if (typeof value !== 'string') {
        return isObject(value) ? value : null;
    }
    if (value.trim() === '') {
        return {};
    }
    try {
        const parsed: unknown = JSON.parse(value);
        return isObject(parsed) ? parsed : null;
    } catch {
        return null;
    }
}

/** The stored value as text for the text editor. */
export function textOf(value: unknown): string {
    const document = documentOf(value);
    if (document !== null) {
        return JSON.stringify(document, null, 2);
    }
    return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** The part of the document at `path`, undefined where there is none. */
export function partOf(document: PolicyDocument, [key, ...rest]: readonly string[]): unknown {
    const part = document[key as string];
    if (rest.length === 0 || part === undefined) {
        return part;
    }
    return isObject(part) ? partOf(part, rest) : unshowable;
}

/** The document with another part at `path`; undefined takes it out, and with it the objects that would be left empty. */
export function withPart(document: PolicyDocument, [key, ...rest]: readonly string[], value: unknown): PolicyDocument {
    const {[key as string]: part, ...others} = document;
    const inner = isObject(part) ? part : {};
    const changed = rest.length === 0 ? value : withPart(inner, rest, value);
    const isGone = changed === undefined || (value === undefined && rest.length > 0 && Object.keys(changed as object).length === 0);
    return isGone ? others : {...document, [key as string]: changed};
}

export function isObject(value: unknown): value is PolicyDocument {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
