import type {Comparison, Condition} from '../policy/condition';

import type {AttributeReader} from './attribute_reader';
import {compose, fold} from './fold';
import type {UserValue} from './user_value';

/** Tests the user that the reader read last. */
export type Test = () => boolean;

type TextTest = (text: string) => boolean;

/** The places that rules look at after a user is read. */
type Sources = Pick<AttributeReader, 'valueOf' | 'groups' | 'group_members' | 'patterns'>;

/** Prepares everything that does not depend on the user: sets, patterns, folded values. */
export function compileCondition(when: Condition, sources: Sources): Test {
    if ('all' in when) {
        const tests = when.all.map((part) => compileCondition(part, sources));
        return () => holds(tests, false);
    }
    if ('any' in when) {
        const tests = when.any.map((part) => compileCondition(part, sources));
        return () => !holds(tests, true);
    }
    if ('member_of' in when) {
        const letter = sources.group_members.letterOf(when.member_of);
        const groups = sources.groups();
        return () => groups.text.includes(letter);
    }
    return compileComparison(when, sources);
}

/** Whether no test gives `unwanted`. By index: goja makes objects for each step of a for-of. */
function holds(tests: Test[], unwanted: boolean): boolean {
    for (let at = 0; at < tests.length; at++) {
        if (tests[at]!() === unwanted) {
            return false;
        }
    }
    return true;
}

function compileComparison(comparison: Comparison, sources: Sources): Test {
    switch (comparison.operator) {
    case 'is_empty':
    case 'is_not_empty': {
        const value = sources.valueOf(comparison.attribute, false);
        const wanted = comparison.operator === 'is_not_empty';
        return () => fits(value, isFilled) === wanted;
    }
    case 'matches': {
        const value = sources.valueOf(comparison.attribute, true);
        return sources.patterns.add(value, compose(comparison.value), comparison.case_sensitive === true);
    }
    default: {
        const isCaseSensitive = comparison.case_sensitive === true;
        const value = sources.valueOf(comparison.attribute, isCaseSensitive);
        const test = textTest(comparison, isCaseSensitive ? compose : fold);
        return comparison.operator === 'not_equals' ? () => !fits(value, test) : () => fits(value, test);
    }
    }
}

function textTest(comparison: Exclude<Comparison, {operator: 'is_empty' | 'is_not_empty' | 'matches'}>, form: (text: string) => string): TextTest {
    if (comparison.operator === 'one_of') {
        const values = new Set(comparison.values.map(form));
        return (text) => values.has(text);
    }
    const wanted = form(String(comparison.value));
    switch (comparison.operator) {
    case 'contains':
        return (text) => text.includes(wanted);
    case 'starts_with':
        return (text) => text.startsWith(wanted);
    case 'ends_with':
        return (text) => text.endsWith(wanted);
    default:
        return (text) => text === wanted;
    }
}

/** Whether the text fits, or any text of a list. */
function fits({text}: UserValue, test: TextTest): boolean {
    if (typeof text === 'string') {
        return test(text);
    }
    for (let at = 0; at < text.length; at++) {
        if (test(text[at]!)) {
            return true;
        }
    }
    return false;
}

function isFilled(text: string): boolean {
    return text.trim() !== '';
}
