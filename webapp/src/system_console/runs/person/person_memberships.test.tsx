/** @jest-environment jsdom */
import {screen, waitFor, within} from '@testing-library/react';
import axe from 'axe-core';

import {FakeServer} from '../../../testing/fake_server';
import {renderPage} from '../../../testing/render_page';

import {PersonMemberships} from './person_memberships';

const server = new FakeServer();
const route = 'GET /memberships';

beforeEach(() => server.install());
afterEach(() => {
    server.uninstall();
    server.requests.length = 0;
});

const sales = {
    kind: 'channel', id: 'c1', name: '<Sales>', team_name: 'Company', is_archived: false, is_member: true, is_admin: true, wanted: 'yes', role: 'admin',
    rules: [
        {id: 'r1', name: 'Staff', role: 'admin', applies: true, causes: [{kind: 'group', path: ['All staff', '<b>Sales</b>', 'Sales Seoul']}]},
        {id: 'r2', name: 'Legal', role: 'member', applies: false, causes: []},
    ],
    ledger: {state: 'added', rule: 'Staff', role_rule: 'Staff', unwanted_since: 0},
};
const projects = {...sales, kind: 'team', id: '', name: 'Projects', team_name: '', is_member: false, is_admin: false, wanted: 'unknown', role: '', rules: [], ledger: null};
const answer = (change: object = {}) => ({
    object_id: 'o1', display_name: 'Lee', account_id: 'a1', in_scope: true, stays_out: true, targets: [sales, projects], more: 0, fault: null, ...change});
const show = (locale = 'en') => renderPage(<PersonMemberships objectId='o1' revision=''/>, {locale});

test('each team and channel of the rules says whether the user is in it, by which rule and path of groups, and what the sync did', async () => {
    server.on(route, answer({more: 3}));
    const {container} = show();
    const [, first, second] = await screen.findAllByRole('row') as HTMLElement[];
    expect(within(first!).getByRole('link', {name: '<Sales> (channel of Company)'})).toHaveAttribute('href', '#runs/target/c1');
    expect(within(first!).getAllByRole('listitem').map(({textContent}) => textContent)).toEqual([
        'the rule “Staff” applies, as an admin: member of All staff > <b>Sales</b> > Sales Seoul',
        'the rule “Legal” does not apply',
        'added by the sync for the rule “Staff”',
        'made an admin by the sync for the rule “Staff”',
    ]);
    expect(second).toHaveTextContent('Projects (team)not a memberit is unknown whether a rule applies, so the membership stays as it is');
    expect(screen.getByText('3 more teams and channels have rules that do not apply to this user.')).toBeVisible();
    expect(server.sent(route)[0]!.query).toEqual({user: 'o1'});
    expect((await axe.run(container, {rules: {region: {enabled: false}}})).violations).toEqual([]);
});

test('a user who is out of scope and has no account, and what could not be read, are told', async () => {
    server.on(route, answer({in_scope: false, account_id: '', fault: {code: 'group_consent_missing', message: 'No permission.', hint: ''}}));
    show('ko');
    expect(await screen.findByText('사용자가 범위에서 제외되어 해당하는 규칙이 없으며 멤버십을 그대로 유지함')).toBeVisible();
    expect(screen.getByText('연결된 활성 계정이 없음')).toBeVisible();
    expect(screen.getByText('No permission.')).toBeVisible();
});

test('without rules there is nothing, and a refusal is told', async () => {
    server.on(route, answer({targets: []}));
    const {container, unmount} = show();
    await waitFor(() => expect(server.sent(route)).toHaveLength(1));
    expect(container.textContent).toBe('');
    unmount();
    server.on(route, {code: 'person_not_found', message: 'No such user.', hint: ''}, 404);
    show();
    expect(await screen.findByText('No such user.')).toBeVisible();
});
