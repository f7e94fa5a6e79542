import type {Step} from '../../sync/policy/mapping';
import {patternFault} from '../../sync/policy/pattern';

import type {ShownStep} from './field_rules';

/** Characters of a pattern, and of a text to find or to put in its place. */
export const maxPattern = 256;
export const maxText = 128;

/** Characters that `truncate` can keep. */
export const maxLength = 1024;

/** The greatest number of a group. */
export const maxGroup = 99;

type StepOf<Kind extends Step['step']> = Extract<Step, {step: Kind}>;

/** Each kind of step as it begins when it is added. What an administrator has to fill in is empty. */
const beginnings: {[Kind in Step['step']]: StepOf<Kind>} = {
    match: {step: 'match', pattern: ''} as StepOf<'match'>,
    replace: {step: 'replace', text: '', with: ''},
    replace_pattern: {step: 'replace_pattern', pattern: '', with: ''},
    lower: {step: 'lower'},
    upper: {step: 'upper'},
    trim: {step: 'trim'},
    strip_accents: {step: 'strip_accents'},
    transliterate: {step: 'transliterate'},
    truncate: {step: 'truncate', length: 64},
};

export const stepKinds = Object.keys(beginnings) as Step['step'][];

export function newStep(kind: Step['step']): Step {
    return {...beginnings[kind]};
}

/** Whether a form can show the step: it has the members of its kind, of the right sort, and no others. What they say may be wrong. */
export function isKnownStep(step: ShownStep): step is Step {
    if (!(stepKinds as string[]).includes(step.step)) {
        return false;
    }
    const beginning = beginnings[step.step as Step['step']] as Record<string, unknown>;
    const sorts: Record<string, string> = {...Object.fromEntries(Object.entries(beginning).map(([key, value]) => [key, typeof value])), ...optional[step.step]};
    return Object.entries(step).every(([key, value]) => Object.hasOwn(sorts, key) && typeof value === sorts[key]) &&
        Object.keys(beginning).every((key) => key in step);
}

const optional: Partial<Record<string, Record<string, string>>> = {match: {group: 'number', otherwise: 'string'}};

/** What is wrong with a pattern: that it is missing, too long, or where it goes wrong, counted from 1. Null for a good one. */
export function patternTrouble(pattern: string): {kind: 'missing' | 'too_long'} | {kind: 'wrong'; position: number; detail: string} | null {
    if (pattern === '') {
        return {kind: 'missing'};
    }
    if (pattern.length > maxPattern) {
        return {kind: 'too_long'};
    }
    const fault = patternFault(pattern);
    return fault && {kind: 'wrong', ...fault};
}
