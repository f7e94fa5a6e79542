import {listKinds, type Effect, type Lists} from '../../sync/policy/scope';
import {groupsIn} from '../policy/conditions/condition_part';
import {isObject, partOf, withPart, type PolicyDocument} from '../policy/policy_document';

export type ListKind = keyof Lists;

/** A rule of the document: an object that can have faults. */
export type LooseRule = PolicyDocument;

/** The entries of a list; `null` for a part of another shape, which only the text editor can show. */
export function entriesOf(document: PolicyDocument, effect: Effect, kind: ListKind): string[] | null {
    const part = partOf(document, ['scope', effect, kind]) ?? [];
    return Array.isArray(part) && part.every((entry) => typeof entry === 'string') ? part : null;
}

/** An empty list is the default, which is not written down. */
export function withEntries(document: PolicyDocument, effect: Effect, kind: ListKind, entries: string[]): PolicyDocument {
    return withPart(document, ['scope', effect, kind], entries.length === 0 ? undefined : entries);
}

/** The rules, each of which can have a shape that cannot be shown; `null` if they are not a list. */
export function rulesOf(document: PolicyDocument): unknown[] | null {
    const part = partOf(document, ['scope', 'rules']) ?? [];
    return Array.isArray(part) ? part : null;
}

export function withRules(document: PolicyDocument, rules: unknown[]): PolicyDocument {
    return withPart(document, ['scope', 'rules'], rules.length === 0 ? undefined : rules);
}

/** Whether a rule has what the form shows, each of the right kind; its condition is looked at where it is shown. */
export function isShowableRule(rule: unknown): rule is LooseRule {
    return isObject(rule) && isText(rule.name) && isText(rule.effect) && (rule.enabled === undefined || typeof rule.enabled === 'boolean');
}

export function isRuleOn(rule: LooseRule): boolean {
    return rule.enabled !== false;
}

/** The object ids of groups that conditions of the rules name. */
export function groupsOfRules(rules: readonly unknown[]): string[] {
    return rules.flatMap((rule) => (isShowableRule(rule) ? groupsIn(rule.when) : []));
}

/** The switches of the scope, as the policy names them. */
export type ScopeSwitchName = 'everyone' | 'guests' | 'service_accounts';

/** A switch of the scope; `null` if the document has another type of value. */
export function switchOf(document: PolicyDocument, name: ScopeSwitchName): boolean | null {
    const part = partOf(document, ['scope', name]) ?? false;
    return typeof part === 'boolean' ? part : null;
}

/** Off is the default, which is not written down. */
export function withSwitch(document: PolicyDocument, name: ScopeSwitchName, isOn: boolean): PolicyDocument {
    return withPart(document, ['scope', name], isOn || undefined);
}

/** Whether no list and no rule allows any user. */
export function allowsNobody(document: PolicyDocument): boolean {
    const rules = rulesOf(document) ?? [];
    return switchOf(document, 'everyone') === false && listKinds.every((kind) => entriesOf(document, 'allow', kind)?.length === 0) &&
        !rules.some((rule) => !isShowableRule(rule) || (isRuleOn(rule) && rule.effect === 'allow'));
}

function isText(value: unknown): value is string | undefined {
    return value === undefined || typeof value === 'string';
}
