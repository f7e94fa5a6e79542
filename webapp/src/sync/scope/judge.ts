import {isGuest} from '../mapping/guest';
import type {Policy} from '../policy/policy';
import type {DirectoryUser} from '../types';

import {AttributeReader} from './attribute_reader';
import {listMatchers, type Matcher} from './lists';
import type {GroupMembers} from './group_members';
import {compileRules} from './rules';
import {verdict, type Verdict} from './verdict';

export type Judge = (user: DirectoryUser) => Verdict;

/**
 * Makes the judge of one policy, which names what decided about a user: the exclusion of guests, else the first entry that
 * denies, else `everyone`, else the first entry that allows, else that none does. Lists come before rules.
 * Everything is prepared here, so that a user costs a few lookups however long the lists are.
 * `groups` must know every group of `groupsOfScope`.
 */
export function makeJudge(scope: Policy['scope'], groups: GroupMembers): Judge {
    const reader = new AttributeReader(groups);
    const denies = matchersOf('deny', scope, reader);
    const allows = scope.everyone ? [] : matchersOf('allow', scope, reader);
    const otherwise = scope.everyone ? verdict(true, 'everyone', '', 'Policy.scope.everyone') : verdict(false, 'no_rule_matches', '', 'Policy.scope');
    const guest = verdict(false, 'guest', '', 'Policy.scope.guests');

    return (user) => {
        if (!scope.guests && isGuest(user)) {
            return guest;
        }
        reader.read(user);
        return firstVerdict(denies, user) ?? firstVerdict(allows, user) ?? otherwise;
    };
}

function matchersOf(effect: 'allow' | 'deny', scope: Policy['scope'], reader: AttributeReader): Matcher[] {
    const matchers = listMatchers(effect, scope[effect], reader.group_members);
    if (scope.rules.some((rule) => rule.enabled && rule.effect === effect)) {
        matchers.push(compileRules(effect, scope.rules, reader));
    }
    return matchers;
}

function firstVerdict(matchers: Matcher[], user: DirectoryUser): Verdict | null {
    for (let at = 0; at < matchers.length; at++) {
        const found = matchers[at]!(user);
        if (found !== null) {
            return found;
        }
    }
    return null;
}
