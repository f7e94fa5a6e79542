import * as v from 'valibot';

import type {Fault} from '../errors';

import {policySchema, type Policy} from './policy';

/** `policy` is null exactly when there are faults. */
export interface ParsedPolicy {
    policy: Policy | null;
    faults: Fault[];
}

/**
 * Reads the `Policy` setting: its raw text, or the document itself. Reports every fault with its path
 * (`Policy.scope.allow.display_name_contains[2]`) and never throws. Blank text is the default policy: nobody is in scope.
 */
export function parsePolicy(raw: string | object): ParsedPolicy {
    let document: unknown = raw;
    if (typeof raw === 'string') {
        try {
            document = raw.trim() === '' ? {} : JSON.parse(raw);
        } catch (error) {
            return {policy: null, faults: [policyFault('Policy', 'JSON', (error as Error).message)]};
        }
    }
    const result = v.safeParse(policySchema, document);
    if (result.success) {
        return {policy: result.output, faults: []};
    }
    return {policy: null, faults: result.issues.map(faultOfIssue)};
}

/** The part of a validation issue that becomes a fault, whatever schema it came from. */
interface Issue {
    expected: string | null;
    received: string;
    path?: readonly {key?: unknown}[] | undefined;
}

function faultOfIssue(issue: Issue): Fault {
    return policyFault(pathOf(issue), issue.expected ?? 'valid', issue.received);
}

/** `expected` and `received` are in the language of types and bounds ("string", "<=32"), so they need no translation. */
function policyFault(path: string, expected: string, received: string): Fault {
    return {code: 'policy_invalid', path, params: {path, expected, received}};
}

function pathOf(issue: Issue): string {
    return (issue.path ?? []).reduce((path, {key}) => path + (typeof key === 'number' ? `[${key}]` : `.${String(key)}`), 'Policy');
}
