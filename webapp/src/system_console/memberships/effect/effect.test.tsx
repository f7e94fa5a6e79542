/** @jest-environment jsdom */
import {fireEvent, screen, waitFor, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import type {MembershipTarget} from '../../../sync/memberships/shapes';
import {MemoryPorts} from '../../../sync/testing/memory_ports';
import {account, directoryUser, objectId} from '../../../sync/testing/people';
import type {FakeServer} from '../../../testing/fake_server';
import {liveServer, serveLive} from '../../../testing/live_server';
import {companyTeam, oldTeam, renderMemberships, serveTargets} from '../../../testing/memberships_page';
import {forgetLive} from '../../../testing/users_page';

const readAt = Date.UTC(2025, 2, 1, 3);
const GROUP = '0b7a51d4-6c1e-4d0a-9a3e-000000000000';
const onServer = ({id, display_name, is_archived}: typeof companyTeam): MembershipTarget => ({
    id, kind: 'team', team_id: '', team_name: '', name: display_name, display_name, is_archived, is_group_constrained: false, is_access_controlled: false,
    is_default_channel: false, members: 1, admins: 0, room: null,
});
let ports: MemoryPorts;
let server: FakeServer;

beforeEach(() => {
    ports = new MemoryPorts();
    ports.users = [
        directoryUser(1, {displayName: 'Kim Minji', department: 'Sales'}),
        directoryUser(2, {displayName: 'Lee Jun', department: 'Sales'}),
        directoryUser(3, {displayName: 'Park Seo', department: 'Legal'}),
    ];
    ports.stored = [account('park', {email: 'person3@example.com', linked_object_id: objectId(3)})];
    ports.memberships.targetsOfServer = [onServer(companyTeam), onServer(oldTeam)];
    ports.memberships.members.set(companyTeam.id, new Set(['park']));
    server = liveServer(ports, readAt);
    server.on('GET /groups', {groups: []});
    serveTargets(server);
    server.install();
    forgetLive();
});

afterEach(() => server.uninstall());

const rule = (more: object = {}) => ({id: 'a', name: 'A', who: {everyone: true}, join: [{team: {id: companyTeam.id}}], ...more});
const ruled = (...rules: object[]) => ({version: 1, scope: {everyone: true}, memberships: {rules}});
const departments = rule({id: 'd', name: 'D', for_each: {attribute: 'department'}, join: [{team: {id: companyTeam.id}, channel: {create: {name: '{value}', display_name: '{value}'}}}]});
const effect = () => within(screen.getByRole('region', {name: 'Effect'}));
const said = () => document.querySelector('.EntraSync__effectBar');

test('who joins each team and channel is shown before anything is saved', async () => {
    await renderMemberships(ruled(rule(), departments));
    await waitFor(() => expect(said()).toHaveTextContent('3 teams and channels (2 new): 5 join, 0 leave.'));
    expect(effect().getByText(/Based on the directory read/)).toHaveTextContent('Mar 1, 2025');
    await userEvent.click(effect().getByRole('button', {name: 'Company: 2 join, 0 leave, 1 stay'}));
    expect(within(effect().getByRole('list', {name: '2 users join'})).getAllByRole('listitem').map((row) => row.textContent)).toEqual(
        ['Kim Minjiperson1@example.com', 'Lee Junperson2@example.com']);
    expect(effect().getByRole('button', {name: 'Company > Legal (new): 1 join, 0 leave, 0 stay'})).toBeVisible();
    expect(ports.writes).toEqual([]);
});

test('the effect follows the rules on the screen, also who leaves', async () => {
    ports.memberships.note({notes: [{target_id: companyTeam.id, account_ids: ['park'], rule_id: 'a', state: 'added'}]});
    await renderMemberships(ruled(rule({who: {when: {attribute: 'department', operator: 'equals', value: 'Sales'}}})));
    await waitFor(() => expect(said()).toHaveTextContent('1 team or channel: 2 join, 1 leave.'));
    expect(effect().getByText(/after two full directory reads/)).toBeVisible();
    await userEvent.click(effect().getByRole('button', {name: 'Company: 2 join, 1 leave, 0 stay'}));
    expect(effect().getByRole('list', {name: '1 user leaves'})).toHaveTextContent('Park Seo');

    await userEvent.click(screen.getByRole('button', {name: '1. A'}));
    fireEvent.change(screen.getByLabelText('Value'), {target: {value: 'Legal'}});
    await waitFor(() => expect(said()).toHaveTextContent('1 team or channel: 0 join, 0 leave.'));
});

test('what cannot be known or used is told', async () => {
    await renderMemberships(ruled(rule({who: {groups: [GROUP]}}), rule({id: 'b', join: [{team: {id: oldTeam.id}}]})));
    expect(await screen.findByText('refused: group_not_found')).toBeVisible();
    expect(effect().getByText('1 team or channel needs attention')).toBeVisible();
    expect(effect().getByText(/^Old office \(team\): /)).toBeVisible();
    await userEvent.click(effect().getByRole('button', {name: /^Company:/}));
    expect(effect().getByText('It is not known whether a rule applies to 3 users. Nothing changes for these users.')).toBeVisible();
});

test('a policy with faults keeps the effect from before; without rules there is none', async () => {
    await renderMemberships(ruled(rule()));
    await waitFor(() => expect(said()).toHaveTextContent('1 team or channel: 2 join, 0 leave.'));
    await userEvent.click(screen.getByRole('button', {name: '1. A'}));
    await userEvent.clear(screen.getByLabelText('Name'));
    expect(screen.getByText('The policy has errors. The effect shown is from before the errors.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', {name: 'Remove Unnamed rule 1'}));
    expect(screen.getByText('Without rules, the sync changes no teams and channels.')).toBeVisible();
    expect(said()).toBeEmptyDOMElement();
});

test('rules that are all off change nothing, and the page says so', async () => {
    await renderMemberships(ruled(rule({enabled: false})));
    expect(await screen.findByText('No rule is on, so the sync changes no teams and channels.')).toBeVisible();
});

test('before the first read it offers a preview', async () => {
    serveLive(server, new MemoryPorts(), 0);
    await renderMemberships(ruled(rule()));
    expect(await screen.findByRole('link', {name: 'Run a preview first'})).toHaveAttribute('href', '#overview');
});

test('the effect speaks Korean', async () => {
    await renderMemberships(ruled(rule(), departments), {locale: 'ko'});
    await waitFor(() => expect(said()).toHaveTextContent('팀과 채널 3개(신규 2개): 5건 참여, 0건 나감.'));
});
