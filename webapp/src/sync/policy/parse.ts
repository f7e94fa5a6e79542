import * as v from 'valibot';

import type {Fault} from '../errors';

import {isLinkFirst} from './accounts';
import {isPattern} from './condition';
import {hasNoStrayValue, hasOwnIds, hasValueInName, saysWho, VALUE} from './memberships';
import {patternFault} from './pattern';
import {policySchema, type Policy} from './policy';

/** Characters; a detail may quote what was typed. */
const MAX_DETAIL = 200;

/** Levels of objects and lists. No policy needs so many, and code that reads a policy is recursive. */
const MAX_LEVELS = 40;

/** `policy` is null exactly when there are faults. */
export interface ParsedPolicy {
    policy: Policy | null;
    faults: Fault[];
}

/**
 * Reads the `Policy` setting: its raw text, or the document itself. Reports every fault with its path
 * (`Policy.scope.allow.display_name_contains[2]`) and never throws. Blank text is the default policy: no user is in scope.
 */
export function parsePolicy(raw: string | object): ParsedPolicy {
    let document: unknown = raw;
    if (typeof raw === 'string') {
        try {
            document = raw.trim() === '' ? {} : JSON.parse(raw);
        } catch (error) {
            return {policy: null, faults: [policyFault('Policy', (error as Error).message, 'json')]};
        }
    }
    if (isDeeperThan(document, MAX_LEVELS)) {
        return {policy: null, faults: [policyFault('Policy', `Invalid depth: Expected at most ${MAX_LEVELS} levels`)]};
    }
    const result = v.safeParse(policySchema, document);
    if (!result.success) {
        return {policy: null, faults: result.issues.map(faultOfIssue)};
    }
    const faults = unseenFaults('Policy', document, result.output);
    return faults.length > 0 ? {policy: null, faults} : {policy: result.output, faults: []};
}

function isDeeperThan(value: unknown, levels: number): boolean {
    return typeof value === 'object' && value !== null &&
        (levels === 0 || Object.values(value).some((inside) => isDeeperThan(inside, levels - 1)));
}

/**
 * What the validator does not see: it takes a list for an object without keys, and leaves out names that every JavaScript object
 * has, such as `constructor`.
 */
function unseenFaults(path: string, input: unknown, output: unknown): Fault[] {
    if (typeof output !== 'object' || output === null || Array.isArray(output) || input === undefined) {
        return [];
    }
    if (Array.isArray(input)) {
        return [policyFault(path, 'Invalid type: Expected Object but received Array', 'kind')];
    }
    const lost = Object.keys(input as object).filter((key) => !Object.hasOwn(output, key)).
        map((key) => policyFault(`${path}.${key}`, `Invalid key: "${key}"`, 'unknown_key'));
    return lost.concat(Object.entries(output).flatMap(([key, value]) => unseenFaults(`${path}.${key}`, (input as Record<string, unknown>)[key], value)));
}

/** The part of a validation issue that becomes a fault, whatever schema it came from. */
interface Issue {
    type: string;
    message: string;
    path?: readonly {key?: unknown}[] | undefined;
    input?: unknown;

    /** What would have been right; `never` for a key that must not be there. */
    expected?: string | null;

    /** For a check, the function that said no. */
    requirement?: unknown;
}

/** The kind of a validator's issue, so that it can be described in the reader's language; for others the detail is shown. */
const PROBLEMS: Record<string, string> = {
    string: 'kind',
    number: 'kind',
    boolean: 'kind',
    array: 'kind',
    strict_object: 'kind',
    min_length: 'length',
    max_length: 'length',
    integer: 'number',
    min_value: 'number',
    max_value: 'number',
    literal: 'choice',
    picklist: 'choice',
    variant: 'choice',
};

/** The same for checks, by the function that said no. */
const PROBLEM_OF_CHECK = new Map<unknown, string>([
    [isLinkFirst, 'link_first'], [saysWho, 'without_who'], [hasValueInName, 'without_value'], [hasNoStrayValue, 'stray_value'], [hasOwnIds, 'same_id'],
]);

function problemOf({type, expected, requirement}: Issue): string | undefined {
    const problem = PROBLEM_OF_CHECK.get(requirement);
    if (problem) {
        return problem;
    }
    return type === 'strict_object' && expected === 'never' ? 'unknown_key' : PROBLEMS[type];
}

function faultOfIssue(issue: Issue): Fault {
    const fault = policyFault(pathOf(issue), issue.message, problemOf(issue));
    const wrong = issue.requirement === isPattern ? patternFault(String(issue.input)) : null;
    return wrong ? {...fault, params: {...fault.params, position: wrong.position}} : fault;
}

/** `detail` is the validator's own sentence, which is shown with our message. */
function policyFault(path: string, detail: string, problem?: string): Fault {
    return {code: 'policy_invalid', path, params: {path, detail: detail.slice(0, MAX_DETAIL), ...(problem ? {problem} : {}), ...(problem?.endsWith('_value') ? {placeholder: VALUE} : {})}};
}

function pathOf(issue: Issue): string {
    return (issue.path ?? []).reduce((path, {key}) => path + (typeof key === 'number' ? `[${key}]` : `.${String(key)}`), 'Policy');
}
