import {readFileSync} from 'node:fs';
import {join} from 'node:path';

import {settingKeys} from '../settings/keys';

import {readableAttributes} from './attributes';
import {parsePolicy} from './parse';

const docs = join(__dirname, '../../../../docs');
const guides = ['policy.md', 'admin_guide.md', 'admin_guide.ko.md'];
const text = readFileSync(join(docs, 'policy.md'), 'utf8');

/** A part of docs/policy.schema.json, as far as its keys go. */
interface Schema {
    properties?: Record<string, Schema>;
    oneOf?: Schema[];
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

describe('docs/policy.md', () => {
    const schema = JSON.parse(readFileSync(join(docs, 'policy.schema.json'), 'utf8')) as Schema;
    const leaves = [...new Set(pathsOf(schema))].filter((path, _, all) => !all.some((other) => other.startsWith(`${path}.`)));

    test.each(leaves)('has a part about %s', (path) => {
        expect(text).toMatch(new RegExp(`^#+ .*\`${path.replaceAll('.', '\\.')}\``, 'm'));
    });

    test.each(readableAttributes.filter((name) => !name.includes('extensionAttribute')))('names the attribute %s', (attribute) => {
        expect(text).toContain(`\`${attribute}\``);
    });

    test.each(['name', 'effect', 'enabled', 'when', 'all', 'any', 'attribute', 'operator', 'value', 'values', 'case_sensitive'])('explains the part %s of a rule', (key) => {
        expect(JSON.stringify(schema)).toContain(`"${key}":`);
        expect(text).toMatch(new RegExp(`\`(\\{")?${key}["\`]`));
    });

    const operators = [...JSON.stringify(schema).matchAll(/"operator":\{"(?:enum|const)":(\[[^\]]*\]|"[^"]*")/g)].flatMap(([, names]) => JSON.parse(names!) as string);

    test.each(operators)('explains the operator %s', (operator) => {
        expect(text).toMatch(new RegExp(`^\\| .*\`${operator}\`.* \\|`, 'm'));
    });
});
