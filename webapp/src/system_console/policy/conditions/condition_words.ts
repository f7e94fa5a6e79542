import type {IntlShape} from 'react-intl';

import {operators, type Operator} from '../../../sync/policy/condition';

import {shownOf, type LooseComparison} from './condition_part';

/** Values of a list that are named. */
const SHOWN = 3;

/** What a condition asks, as a sentence: "department begins with “Eng” and (city is “Seoul” or city is “Busan”)". */
export function conditionWords(intl: IntlShape, when: unknown, nameOfGroup: (id: string) => string): string {
    return wordsOf(intl, when, nameOfGroup, false);
}

function wordsOf(intl: IntlShape, when: unknown, nameOfGroup: (id: string) => string, isInner: boolean): string {
    const shown = shownOf(when);
    switch (shown.kind) {
    case 'group': {
        const type = shown.joint === 'all' ? 'conjunction' : 'disjunction';
        const list = intl.formatList(shown.parts.map((part) => wordsOf(intl, part, nameOfGroup, true)), {type});
        return isInner && shown.parts.length > 1 ? `(${list})` : list;
    }
    case 'member_of':
        return intl.formatMessage({id: 'entrasync.rule.groups'}, {value: nameOfGroup(shown.group) || '…'});
    case 'comparison':
        return comparisonWords(intl, shown.comparison);
    case 'other':
        return '…';
    }
}

function comparisonWords(intl: IntlShape, {attribute, operator = '', value, values = []}: LooseComparison): string {
    const known = isOperator(operator) ? operator : 'equals';
    const more = values.length > SHOWN ? ['…'] : [];
    return intl.formatMessage({id: `entrasync.condition.${known}`}, {
        attribute: attribute || '…',
        value: known === 'one_of' ? [...values.slice(0, SHOWN), ...more].join(', ') || '…' : String(value ?? '') || '…',
    });
}

function isOperator(name: string): name is Operator {
    return (operators as readonly string[]).includes(name);
}
