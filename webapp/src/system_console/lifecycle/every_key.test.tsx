/** @jest-environment jsdom */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';

import {renderEditor} from '../../testing/render_editor';
import {withPart} from '../policy/policy_document';

import RulesEditor from './lifecycle_editor';

interface Schema {
    properties?: Record<string, Schema>;
    oneOf?: Schema[];
}

const schema = JSON.parse(readFileSync(join(__dirname, '../../../../docs/policy.schema.json'), 'utf8')) as Schema;

/** The parts of the policy that this tab edits; the others are on the tabs Users and Attribute mapping. */
const parts = ['accounts', 'lifecycle', 'guard', 'limits', 'history'];

function leavesOf({properties = {}, oneOf = []}: Schema, path: string[]): string[] {
    const inside = [...Object.entries(properties), ...oneOf.flatMap((variant) => Object.entries(variant.properties ?? {}))];
    return inside.length === 0 ? [path.join('.')] : inside.flatMap(([key, value]) => leavesOf(value, [...path, key]));
}

/** Rules for system roles are on the tab Teams and channels. */
const leaves = [...new Set(parts.flatMap((part) => leavesOf(schema.properties![part]!, [part])))].filter((path) => path !== 'accounts.roles');

test('the tab has a form for every key of these parts', () => {
    renderEditor(RulesEditor, leaves.reduce((document, path) => withPart(document, path.split('.'), {of: 'another shape'}), {}));

    // A form that cannot show a value says so, with the path.
    const shown = [...document.querySelectorAll('.EntraSync__unfit code')].map(({textContent}) => textContent!.replace('Policy.', ''));
    expect(shown.sort()).toEqual([...new Set(leaves.map((path) => path.replace(/(?<=sign_in)\..*/, '')))].sort());
});
