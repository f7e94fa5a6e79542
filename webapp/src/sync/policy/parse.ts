import * as v from 'valibot';

import type {Fault} from '../errors';

import {policySchema, type Policy} from './policy';

/** Characters; a detail may quote what was typed. */
const MAX_DETAIL = 200;

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
            return {policy: null, faults: [policyFault('Policy', (error as Error).message)]};
        }
    }
    const result = v.safeParse(policySchema, document);
    if (!result.success) {
        return {policy: null, faults: result.issues.map(faultOfIssue)};
    }
    const faults = listFaults('Policy', document, result.output);
    return faults.length > 0 ? {policy: null, faults} : {policy: result.output, faults: []};
}

/** Lists where the policy has an object. The validator takes a list for an object without keys. */
function listFaults(path: string, input: unknown, output: unknown): Fault[] {
    if (typeof output !== 'object' || output === null || Array.isArray(output) || input === undefined) {
        return [];
    }
    if (Array.isArray(input)) {
        return [policyFault(path, 'Invalid type: Expected Object but received Array')];
    }
    return Object.entries(output).flatMap(([key, value]) => listFaults(`${path}.${key}`, (input as Record<string, unknown>)[key], value));
}

/** The part of a validation issue that becomes a fault, whatever schema it came from. */
interface Issue {
    message: string;
    path?: readonly {key?: unknown}[] | undefined;
}

function faultOfIssue(issue: Issue): Fault {
    return policyFault(pathOf(issue), issue.message);
}

/** `detail` is the validator's own sentence; it stands beside our message, as other software's words do. */
function policyFault(path: string, detail: string): Fault {
    return {code: 'policy_invalid', path, params: {path, detail: detail.slice(0, MAX_DETAIL)}};
}

function pathOf(issue: Issue): string {
    return (issue.path ?? []).reduce((path, {key}) => path + (typeof key === 'number' ? `[${key}]` : `.${String(key)}`), 'Policy');
}
