import type {IntlShape} from 'react-intl';

import {conditionWords} from '../policy/conditions/condition_words';

import {forEachOf, joinsOf, placeOf, whoOf, type LooseRule} from './rule_part';

/** Groups and targets that are named. */
const SHOWN = 3;

/** The names of what a rule refers to; '' for an unknown name. */
export interface RuleNames {
    groupOf(id: string): string;
    targetOf(id: string): string;
}

/** What a rule does, as a sentence. */
export function ruleWords(intl: IntlShape, rule: LooseRule, names: RuleNames): string {
    const forEach = forEachOf(rule);
    const text = forEach.kind === 'attribute' ? forEach.attribute : forEach.kind === 'groups_starting_with' ? forEach.prefix : '';
    return intl.formatMessage({id: 'entrasync.memberships.words'}, {
        who: whoWords(intl, rule, names),
        targets: intl.formatList(firstOf((joinsOf(rule) ?? []).map((join) => targetWords(join.team, join.channel, names)))),
        each: forEach.kind,
        text: text || '…',
        role: rule.role === 'admin' ? 'admin' : 'member',
    });
}

/** Which users a rule wants, in words. */
export function whoWords(intl: IntlShape, rule: LooseRule, {groupOf}: RuleNames): string {
    const who = whoOf(rule);
    switch (who.kind) {
    case 'groups':
        return intl.formatMessage({id: 'entrasync.memberships.words_groups'}, {groups: intl.formatList(firstOf(who.groups.map((id) => groupOf(id) || id)), {type: 'disjunction'}) || '…'});
    case 'when':
        return intl.formatMessage({id: 'entrasync.memberships.words_when'}, {condition: conditionWords(intl, who.when, groupOf)});
    case 'other':
        return '…';
    default:
        return intl.formatMessage({id: forEachOf(rule).kind === 'groups_starting_with' ? 'entrasync.memberships.words_members' : 'entrasync.memberships.words_everyone'});
    }
}

function targetWords(team: unknown, channel: unknown, {targetOf}: RuleNames): string {
    return [team, channel].map(placeOf).filter(({kind}) => kind !== 'none').map((place) => {
        const name = place.kind === 'id' ? targetOf(place.id) || place.id : place.kind === 'create' ? String(place.create.display_name ?? '') : '';
        return name || '…';
    }).join(' > ');
}

function firstOf(list: string[]): string[] {
    return list.length > SHOWN ? [...list.slice(0, SHOWN), '…'] : list;
}
