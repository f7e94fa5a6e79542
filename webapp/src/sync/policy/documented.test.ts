import {readFileSync} from 'node:fs';
import {join} from 'node:path';

import {makeMapper} from '../mapping/mapper';
import {authDataOf, type Person} from '../mapping/person';
import {settingKeys} from '../settings/keys';

import {readableAttributes} from './attributes';
import {mappingSchema, type FieldRule, type Mapping} from './mapping';
import {parsePolicy} from './parse';
import {mappableAttributes} from './source';

const docs = join(__dirname, '../../../../docs');
const guides = ['policy.md', 'admin_guide.md', 'admin_guide.ko.md'];
const text = readFileSync(join(docs, 'policy.md'), 'utf8');

/** A part of docs/policy.schema.json, as far as its keys go. */
interface Schema {
    properties?: Record<string, Schema>;
    oneOf?: Schema[];
    const?: string;
}

/** The policies among the JSON examples of a guide: whole documents, and those within an example of the settings. */
function policiesIn(guide: string): string[] {
    const blocks = [...readFileSync(join(docs, guide), 'utf8').matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, block]) => JSON.parse(block!));
    return blocks.map((block) => ('version' in block ? block : block.PluginSettings?.Plugins?.entrasync.policy)).
        filter((policy) => policy !== undefined).map((policy) => JSON.stringify(policy));
}

/** The paths of all keys, such as `scope.everyone`. */
function pathsOf(schema: Schema, path = ''): string[] {
    const inside = (schema.oneOf ?? []).flatMap((variant) => pathsOf(variant, path));
    return inside.concat(Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
        const at = path === '' ? key : `${path}.${key}`;
        return [at, ...pathsOf(value, at)];
    }));
}

describe('the guides', () => {
    test('have examples of policies', () => {
        expect(policiesIn('policy.md').length).toBeGreaterThan(5);
    });

    test.each(guides.flatMap((guide) => policiesIn(guide).map((example) => [guide, example])))('%s: %s', (_, example) => {
        expect(parsePolicy(example!).faults).toEqual([]);
    });

    test('show the defaults as they are', () => {
        const complete = policiesIn('policy.md').map((example) => JSON.parse(example) as object).find((example) => Object.hasOwn(example, 'history') && Object.hasOwn(example, 'limits'));
        expect(complete).toEqual(parsePolicy('').policy);
    });
});

describe.each(['admin_guide.md', 'admin_guide.ko.md'])('docs/%s', (guide) => {
    test.each(settingKeys)('names the setting %s', (key) => {
        expect(readFileSync(join(docs, guide), 'utf8')).toContain(`\`${key}\``);
    });

    test('has an example of a policy among the settings', () => {
        expect(policiesIn(guide)).toHaveLength(1);
    });
});

/** A field's rule with its defaults; where it has no default sources, without any. */
function defaultsOf(field: string): FieldRule {
    const {policy} = parsePolicy({mapping: {[field]: {}}});
    const rule = policy?.mapping[field as keyof Mapping] ?? {...parsePolicy({mapping: {[field]: {sources: ['id']}}}).policy!.mapping[field as keyof Mapping], sources: []};
    return rule as FieldRule;
}

/** How the examples show the result for fields that hold more than a text. */
const fieldsShown: Record<string, (person: Person) => string> = {
    timezone: ({timezone, refused}) => (refused ? 'rejected' : `\`${timezone}\``),
    auth_data: (person) => (person.auth_data_fault ? `skipped: \`${person.auth_data_fault}\`` : `\`${authDataOf(person)}\``),
    username: ({username_letters}) => `\`${username_letters}\``,
    email: ({email}) => `\`${email}\``,
    locale: ({locale, refused}) => (refused ? 'rejected' : `\`${locale}\``),
    attributes: ({attributes}) => attributes!.map((value) => `\`${value}\``).join(', '),
};

/** The examples of the mapping: rows of a rule, a person's attributes, and the value that comes of them. */
const mappedRows = [...text.matchAll(/^\| `(\{(?!"mapping").*?\})` \| `(\{.*?\})` \| (?:`(.*)`|\*empty\*) \|$/gm)];

