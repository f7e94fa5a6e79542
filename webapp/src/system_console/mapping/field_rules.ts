import {accountFields} from '../../sync/lists';
import {whens, type FieldRule, type Step} from '../../sync/policy/mapping';
import {parsePolicy} from '../../sync/policy/parse';
import {isObject, partOf, unshowable, withPart, type PolicyDocument} from '../policy/policy_document';

/** The fields that every account has, in the order of the table. */
export const tableFields = accountFields;
type AccountFieldName = typeof tableFields[number];

/** A row of the table: a field of every account, or a user attribute by its name in Mattermost. */
export type FieldKey = {kind: 'field'; name: AccountFieldName} | {kind: 'attribute'; name: string};

/** A rule as shown on the screen, with defaults for what the document omits. A part that the form cannot show is null. */
export interface ShownRule {
    sources: string[] | null;

    /** The text between all sources that are not empty; undefined takes the first of them. */
    separator: string | undefined | null;
    steps: ShownStep[] | null;
    when: FieldRule['when'] | null;

    /** Whether the document says anything about the field. */
    isSet: boolean;
}

/** A step, perhaps of a newer version. */
export type ShownStep = Step | {step: string};

/** Where the document has the rule. */
function pathOf({kind, name}: FieldKey): string[] {
    return kind === 'field' ? ['mapping', name] : ['mapping', 'attributes', name];
}

/** The same as faults write it. */
export function faultPathOf(key: FieldKey): string {
    return `Policy.${pathOf(key).join('.')}`;
}

/** What a field does by default; sources are empty for one that has none. */
export function defaultRule({kind, name}: FieldKey): FieldRule {
    return kind === 'field' && defaults[name] ? defaults[name] : {sources: [], transform: [], when: whensOf({kind, name} as FieldKey)[0]!};
}

/** When a field may be written; the first is the default. */
export function whensOf({kind, name}: FieldKey): FieldRule['when'][] {
    return kind === 'field' ? allowedWhens[name] : [...whens];
}

/** The form that the rule of a field has in the document. */
export function shownRule(document: PolicyDocument, key: FieldKey): ShownRule {
    const stored = partOf(document, pathOf(key));
    const byDefault = defaultRule(key);
    if (stored === undefined) {
        return {sources: byDefault.sources, separator: undefined, steps: [], when: byDefault.when, isSet: false};
    }
    if (stored === unshowable || !isObject(stored)) {
        return {sources: null, separator: null, steps: null, when: null, isSet: true};
    }
    return {
        sources: stored.sources === undefined ? byDefault.sources : textsOf(stored.sources),
        separator: separatorOf(stored.join),
        steps: stored.transform === undefined ? [] : stepsOf(stored.transform),
        when: stored.when === undefined ? byDefault.when : whens.find((when) => when === stored.when) ?? null,
        isSet: true,
    };
}

/** The document with one part of a rule changed. What is as by default is taken out, and a rule that says nothing more with it. */
export function withRulePart(document: PolicyDocument, key: FieldKey, part: 'sources' | 'join' | 'transform' | 'when', value: unknown): PolicyDocument {
    const path = pathOf(key);
    const byDefault = {...defaultRule(key), join: undefined};
    const isDefault = value === undefined || JSON.stringify(value) === JSON.stringify(byDefault[part]);
    return withPart(document, [...path, part], isDefault ? undefined : value);
}

/** The document without the rule: the field does what it does by default, and the attribute is left alone. */
export function withoutRule(document: PolicyDocument, key: FieldKey): PolicyDocument {
    return withPart(document, pathOf(key), undefined);
}

/** The names of the mapped user attributes in the order of the document; null where it has something else there. */
export function attributeNames(document: PolicyDocument): string[] | null {
    const attributes = partOf(document, ['mapping', 'attributes']) ?? {};
    return isObject(attributes) ? Object.keys(attributes) : null;
}

function textsOf(value: unknown): string[] | null {
    return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : null;
}

function separatorOf(join: unknown): string | undefined | null {
    if (join === undefined) {
        return undefined;
    }
    return isObject(join) && typeof join.separator === 'string' ? join.separator : null;
}

function stepsOf(value: unknown): ShownStep[] | null {
    return Array.isArray(value) && value.every((each) => isObject(each) && typeof each.step === 'string') ? value : null;
}

/** The policy's schema defines the defaults and when a field may be written, so that they are in one place. */
const defaults: Partial<Record<string, FieldRule>> = Object.fromEntries(tableFields.map((name) => [name, ruleOf(name, {})]));
const allowedWhens = Object.fromEntries(tableFields.map((name) => {
    const byDefault = ruleOf(name, {sources: ['id']})!.when;
    const allowed = whens.filter((when) => ruleOf(name, {sources: ['id'], when}));
    return [name, [byDefault, ...allowed.filter((when) => when !== byDefault)]];
})) as Record<AccountFieldName, FieldRule['when'][]>;

function ruleOf(name: AccountFieldName, rule: object): FieldRule | undefined {
    return parsePolicy({mapping: {[name]: rule}}).policy?.mapping[name];
}
