/** @jest-environment jsdom */
import {screen, waitFor, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';

import {FakeServer} from '../../../testing/fake_server';
import {renderPage} from '../../../testing/render_page';

import {TargetPanel} from './target_panel';

const server = new FakeServer();
const route = 'GET /targets/c1/members';

beforeEach(() => server.install());
afterEach(() => {
    server.uninstall();
    server.requests.length = 0;
});

const member = (number: number, change: object = {}) => ({
    account_id: `a${number}`, object_id: `0a1b2c3d-0000-4000-8000-00000000000${number}`, username: `user${number}`, email: `user${number}@corp.example`, display_name: `User ${number} <b>`,
    is_active: true, is_member: true, is_admin: false, standing: 'by_rule', rule_id: 'r1', rule: 'Departments', promoted_by: '', role_rule: '', unwanted_since: 0, change: null, ...change,
});
const members = [
    member(1, {is_admin: true, promoted_by: 'r2', role_rule: 'Leads'}),
    member(2, {object_id: '', standing: 'by_hand', rule_id: '', rule: '', is_active: false}),
    member(3, {standing: 'missing', is_member: false, change: {
        run_id: 'run9', seq: 4, action: 'join', status: 'failed', reason: 'wanted_by_rule', reason_params: {rule_value: 'Departments'}, error: {code: 'team_member_limit', message: 'The team is full.', hint: ''}}}),
];
const page = (change: object = {}) => ({
    target: {kind: 'channel', id: 'c1', name: '<Sales>', team_name: 'Company', is_archived: false}, run_id: 'run9', as_of: Date.UTC(2025, 2, 1, 3), total: 3,
    standings: {by_rule: 1, by_hand: 1, missing: 1}, members, page: 0, per_page: 60, ...change});

test('a channel lists who is in it by which rule, who was added by hand, and who is missing and why', async () => {
    server.on(route, page());
    const {container} = renderPage(<TargetPanel targetId='c1' revision=''/>);
    expect(await screen.findByText('<Sales> (channel of Company)')).toBeVisible();
    const [, one, two, three] = screen.getAllByRole('row') as HTMLElement[];
    expect(one).toHaveTextContent(/User 1 <b>user1@corp.examplemembermember and adminadded by the syncRule “Departments”Admin by the rule “Leads”/);
    expect(within(one!).getByRole('link')).toHaveAttribute('href', '#runs/person/0a1b2c3d-0000-4000-8000-000000000001');
    expect(two).toHaveTextContent(/not a membermember deactivatedadded by someone else; no rule applies$/);
    expect(within(two!).queryByRole('link')).not.toBeInTheDocument();
    expect(three).toHaveTextContent(/membernot a membernot added yetRule “Departments”join failed the rule “Departments” applies.*The team is full\./);
    expect(screen.getByRole('link', {name: 'Export to CSV'})).toHaveAttribute('href', expect.stringMatching(/\/targets\/c1\/members\.csv$/));
    expect((await axe.run(container, {rules: {region: {enabled: false}}})).violations).toEqual([]);
});

test('the list is filtered by the server, from its first page', async () => {
    server.on(route, page({total: 90}));
    renderPage(<TargetPanel targetId='c1' revision=''/>);
    await userEvent.click(await screen.findByRole('button', {name: 'Next'}));
    await waitFor(() => expect(server.sent(route).at(-1)?.query).toEqual({page: '1', per_page: '60'}));
    await userEvent.click(screen.getByRole('button', {name: /^Not added yet 1/}));
    await waitFor(() => expect(server.sent(route).at(-1)?.query).toEqual({page: '0', per_page: '60', standing: 'missing'}));
    await userEvent.type(screen.getByRole('searchbox'), 'lee');
    await waitFor(() => expect(server.sent(route).at(-1)?.query).toEqual({page: '0', per_page: '60', standing: 'missing', q: 'lee'}));
});

test('an archived team, a server that knows nothing yet, and one that refuses are told', async () => {
    server.on(route, page({target: {kind: 'team', id: 'c1', name: 'Old', team_name: '', is_archived: true}, notes: [{seq: 1, action: 'conflict', reason: 'no_rule_wants', reason_params: {rule_value: '<i>'}}], as_of: 0, run_id: '', total: 0, members: [], standings: {}}));
    const {unmount} = renderPage(<TargetPanel targetId='c1' revision=''/>, {locale: 'ko'});
    expect(await screen.findByText('보관된 팀 또는 채널입니다. 동기화가 변경하지 않습니다.')).toBeVisible();
    expect(screen.getByText('사용자가 없습니다')).toBeVisible();
    expect(screen.getByText('더 이상 해당하는 규칙이 없음 (규칙 ‘<i>’)')).toBeVisible();
    unmount();
    server.on(route, {code: 'not_found', message: 'Nothing is here.', hint: ''}, 404);
    renderPage(<TargetPanel targetId='c1' revision='2'/>);
    expect(await screen.findByText('Nothing is here.')).toBeVisible();
});
