/**
 * Reads and changes the `Policy` setting as the document it is. Only the named part changes: whatever else
 * an administrator or a newer version wrote into the document stays.
 */
import type {SignInService} from '../../sync/types';

export type PolicyDocument = Record<string, unknown>;

export type SignInMethod = 'random_password' | 'initial_password' | 'single_sign_on';

/** What the form shows of a document. */
export interface PolicyForm {
    names: string[];
    everyone: boolean;
    guests: boolean;
    method: SignInMethod;
    service: SignInService;
}

export const signInMethods: SignInMethod[] = ['random_password', 'initial_password', 'single_sign_on'];
export const signInServices: SignInService[] = ['office365', 'openid', 'saml', 'gitlab'];

const path = {
    names: ['scope', 'allow', 'display_name_contains'],
    everyone: ['scope', 'everyone'],
    guests: ['scope', 'guests'],
    signIn: ['accounts', 'sign_in'],
};

/** Stands for a part below something that is no object; the form refuses it like any other unfit value. */
const unshowable = Symbol('no object on the way');

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

/** The parts that the form edits, or null when one of them has a shape that the form cannot show. */
export function formOf(document: PolicyDocument): PolicyForm | null {
    const names = partOf(document, path.names) ?? [];
    const everyone = partOf(document, path.everyone) ?? false;
    const guests = partOf(document, path.guests) ?? false;
    const signIn = partOf(document, path.signIn) ?? {};
    if (!Array.isArray(names) || !names.every((name) => typeof name === 'string') || typeof everyone !== 'boolean' || typeof guests !== 'boolean' || !isObject(signIn)) {
        return null;
    }
    const method = signIn.method ?? 'random_password';
    const service = signIn.service ?? 'office365';
    if (!isOneOf(signInMethods, method) || !isOneOf(signInServices, service)) {
        return null;
    }
    return {names, everyone, guests, method, service};
}

/** The document with the named parts of the form changed. */
export function withForm(document: PolicyDocument, change: Partial<PolicyForm>): PolicyDocument {
    let changed = document;
    for (const name of ['names', 'everyone', 'guests'] as const) {
        if (change[name] !== undefined) {
            changed = withPart(changed, path[name], change[name]);
        }
    }
    if (change.method !== undefined || change.service !== undefined) {
        changed = withPart(changed, path.signIn, signInOf({...formOf(document), ...change}));
    }
    return changed;
}

function signInOf({method, service}: Partial<PolicyForm>): PolicyDocument {
    return method === 'single_sign_on' ? {method, service} : {method};
}

function partOf(document: PolicyDocument, [key, ...rest]: string[]): unknown {
    const part = document[key as string];
    if (rest.length === 0 || part === undefined) {
        return part;
    }
    return isObject(part) ? partOf(part, rest) : unshowable;
}

function withPart(document: PolicyDocument, [key, ...rest]: string[], value: unknown): PolicyDocument {
    const part = document[key as string];
    return {...document, [key as string]: rest.length === 0 ? value : withPart(isObject(part) ? part : {}, rest, value)};
}

function isObject(value: unknown): value is PolicyDocument {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOneOf<T>(list: T[], value: unknown): value is T {
    return (list as unknown[]).includes(value);
}
