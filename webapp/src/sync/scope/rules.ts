import {selectableOf} from '../policy/attributes';
import {comparisonsOf} from '../policy/condition';
import type {ScopeRule} from '../policy/scope';

import type {AttributeReader} from './attribute_reader';
import {compileCondition} from './conditions';
import {NONE, RuleGroup} from './rule_group';
import type {UserValue} from './user_value';
import {verdict, type Verdict} from './verdict';

/** The enabled rules of one effect as one test, in their order: the verdict of the first that applies, or null. */
export function compileRules(effect: 'allow' | 'deny', rules: readonly ScopeRule[], reader: AttributeReader): () => Verdict | null {
    const groups = new Map<string, RuleGroup>();
    rules.forEach((rule, at) => {
        if (!rule.enabled || rule.effect !== effect) {
            return;
        }
        const values = new Map<string, UserValue>();
        const note = (value: UserValue): UserValue => {
            values.set(value.key, value);
            return value;
        };
        const test = compileCondition(rule.when, {
            valueOf: (attribute, isCaseSensitive) => note(reader.valueOf(attribute, isCaseSensitive)),
            groups: () => note(reader.groups()),
            group_members: reader.group_members,
            patterns: reader.patterns,
        });
        const key = [...values.keys()].sort().join();
        const group = groups.get(key) ?? new RuleGroup([...values.values()]);
        group.add(at, test);
        groups.set(key, group);
    });
    const verdicts = rules.map(({name}, at) => verdict(effect === 'allow', 'rule', name, `Policy.scope.rules[${at}]`));
    const list = [...groups.values()];
    return () => {
        let first = NONE;
        for (let at = 0; at < list.length; at++) {
            first = Math.min(first, list[at]!.first());
        }
        return first === NONE ? null : verdicts[first]!;
    };
}

/** The attributes that the rules use, as `$select` names them; some more than once. */
export function attributesOfRules(rules: readonly ScopeRule[]): string[] {
    return rules.filter(({enabled}) => enabled).flatMap(({when}) => comparisonsOf(when)).map(({attribute}) => selectableOf(attribute));
}
