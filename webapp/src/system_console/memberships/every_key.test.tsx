/** @jest-environment jsdom */
import {act} from '@testing-library/react';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';

import {FakeServer} from '../../testing/fake_server';
import {renderEditor} from '../../testing/render_editor';

import MembershipsEditor from './memberships_editor';

/** Has tests of its own. */
jest.mock('./effect/membership_effect', () => ({MembershipEffect: () => null}));

const schema = JSON.parse(readFileSync(join(__dirname, '../../../../docs/policy.schema.json'), 'utf8')) as {properties: {memberships: {properties: Record<string, object>}}};
const keys = Object.keys(schema.properties.memberships.properties);

test('the tab has a form for every key of this part', async () => {
    const server = new FakeServer();
    server.install();
    await act(async () => void renderEditor(MembershipsEditor, {memberships: Object.fromEntries(keys.map((key) => [key, {of: 'another shape'}]))}));

    // A form that cannot show a value says so, with the path.
    const shown = [...document.querySelectorAll('.EntraSync__unfit code')].map(({textContent}) => textContent!.replace('Policy.memberships.', ''));
    expect(shown.sort()).toEqual([...keys].sort());
    server.uninstall();
});
