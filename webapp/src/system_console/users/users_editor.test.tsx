/** @jest-environment jsdom */
import {fireEvent, screen, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import {FakeServer} from '../../testing/fake_server';
import {renderPeople} from '../../testing/users_page';

/** Has tests of its own. */
jest.mock('./effect/effect_panel', () => ({EffectPanel: () => null}));

let server: FakeServer;

beforeEach(() => {
    server = new FakeServer();
    server.on('GET /groups', {groups: []});
    server.install();
});

afterEach(() => server.uninstall());

const names = (...list: string[]) => ({version: 1, scope: {allow: {display_name_contains: list}}});
const allow = () => within(screen.getByRole('region', {name: 'Allow lists'}));
const deny = () => within(screen.getByRole('region', {name: 'Deny lists'}));

test('a policy without users in scope says so', async () => {
    const page = await renderPeople({version: 1});
    expect(screen.getByText('No list or rule allows any users, so no users are synced.')).toBeVisible();

    await userEvent.type(allow().getByLabelText('Add a name'), 'Kim{Enter}');
    expect(page.document).toEqual(names('Kim'));
    expect(screen.queryByText(/no users are synced/)).not.toBeInTheDocument();
});

test('the order of decisions is said in words', async () => {
    await renderPeople({version: 1});
    expect(screen.getByText(/^Deny always takes precedence/)).toBeVisible();
});

test('a name is added with Enter, changed and removed; the empty list leaves no key', async () => {
    const page = await renderPeople({...names('Lee'), later: 1});

    await userEvent.type(screen.getByLabelText('Add a name'), ' Kim {Enter}');
    expect(page.document).toEqual({...names('Lee', 'Kim'), later: 1});
    await userEvent.type(screen.getByLabelText('Name 1'), 'son');
    expect(page.document).toEqual({...names('Leeson', 'Kim'), later: 1});

    await userEvent.click(screen.getByRole('button', {name: 'Remove Leeson'}));
    expect(screen.getByLabelText('Name 1')).toHaveFocus();
    await userEvent.click(screen.getByRole('button', {name: 'Remove Kim'}));
    expect(page.document).toEqual({version: 1, later: 1});
    expect(screen.getByLabelText('Add a name')).toHaveFocus();
});

test('a name that was typed but not added joins when the focus leaves', async () => {
    const page = await renderPeople({version: 1});
    await userEvent.type(screen.getByLabelText('Add a name'), '한');
    await userEvent.tab();
    expect(page.document).toEqual(names('한'));
});

test('pasted lines become rows, in their place and without repetition; one line is ordinary text', async () => {
    const page = await renderPeople(names('Lee', 'Park'));

    screen.getByLabelText('Name 2').focus();
    await userEvent.paste('Kim\r\n\r\n Choi \nLee\nKim');
    expect(page.document).toEqual(names('Lee', 'Kim', 'Choi', 'Park'));
    screen.getByLabelText('Name 1').focus();
    await userEvent.paste('son');
    expect(page.document).toEqual(names('Leeson', 'Kim', 'Choi', 'Park'));
});

test.each([
    ['User principal name', 'Add a user principal name', 'user_principal_name', 'a@b.example', 'User principal name 1', 'Enter a valid user principal name, such as minsu.kim@corp.example.'],
    ['Email address', 'Add an email address', 'email', 'a@b.example', 'Email address 1', 'Enter a valid email address.'],
    ['Email domain', 'Add a domain', 'email_domain', 'b.example', 'Domain 1', 'Enter a valid domain, such as corp.example.'],
    ['Object ID', 'Add an object ID', 'object_id', 'id-1', 'Object ID 1', 'Enter a valid object ID.'],
])('users are denied by %s, and a wrong entry is marked at its row', async (kind, input, key, entry, row, complaint) => {
    const page = await renderPeople(names('Lee'));

    await userEvent.click(deny().getByRole('button', {name: kind}));
    expect(deny().getByLabelText(input)).toHaveFocus();
    await userEvent.keyboard(`${entry}{Enter}`);
    expect(page.document).toEqual({version: 1, scope: {allow: {display_name_contains: ['Lee']}, deny: {[key]: [entry]}}});
    expect(deny().getByLabelText(row)).toBeValid();

    await userEvent.type(deny().getByLabelText(row), ' x');
    expect(deny().getByLabelText(row)).toBeInvalid();
    expect(deny().getByLabelText(row)).toHaveAccessibleDescription(complaint);
});

test('a blank name is a fault at its row, and keeps its place until it is corrected', async () => {
    const page = await renderPeople(names('Lee', 'Kim'));
    await userEvent.clear(screen.getByLabelText('Name 2'));
    expect(page.document).toEqual(names('Lee', ''));
    expect(screen.getByLabelText('Name 1')).toBeValid();
    expect(screen.getByLabelText('Name 2')).toHaveAccessibleDescription('Empty, too long, or too many entries.');
});

test('a long list comes in pages, and a wrong row on another page is found', async () => {
    const many = Array.from({length: 120}, (_, at) => `Person ${at + 1}`);
    await renderPeople(names(...many.slice(0, 110), '', ...many.slice(111)));

    expect(screen.getAllByLabelText(/^Name \d+$/)).toHaveLength(50);
    await userEvent.click(screen.getByRole('button', {name: 'Show invalid row 111'}));
    expect(screen.getByLabelText('Name 111')).toBeInvalid();
    await userEvent.type(screen.getByLabelText('Add a name'), 'New{Enter}');
    expect(screen.getByLabelText('Name 121')).toHaveValue('New');
});

test('pasted rows are shown, on whatever page they come', async () => {
    await renderPeople(names('First'));
    screen.getByLabelText('Add a name').focus();
    await userEvent.paste(Array.from({length: 70}, (_, at) => `Person ${at}`).join('\n'));
    expect(screen.getByLabelText('Name 71')).toHaveValue('Person 69');

    await userEvent.click(screen.getByRole('button', {name: 'Previous'}));
    screen.getByLabelText('Name 1').focus();
    await userEvent.paste('A\nB');
    expect(screen.getByLabelText('Name 2')).toHaveValue('B');
});

test('too many entries are a fault of the list', async () => {
    await renderPeople(names(...Array.from({length: 1001}, (_, at) => `n${at}`)));
    expect(screen.getByRole('group', {name: 'Display name 1,001 entries'})).toHaveAccessibleDescription('Empty, too long, or too many entries.');
});

test('a plain list is typed or pasted as text, one entry a line, and wrong lines are named', async () => {
    const page = await renderPeople({version: 1});
    await userEvent.click(allow().getByRole('button', {name: 'User list'}));
    const area = allow().getByRole('textbox', {name: 'User list'});
    expect(area).toHaveFocus();

    await userEvent.paste('a@b.example\n\n id-2 \n');
    expect(page.document).toEqual({version: 1, scope: {allow: {people: ['a@b.example', 'id-2']}}});
    expect(area).toHaveValue('a@b.example\n\n id-2 \n');

    fireEvent.change(area, {target: {value: 'a@b.example\nMin Su Kim\nx\ny z\n1 2\n3 4\n5 6\n7 8'}});
    expect(area).toBeInvalid();
    expect(area).toHaveAccessibleDescription(/Entry 2 is not an email address, user principal name, or object ID: Min Su Kim.*1 more line is invalid/);
});

test('a file adds its entries to a list, and says how many', async () => {
    const page = await renderPeople({version: 1, scope: {allow: {people: ['a@b.example']}}});
    const file = new File(['mail,name\na@b.example,A\n"c@d.example",C\n'], 'list.csv', {type: 'text/csv'});
    const [zone] = document.querySelectorAll('.EntraSync__drop:has(textarea)');

    fireEvent.dragOver(zone!, {dataTransfer: {types: ['Files'], files: [file]}});
    expect(zone).toHaveClass('EntraSync__drop--over');
    fireEvent.drop(zone!, {dataTransfer: {types: ['Files'], files: [file]}});

    expect(await screen.findByText(/1 entry added, 1 duplicate skipped/)).toHaveTextContent('list.csv');
    expect(zone).not.toHaveClass('EntraSync__drop--over');
    expect(page.document).toEqual({version: 1, scope: {allow: {people: ['a@b.example', 'c@d.example']}}});
});

test.each([['en', /Drop one file at a time/], ['ko', /한 번에 파일 하나만/]])('several files at once are refused, not half read: %s', async (locale, words) => {
    const page = await renderPeople({version: 1, scope: {allow: {people: ['a@b.example']}}}, {locale});
    const files = ['c@d.example', 'e@f.example'].map((text) => new File([text], 'list.txt', {type: 'text/plain'}));
    fireEvent.drop(document.querySelector('.EntraSync__drop:has(textarea)')!, {dataTransfer: {types: ['Files'], files}});

    expect(await screen.findByText(words)).toBeVisible();
    expect(page.document).toEqual({version: 1, scope: {allow: {people: ['a@b.example']}}});
});

test('a file that cannot be used says why and changes nothing', async () => {
    const page = await renderPeople(names('Lee'));
    const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
    await userEvent.upload(input, new File(['x'], 'list.xlsx'), {applyAccept: false});
    expect(await screen.findByText(/is not a .txt or .csv file/)).toHaveTextContent('list.xlsx');
    expect(page.document).toEqual(names('Lee'));
});

test('Enter on a switch does not save the settings', async () => {
    await renderPeople(names('Lee'));
    expect(fireEvent.keyDown(screen.getByRole('switch', {name: 'Include guest users'}), {key: 'Enter'})).toBe(false);
});

test('everyone and guests are choices of their own; switched off they leave no key', async () => {
    const page = await renderPeople(names('Lee'));
    await userEvent.click(screen.getByRole('switch', {name: 'Sync all users in the directory'}));
    await userEvent.click(screen.getByRole('switch', {name: 'Include guest users'}));
    expect(page.document).toEqual({version: 1, scope: {everyone: true, guests: true, allow: {display_name_contains: ['Lee']}}});
    expect(screen.getByText('All members of your directory get an account.')).toBeVisible();
    expect(screen.getByText(/have no effect while this setting is on/)).toBeVisible();
    expect(screen.queryByLabelText('Name 1')).not.toBeInTheDocument();

    await userEvent.click(screen.getByRole('switch', {name: 'Sync all users in the directory'}));
    await userEvent.click(screen.getByRole('switch', {name: 'Include guest users'}));
    expect(page.document).toEqual(names('Lee'));
});

test.each([
    ['Policy.scope', {scope: 'x'}],
    ['Policy.scope.allow', {scope: {allow: []}}],
    ['Policy.scope.deny.email', {scope: {deny: {email: 'a@b.example'}}}],
    ['Policy.scope.allow.display_name_contains', {scope: {allow: {display_name_contains: [1]}}}],
    ['Policy.scope.rules', {scope: {rules: {}}}],
    ['Policy.scope.everyone', {scope: {everyone: 'yes'}}],
])('%s in a shape that cannot be shown points to the text editor', async (path, document) => {
    await renderPeople(document);
    expect(screen.getByText('This part of the policy cannot be shown as a form.')).toBeVisible();
    expect(screen.getByText(path)).toBeVisible();
});

test('nothing can be changed when the setting is disabled', async () => {
    await renderPeople({version: 1, scope: {
        allow: {display_name_contains: ['Lee'], people: ['x@y.example'], groups: ['0b7a51d4-6c1e-4d0a-9a3e-52f7c1e8d960']},
        rules: [{name: 'R', effect: 'deny', when: {attribute: 'city', operator: 'is_empty'}}],
    }}, {isDisabled: true});
    expect(document.querySelector('.EntraSync__select__control')).toHaveClass('EntraSync__select__control--is-disabled');
    for (const role of ['textbox', 'switch'] as const) {
        screen.getAllByRole(role).forEach((control) => expect(control).toBeDisabled());
    }
    const [toggle, ...others] = screen.getAllByRole('button').sort((one, other) => Number(other.hasAttribute('aria-expanded')) - Number(one.hasAttribute('aria-expanded')));
    expect(toggle).toBeEnabled();
    expect(others.length).toBeGreaterThan(10);
    others.forEach((button) => expect(button).toBeDisabled());
});

test('the editor speaks Korean', async () => {
    const page = await renderPeople({version: 1, scope: {allow: {display_name_contains: ['한', '']}, rules: [{name: '규칙', effect: 'deny', when: {attribute: 'city', operator: 'equals', value: '서울'}}]}}, {locale: 'ko'});
    expect(screen.getByRole('button', {name: '한 제거'})).toBeVisible();
    expect(screen.getByLabelText('이름 2')).toHaveAccessibleDescription('비어 있거나, 너무 길거나, 항목이 너무 많습니다.');
    expect(screen.getByText('city 값이 ‘서울’')).toBeVisible();
    await userEvent.click(screen.getByRole('button', {name: /규칙$/}));
    expect(screen.getByLabelText('연산자')).toHaveDisplayValue('같음');
    expect(page.container.textContent).not.toMatch(/\b(Add|Remove|Allow|Deny|Rule|Condition)\b/);
});
