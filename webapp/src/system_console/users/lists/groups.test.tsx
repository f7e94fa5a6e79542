/** @jest-environment jsdom */
import {screen, waitFor, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import {FakeServer} from '../../../testing/fake_server';
import {renderPeople} from '../../../testing/users_page';

/** Has tests of its own. */
jest.mock('../effect/effect_panel', () => ({EffectPanel: () => null}));

const design = {id: '0b7a51d4-6c1e-4d0a-9a3e-52f7c1e8d960', name: 'Design', description: 'Everybody who draws'};
const sales = {id: 'f3c2e6a8-7d15-4b9e-8c40-1a9d5e2b7c36', name: 'Sales', description: ''};
const gone = '00000000-0000-4000-8000-000000000000';
let server: FakeServer;

beforeEach(() => {
    server = new FakeServer();
    server.onRequest('GET /groups', ({query}) => ({status: 200, body: {groups: [design, sales].filter(({id, name}) => (
        query.ids ? query.ids.split(',').includes(id) : name.toLowerCase().startsWith(query.q!.toLowerCase())))}}));
    server.install();
});

afterEach(() => server.uninstall());

const groups = (...ids: string[]) => ({version: 1, scope: {allow: {groups: ids}}});
const allow = () => within(screen.getByRole('region', {name: 'Allow lists'}));

test('a group is found by name during typing, and kept by object id', async () => {
    const page = await renderPeople({version: 1});
    await userEvent.click(allow().getByRole('button', {name: 'Group'}));
    expect(screen.getByRole('combobox', {name: 'Add a group by name'})).toHaveFocus();

    await userEvent.type(screen.getByRole('combobox', {name: 'Add a group by name'}), 'Des');
    expect(await screen.findByText('Everybody who draws')).toBeVisible();
    expect(server.sent('GET /groups').map(({query}) => query)).toEqual([{q: 'Des'}]);
    await userEvent.keyboard('{Enter}');

    expect(page.document).toEqual(groups(design.id));
    expect(allow().getByText('Design')).toBeVisible();
    expect(server.sent('GET /groups')).toHaveLength(1);
});

test('stored groups have their names, and are removed', async () => {
    const page = await renderPeople(groups(design.id.toUpperCase(), sales.id));
    expect(await allow().findByText('Sales')).toBeVisible();
    expect(server.sent('GET /groups')[0]!.query).toEqual({ids: [design.id, sales.id].join()});
    await userEvent.click(allow().getByRole('button', {name: 'Remove Design'}));
    expect(page.document).toEqual(groups(sales.id));
    expect(screen.getByRole('combobox', {name: 'Add a group by name'})).toHaveFocus();
});

test('a group that is in the list is not added twice', async () => {
    const page = await renderPeople(groups(design.id.toUpperCase()));
    await userEvent.type(screen.getByRole('combobox', {name: 'Add a group by name'}), 'Des');
    await screen.findByText('Everybody who draws');
    await userEvent.keyboard('{Enter}');
    expect(page.document).toEqual(groups(design.id.toUpperCase()));
});

test('many groups are requested fifty at a time', async () => {
    await renderPeople(groups(...Array.from({length: 60}, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`)));
    expect(server.sent('GET /groups').map(({query}) => query.ids!.split(',').length)).toEqual([50, 10]);
});

test('a group that is gone is said to be', async () => {
    await renderPeople(groups(gone, sales.id));
    expect(await screen.findAllByText('Not in the directory')).toHaveLength(1);
});

test('an entry that is not an object id is a fault, and is not requested', async () => {
    await renderPeople(groups('Sales'));
    expect(screen.getByText('Select a group.')).toBeVisible();
    expect(server.requests).toEqual([]);
});

test('a missing permission is shown in place of the names, and where groups are searched', async () => {
    server.on('GET /groups', {code: 'group_consent_missing', message: 'The application may not read groups.', hint: 'Grant GroupMember.Read.All.'}, 403);
    await renderPeople(groups(design.id));
    expect(await screen.findByText('The application may not read groups.')).toBeVisible();
    expect(screen.queryByText('Not in the directory')).not.toBeInTheDocument();

    await userEvent.type(screen.getByRole('combobox', {name: 'Add a group by name'}), 'S');
    await waitFor(() => expect(screen.getAllByText('Grant GroupMember.Read.All.')).toHaveLength(2));
});

test('a search without a result and one that has not begun are distinguished', async () => {
    await renderPeople(groups(design.id));
    const box = screen.getByRole('combobox', {name: 'Add a group by name'});
    await userEvent.click(box);
    expect(await screen.findByText('Type the beginning of a word in the group name.')).toBeVisible();
    await userEvent.type(box, 'xyz');
    expect(screen.getByText('Loading…')).toBeVisible();
    expect(await screen.findByText('No group has a word in its name that starts with this text.')).toBeVisible();
});

test('a condition asks for a group by name', async () => {
    const page = await renderPeople({version: 1, scope: {rules: [{name: 'A', effect: 'deny', when: {all: [{member_of: '', later: 1}]}}]}});
    await userEvent.click(screen.getByRole('button', {name: '1. A'}));
    expect(screen.getByText('Select a group.')).toBeVisible();
    await userEvent.type(screen.getByRole('combobox', {name: 'Find a group by name'}), 'Sal');
    await waitFor(() => expect(document.querySelector('.EntraSync__select__option')).toHaveTextContent('Sales'));
    await userEvent.keyboard('{Enter}');

    expect(page.document).toEqual({version: 1, scope: {rules: [{name: 'A', effect: 'deny', when: {all: [{member_of: sales.id, later: 1}]}}]}});
    expect(screen.getByText('member of the group “Sales”')).toBeVisible();
    expect(screen.getByRole('combobox', {name: 'Select another group'})).toBeEnabled();
});

test('the search speaks Korean', async () => {
    await renderPeople(groups(design.id), {locale: 'ko'});
    await userEvent.type(screen.getByRole('combobox', {name: '이름으로 그룹 추가'}), 'De');
    await screen.findByText('Everybody who draws');
    expect(document.body.textContent).toContain('결과 1개');
    expect(document.body.textContent).not.toMatch(/results? available|Use Up and Down/);
});