describe('docs/policy.md', () => {
    const schema = JSON.parse(readFileSync(join(docs, 'policy.schema.json'), 'utf8')) as Schema & {$defs: {step: Schema}};
    const paths = pathsOf(schema).map((path) => path.replace(/^mapping\.(?!attributes)\w+/, 'mapping.<field>'));
    const leaves = [...new Set(paths)].filter((path, _, all) => !all.some((other) => other.startsWith(`${path}.`)));

    test.each(leaves)('has a part about %s', (path) => {
        expect(text).toMatch(new RegExp(`^#+ .*\`${path.replaceAll('.', '\\.')}\``, 'm'));
    });

    test.each(readableAttributes.filter((name) => !name.includes('extensionAttribute')))('names the attribute %s', (attribute) => {
        expect(text).toContain(`\`${attribute}\``);
    });

    test.each(['name', 'effect', 'enabled', 'when', 'all', 'any', 'member_of', 'attribute', 'operator', 'value', 'values', 'case_sensitive'])('explains the part %s of a rule', (key) => {
        expect(JSON.stringify(schema)).toContain(`"${key}":`);
        expect(text).toMatch(new RegExp(`\`(\\{")?${key}["\`]`));
    });

    const operators = [...JSON.stringify(schema).matchAll(/"operator":\{"(?:enum|const)":(\[[^\]]*\]|"[^"]*")/g)].flatMap(([, names]) => JSON.parse(names!) as string);

    test.each(operators)('explains the operator %s', (operator) => {
        expect(text).toMatch(new RegExp(`^\\| .*\`${operator}\`.* \\|`, 'm'));
    });

    test.each(schema.$defs.step.oneOf!.map(({properties}) => properties!.step!.const!))('has a part about the step %s, with an example', (step) => {
        const part = text.split(/^#+ /m).find((other) => other.startsWith(`\`${step}\``));
        expect(part).toContain(`{"step": "${step}"`);
    });

    test.each(mappedRows.map(([, ...row]) => row))('maps as it says: %s, %s', (rule, attributes, value) => {
        const {policy, faults} = parsePolicy({mapping: {nickname: JSON.parse(rule!)}});
        expect(faults).toEqual([]);
        expect(makeMapper(policy!.mapping)({id: '1', ...JSON.parse(attributes!)}).nickname).toBe(value ?? '');
    });

    test('has those examples', () => {
        expect(mappedRows.length).toBeGreaterThan(15);
    });

    test.each(Object.keys(mappingSchema.entries).filter((field) => field !== 'attributes'))('has the defaults of the field %s', (field) => {
        const rule = defaultsOf(field);
        const sources = rule.sources.map((source) => `\`${source}\``).join(', else ') || 'none';
        expect(text).toContain(`| \`${field}\` | ${sources} | \`${rule.when}\` |`);
    });

    test.each(Object.keys(fieldsShown))('maps the %s as it says', (field) => {
        const rows = [...text.matchAll(/^\| `(\{"mapping".*?\})` \| `(\{.*?\})` \| (.*) \|$/gm)].filter(([, mapping]) => mapping!.includes(`"${field}"`));
        expect(rows).not.toEqual([]);
        for (const [, mapping, attributes, shown] of rows) {
            const {policy, faults} = parsePolicy(mapping!);
            expect(faults).toEqual([]);
            expect(fieldsShown[field]!(makeMapper(policy!.mapping)({id: '1', ...JSON.parse(attributes!)}))).toBe(shown);
        }
    });

    test('names each attribute that can be mapped, and no other', () => {
        const [, list] = /^These attributes can be used\. .*?:\n(.*?)If an attribute has several values/ms.exec(text)!;
        const named = [...list!.matchAll(/`(\w+(?:\.\w+)?)`/g)].map(([, name]) => name!);
        expect(named.filter((name) => !name.includes('extensionAttribute'))).toEqual(mappableAttributes.filter((name) => !name.includes('extensionAttribute')));
    });
});

test.each(['admin_guide.md', 'admin_guide.ko.md', '../README.md', '../README.ko.md'])('no recipe of %s sends the trigger token in a header that Mattermost logs', (guide) => {
    const recipes = [...readFileSync(join(docs, guide), 'utf8').matchAll(/^ *```[\s\S]*?^ *```/gm)].map(([recipe]) => recipe).filter((recipe) => recipe.includes('ENTRASYNC_TOKEN'));
    expect(recipes.length).toBeGreaterThan(0);
    recipes.forEach((recipe) => expect(recipe).not.toContain('Bearer'));
});
