import {selectableOf} from '../policy/attributes';
import {comparisonsOf} from '../policy/condition';
import type {ScopeRule} from '../policy/scope';

import type {AttributeReader} from './attribute_reader';
import {compileCondition, type Test} from './conditions';
import {verdict, type Verdict} from './verdict';

/** A rule ready to be asked. */
interface CompiledRule {
    test: Test;
    verdict: Verdict;
}

/** The enabled rules of one effect as one question, in their order: the verdict of the first that applies, or null. */
export function compileRules(effect: 'allow' | 'deny', rules: readonly ScopeRule[], reader: AttributeReader): () => Verdict | null {
    const compiled: CompiledRule[] = [];
    rules.forEach((rule, at) => {
        if (rule.enabled && rule.effect === effect) {
            const test = compileCondition(rule.when, reader);
            compiled.push({test, verdict: verdict(effect === 'allow', 'rule', rule.name, `Policy.scope.rules[${at}]`)});
        }
    });
    return () => {
        for (let at = 0; at < compiled.length; at++) {
            if (compiled[at]!.test()) {
                return compiled[at]!.verdict;
            }
        }
        return null;
    };
}

/** What must be read for the rules to be judged, as `$select` names it; some more than once. */
export function attributesOfRules(rules: readonly ScopeRule[]): string[] {
    return rules.filter(({enabled}) => enabled).flatMap(({when}) => comparisonsOf(when)).map(({attribute}) => selectableOf(attribute));
}
