/** @jest-environment jsdom */
import {act, screen, waitFor, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import {runReceived} from '../../../store/actions';
import type {PolicyInput} from '../../../sync/policy/policy';
import {MemoryPorts} from '../../../sync/testing/memory_ports';
import {account, directoryUser, objectId} from '../../../sync/testing/people';
import type {FakeServer} from '../../../testing/fake_server';
import {liveServer, serveLive} from '../../../testing/live_server';
import {forgetLive, renderPeople} from '../../../testing/users_page';
import {sampleRun} from '../../../testing/samples';

const group = '0b7a51d4-6c1e-4d0a-9a3e-52f7c1e8d960';
const readAt = Date.UTC(2025, 2, 1, 3);
let ports: MemoryPorts;
let server: FakeServer;

beforeEach(() => {
    ports = new MemoryPorts();
    ports.users = [
        directoryUser(1, {displayName: 'Kim Minji'}),
        directoryUser(2, {displayName: 'Lee Jun'}),
        directoryUser(3, {displayName: 'Park Seo'}),
    ];
    ports.groups = {[group]: [objectId(2)]};
    ports.stored = [account('park', {email: 'person3@example.com', linked_object_id: objectId(3)})];
    server = liveServer(ports, readAt);
    server.on('GET /groups', {groups: [{id: group, name: 'Design', description: ''}]});
    server.install();
    forgetLive();
});

afterEach(() => server.uninstall());

const saved = {version: 1, scope: {allow: {display_name_contains: ['Park']}}};
const effect = () => screen.getByRole('region', {name: 'Effect'});
const details = (name: string | RegExp) => within(effect()).getByText(name).closest<HTMLElement>('.EntraSync__fold')!;

test('which users come into scope or go out of scope, why, and what a sync would do, before anything is saved', async () => {
    const edited: PolicyInput = {version: 1, scope: {allow: {display_name_contains: ['Kim'], groups: [group]}}};
    await renderPeople(edited as never, {saved});

    expect(await screen.findByText(/2 of 3 users are in scope/)).toHaveTextContent('2 of 3 users are in scope. Compared to the saved policy, 2 users are added and 1 user is removed.');
    expect(within(effect()).getByText(/Based on the directory read/)).toHaveTextContent('Mar 1, 2025');
    const coming = within(details('2 users added to the scope')).getAllByRole('listitem');
    expect(coming.map((row) => row.textContent)).toEqual([
        'Kim Minjiperson1@example.comin scope: display name contains “Kim”',
        'Lee Junperson2@example.comin scope: member of the group “Design”',
    ]);
    expect(within(details('1 user removed from the scope')).getByRole('listitem')).toHaveTextContent('Park Seoperson3@example.comout of scope: no list or rule matches');

    const lines = await waitFor(() => details('3 planned changes'));
    await userEvent.click(within(lines).getByRole('button'));
    expect([...effect().querySelectorAll('.EntraSync__counts > div')].map((count) => count.textContent)).toEqual(['create2', 'update0', 'deactivate0', 'skip1']);
    expect(lines).toHaveTextContent('Kim Minjicreatein scope, no account yet');
    expect(ports.writes).toEqual([]);
});

test('the effect is updated after a pause in typing, and announced in one sentence', async () => {
    await renderPeople(saved);
    const said = () => document.querySelector('.EntraSync__effectBar');
    await waitFor(() => expect(said()).toHaveTextContent('1 of 3 users is in scope. Compared to the saved policy, no users are added or removed.'));
    expect(said()).toHaveAttribute('role', 'status');

    await userEvent.type(screen.getByLabelText('Add a name'), 'Lee{Enter}');
    await waitFor(() => expect(said()).toHaveTextContent('2 of 3 users are in scope. Compared to the saved policy, 1 user is added and 0 users are removed.'));
    expect(server.sent('GET /directory')).toHaveLength(1);
});

test('the users are searched', async () => {
    await renderPeople({version: 1, scope: {everyone: true}}, {saved});
    await userEvent.type(await screen.findByLabelText('Search these users'), 'minji{Enter}');
    await waitFor(() => expect(within(details('2 users added to the scope')).getAllByRole('listitem')).toHaveLength(1));
    await userEvent.type(screen.getByLabelText('Search these users'), 'xx');
    expect(await screen.findByText('No users match the search.')).toBeVisible();
});

test('of many users, the first are listed on request', async () => {
    ports.users = Array.from({length: 230}, (_, at) => directoryUser(at + 1));
    await renderPeople({version: 1, scope: {everyone: true}}, {saved: {version: 1}});
    const list = await waitFor(() => details('230 users added to the scope'));
    const toggle = within(list).getByRole('button', {name: '230 users added to the scope', expanded: false});
    await userEvent.click(toggle);
    expect(toggle).toHaveAttribute('aria-expanded', 'true');
    expect(within(list).getAllByRole('listitem')).toHaveLength(200);
    expect(within(list).getByText(/Showing the first 200 of 230/)).toBeVisible();
});

test('before the first read it offers a preview, and judges once that has ended', async () => {
    serveLive(server, new MemoryPorts(), 0);
    const {store} = await renderPeople(saved);
    const link = await screen.findByRole('link', {name: 'Run a preview first'});
    expect(link).toHaveAttribute('href', '#overview');

    serveLive(server, ports, readAt);
    act(() => void store.dispatch(runReceived(sampleRun())));
    expect(await screen.findByText(/1 of 3 users is in scope/)).toBeVisible();
});

test('while the policy has a fault the effect from before stays, and says so', async () => {
    await renderPeople(saved);
    await screen.findByText(/1 of 3 users is in scope/);
    await userEvent.clear(screen.getByLabelText('Name 1'));
    expect(screen.getByText('The policy has errors. The effect shown is from before the errors.')).toBeVisible();
    expect(screen.getByText(/1 of 3 users is in scope/)).toBeVisible();
});

test('a policy that had faults from the beginning asks to correct them', async () => {
    await renderPeople({version: 1, scope: {allow: {display_name_contains: ['']}}}, {saved});
    expect(screen.getByText('Fix the errors in the policy to see its effect.')).toBeVisible();
    expect(server.requests).toEqual([]);
});

test('what is not known is said: attributes that were not read, a saved policy with faults', async () => {
    await renderPeople({version: 1, scope: {rules: [{name: 'R', effect: 'allow', when: {attribute: 'city', operator: 'equals', value: 'Seoul'}}]}}, {saved: {scope: 1}});
    expect(await screen.findByText(/The last directory read does not include this attribute: city/)).toBeVisible();
    expect(screen.getByText(/The saved policy has errors/)).toBeVisible();
    expect(document.querySelector('.EntraSync__effectBar')).toHaveTextContent(/^0 of 3 users are in scope\.$/);
});

test('what would be held, what does not fit and what the server refuses are shown next to the counts', async () => {
    ports.users = Array.from({length: 40}, (_, at) => directoryUser(at + 1));
    ports.stored = Array.from({length: 20}, (_, at) => account(`a${at}`, {email: `person${at + 1}@example.com`, linked_object_id: objectId(at + 1)}));
    ports.maxAccounts = 5;
    await renderPeople({version: 1, scope: {rules: [{name: 'Late', effect: 'allow', when: {attribute: 'displayName', operator: 'matches', value: '[234]\\d$'}}]}}, {saved});
    expect(await screen.findByText('A sync would hold these changes until an administrator approves them.')).toBeVisible();
    expect(screen.getByText(/new accounts? exceeds? the user limit/)).toBeVisible();
});

test('a failure of the judging and one of the planning are shown', async () => {
    await renderPeople({version: 1, scope: {allow: {groups: ['0b7a51d4-6c1e-4d0a-9a3e-000000000000']}}}, {saved});
    expect((await screen.findAllByText('refused: group_not_found')).length).toBeGreaterThan(0);
});

test('a lookup that fails leaves the judging standing', async () => {
    server.on('POST /lookups/accounts.find', {code: 'database_failed', message: 'The database does not answer.', hint: ''}, 500);
    await renderPeople(saved);
    expect(await screen.findByText('The database does not answer.')).toBeVisible();
    expect(screen.getByText(/1 of 3 users is in scope/)).toBeVisible();
});

test('values that users have are suggested for a comparison', async () => {
    await renderPeople({version: 1, scope: {rules: [{name: 'R', effect: 'allow', when: {attribute: 'surname', operator: 'equals', value: 'Kim'}}]}}, {saved});
    await userEvent.click(screen.getByRole('button', {name: '1. R'}));
    await userEvent.click(screen.getByLabelText('Value'));
    const list = document.getElementById(screen.getByLabelText('Value').getAttribute('list')!)!;
    await waitFor(() => expect([...list.children].map((option) => option.getAttribute('value'))).toEqual(['Kim']));
    await screen.findByText(/3 of 3 users are in scope/);
});

test('the effect speaks Korean', async () => {
    await renderPeople({version: 1, scope: {everyone: true}}, {saved, locale: 'ko'});
    expect(await screen.findByText(/3명 중 3명이 범위에 포함됩니다/)).toHaveTextContent('2명이 추가되고 0명이 제외됩니다');
    await waitFor(() => expect(screen.getByRole('region', {name: '효과'})).toHaveTextContent('생성2'));
});

test('an entry that is an old address of a linked user is named with the new address', async () => {
    ports.users[2]!.mail = 'seo.lee@example.com';
    await renderPeople({version: 1, scope: {allow: {email: ['person3@example.com', 'person1@example.com']}}} as never, {saved});

    expect(await screen.findByText('1 entry is an address that its user no longer has')).toBeVisible();
    expect(screen.getByText(/No directory user has/)).toHaveTextContent('No directory user has person3@example.com. Park Seo, whose account has this address, now has seo.lee@example.com.');
});
