import {readableAttributes} from '../../../sync/policy/attributes';
import {isObject, type PolicyDocument} from '../policy_document';

/** How deep conditions can be nested. */
export const deepest = 5;

export type Joint = 'all' | 'any';

/** A condition of the document, by its kind; the JSON editor shows any other. */
export type ShownCondition =
    | {kind: 'group'; joint: Joint; parts: unknown[]}
    | {kind: 'member_of'; group: string}
    | {kind: 'comparison'; comparison: LooseComparison}
    | {kind: 'other'};

/** A comparison that may lack something or have it wrong. */
export interface LooseComparison {
    attribute?: string;
    operator?: string;
    value?: string | boolean;
    values?: string[];
    case_sensitive?: boolean;
}

export function shownOf(when: unknown): ShownCondition {
    if (!isObject(when)) {
        return {kind: 'other'};
    }
    for (const joint of ['all', 'any'] as const) {
        if (joint in when) {
            const parts = when[joint];
            return Array.isArray(parts) ? {kind: 'group', joint, parts} : {kind: 'other'};
        }
    }
    if ('member_of' in when) {
        return typeof when.member_of === 'string' ? {kind: 'member_of', group: when.member_of} : {kind: 'other'};
    }
    return isComparison(when) ? {kind: 'comparison', comparison: when} : {kind: 'other'};
}

function isComparison({attribute, operator, value, values, case_sensitive}: PolicyDocument): boolean {
    return ['string', 'undefined'].includes(typeof attribute) && ['string', 'undefined'].includes(typeof operator) &&
        ['string', 'boolean', 'undefined'].includes(typeof value) && ['boolean', 'undefined'].includes(typeof case_sensitive) &&
        (values === undefined || (Array.isArray(values) && values.every((one) => typeof one === 'string')));
}

export const newComparison: LooseComparison = {attribute: '', operator: 'equals', value: ''};

export function newRule(name: string): PolicyDocument {
    return {name, effect: 'allow', when: {all: [newComparison]}};
}

export function otherJoint(joint: Joint): Joint {
    return joint === 'all' ? 'any' : 'all';
}

/** The group with the other operator; the rest of it does not change. */
export function withJoint(group: PolicyDocument, joint: Joint): PolicyDocument {
    const {all, any, ...rest} = group;
    return {...rest, [joint]: all ?? any};
}

/** The comparison with another operator, and with the value in the shape that this one takes. */
export function withOperator(comparison: LooseComparison, operator: string): LooseComparison {
    const {value, values, case_sensitive, ...rest} = comparison;
    if (operator === 'is_empty' || operator === 'is_not_empty') {
        return {...rest, operator};
    }
    const kept = case_sensitive === undefined ? {} : {case_sensitive};
    if (operator === 'one_of') {
        return {...rest, operator, values: values ?? (value === undefined || value === '' ? [] : [String(value)]), ...kept};
    }
    const text = value ?? values?.[0] ?? '';
    return {...rest, operator, value: operator === 'equals' || operator === 'not_equals' ? text : String(text), ...kept};
}

/** The key that has the value of a comparison; none for an operator without a value. */
export function keysOfValue({operator}: LooseComparison): Array<keyof LooseComparison> {
    if (operator === 'is_empty' || operator === 'is_not_empty') {
        return [];
    }
    return operator === 'one_of' ? ['values', 'case_sensitive'] : ['value', 'case_sensitive'];
}

/** The attribute as Graph writes it, if the text differs in upper and lower case only; else the text. */
export function attributeOf(text: string): string {
    const wanted = text.trim().toLowerCase();
    return readableAttributes.find((name) => name.toLowerCase() === wanted) ?? text.trim();
}

/** The object ids of groups that a condition names, however deep. */
export function groupsIn(when: unknown): string[] {
    const shown = shownOf(when);
    return shown.kind === 'member_of' ? [shown.group] : shown.kind === 'group' ? shown.parts.flatMap(groupsIn) : [];
}
