/** @jest-environment jsdom */
import {act, screen, waitFor, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';

import type {RunAnswer} from '../../../answers';
import type {Action} from '../../../sync/types';
import {giveSizes} from '../../../testing/element_sizes';
import {FakeServer} from '../../../testing/fake_server';
import {renderPage} from '../../../testing/render_page';
import {heldRun, runningRun, sampleChange, samplePage, sampleRun, sampleStatus} from '../../../testing/samples';

import {SyncSection} from '../../shell/sync_section';

const server = new FakeServer();
const user = userEvent.setup({advanceTimers: jest.advanceTimersByTime});
const leaver = sampleChange({
    seq: 4,
    action: 'deactivate',
    status: 'held',
    reason: 'out_of_scope',
    reason_params: {rule_kind: 'email_domain', rule_value: 'partner.example', rule_path: 'Policy.scope.deny.email_domain[0]'},
    fields: [],
});

/** The server has `held` changes waiting, all of them of one `action`, and `own` more that need an approval of their own. */
function holds(run: RunAnswer, held = run.counts.held, own = 0, action: Action = 'deactivate'): void {
    server.on('GET /status', sampleStatus({last_run: run, held_run: run}));
    const total = {undefined: held + own, true: own, false: held};
    const countOf = (query: Record<string, string>) => (query.action && query.action !== action ? 0 : total[String(query.own_approval) as keyof typeof total]);
    server.onRequest(`GET /runs/${run.id}/changes`, ({query}) => ({status: 200, body: samplePage([leaver], countOf(query))}));
}

beforeAll(() => giveSizes({scroller: 600, row: 60}));
beforeEach(() => {
    jest.useFakeTimers({now: Date.UTC(2025, 2, 2)});
    server.install();
    server.requests.length = 0;
    server.on('GET /runs', {runs: [], total: 0, page: 0, per_page: 10});
    server.on('GET /runs/run2/changes', samplePage([]));
    server.on('POST /runs/run1/approve', runningRun(0, 8, {approves: 'run1', reading: 'held'}), 202);
});
afterEach(() => {
    server.uninstall();
    jest.useRealTimers();
    window.location.hash = '';
});

/** The page at the address `#hash`; on the tab of the runs when nothing else is said. */
function renderSection({hash = 'runs', locale = 'en'} = {}) {
    window.location.hash = hash;
    return renderPage(<SyncSection settingsList={[]} sectionTitle=''/>, {locale});
}

const button = (name: string) => screen.getByRole('button', {name});
const findButton = (name: string) => screen.findByRole('button', {name});

test('what is held is shown on top, with why, since when and until when', async () => {
    holds(heldRun());
    renderSection();

    expect(await screen.findByText('8 changes are waiting for your approval')).toBeVisible();
    expect(screen.getByText('8 of 110 linked accounts would be deactivated')).toBeVisible();
    expect(screen.getByText(/^Held by the sync/)).toHaveTextContent('Held by the sync started Mar 1, 2025, 12:00 PM. You can approve these changes until Mar 8, 2025, 12:00 PM');
    expect(screen.queryByText(/^A decrease this large/)).not.toBeInTheDocument();
});

test('nothing is held: no notice', async () => {
    server.on('GET /status', sampleStatus());
    renderSection();
    await screen.findByText(/^No runs yet. Start/);

    expect(screen.queryByRole('button', {name: 'Approve all'})).not.toBeInTheDocument();
});

test('a directory that shrank is warned of, in Korean as well', async () => {
    holds(heldRun({hold: {kinds: [{kind: 'directory_shrunk', count: 20, total: 110}], expires_at: Date.UTC(2025, 2, 8)}}));
    renderSection({locale: 'ko'});

    expect(await screen.findByText('연결된 사용자 110명 중 20명만 디렉터리에 있음')).toBeVisible();
    expect(screen.getByText(/^이렇게 크게 줄어드는/)).toBeVisible();
});

test('review shows the held changes only, each time it is requested', async () => {
    holds(heldRun());
    renderSection();
    await screen.findByText('Kim Minji (Design)', {selector: 'bdi.EntraSync__name'});

    await user.click(button('Review changes'));

    const changes = () => screen.getByRole('region', {name: 'Changes'});
    expect(changes()).toHaveFocus();
    const held = () => screen.findByRole('button', {name: 'held 1'});
    expect(await held()).toHaveAttribute('aria-pressed', 'true');
    await user.click(await held());
    expect(await held()).toHaveAttribute('aria-pressed', 'false');
    await user.click(button('Review changes'));
    expect(await held()).toHaveAttribute('aria-pressed', 'true');
    expect(await within(changes()).findByText('out of scope: email domain is “partner.example”')).toBeVisible();
});

test('more than five deactivations are approved by typing how many changes there are', async () => {
    holds(heldRun());
    renderSection();
    await user.click(await findButton('Approve all'));
    const approve = button('Approve 8 changes');
    const count = screen.getByRole('textbox', {name: /^Type 8/});
    expect(count).toHaveFocus();
    expect(approve).toBeDisabled();

    await user.type(count, '7{Enter}');
    expect(approve).toBeDisabled();
    expect(server.sent('POST /runs/run1/approve')).toHaveLength(0);
    await user.clear(count);
    await user.type(count, '8{Enter}');

    expect(await screen.findByRole('progressbar')).toBeVisible();
    expect(server.sent('POST /runs/run1/approve').map(({body}) => body)).toEqual([undefined]);
    expect(button('Approve all')).toBeDisabled();

    server.on('GET /status', sampleStatus({last_run: runningRun(8, 8, {state: 'succeeded', approves: 'run1'})}));
    server.on('GET /runs/run2', runningRun(8, 8, {state: 'succeeded', approves: 'run1'}));
    await act(() => jest.advanceTimersByTimeAsync(2000));
    await waitFor(() => expect(screen.queryByText(/your approval/)).not.toBeInTheDocument());
    expect(screen.getByText(/^This run applied approved changes/)).toBeVisible();
});

test('a few are approved with one question, which can be refused', async () => {
    holds(heldRun(), 5);
    renderSection();
    expect(await screen.findByText('5 changes are waiting for your approval')).toBeVisible();

    await user.click(button('Approve all'));
    expect(button('Cancel')).toHaveFocus();
    await user.click(button('Cancel'));
    expect(screen.queryByRole('button', {name: 'Approve 5 changes'})).not.toBeInTheDocument();
    await user.click(button('Approve all'));
    await user.click(button('Approve 5 changes'));

    await waitFor(() => expect(server.sent('POST /runs/run1/approve')).toHaveLength(1));
});

test('changes that need an approval of their own are counted apart, and approving all leaves them out', async () => {
    holds(heldRun(), 5, 2);
    const {unmount} = renderSection();
    expect(await screen.findByText('7 changes are waiting for your approval')).toBeVisible();
    expect(screen.getByText(/^2 changes require their own approval/)).toBeVisible();
    await user.click(button('Approve all'));
    expect(button('Approve 5 changes')).toBeVisible();
    unmount();

    holds(heldRun(), 0, 1);
    renderSection({locale: 'ko'});
    expect(await screen.findByText(/^변경 1건은 개별 승인이 필요합니다/)).toBeVisible();
    expect(screen.queryByRole('button', {name: '모두 승인'})).not.toBeInTheDocument();
});

test('everything that is held is discarded after a confirmation, and is then no longer shown', async () => {
    const given = heldRun({state: 'succeeded', hold: null});
    holds(heldRun());
    server.onRequest('POST /runs/run1/discard', () => {
        server.on('GET /status', sampleStatus({last_run: given}));
        return {status: 200, body: given};
    });
    renderSection();
    await user.click(await findButton('Discard all'));
    expect(screen.getByRole('group', {name: /^Discard 8 changes\?/})).toBeVisible();
    await user.click(button('Cancel'));
    expect(button('Discard all')).toHaveFocus();
    expect(server.sent('POST /runs/run1/discard')).toHaveLength(0);

    await user.click(button('Discard all'));
    await user.click(button('Discard 8 changes'));

    await waitFor(() => expect(screen.queryByText(/your approval/)).not.toBeInTheDocument());
    expect(server.sent('POST /runs/run1/discard').map(({body}) => body)).toEqual([undefined]);
});

test('a single change is approved in its row', async () => {
    holds(heldRun());
    renderSection();
    const one = await findButton('Approve');
    expect(one).toHaveAccessibleDescription(/^Kim Minji \(Design\)/);

    await user.click(one);

    await waitFor(() => expect(server.sent('POST /runs/run1/approve').map(({body}) => body)).toEqual([{changes: [4]}]));
    expect(screen.queryByRole('button', {name: 'Approve'})).not.toBeInTheDocument();
});

test.each<[string, RunAnswer]>([
    ['a preview', heldRun({mode: 'preview', state: 'succeeded'})],
    ['a run whose time is over', heldRun({hold: {kinds: [], expires_at: Date.UTC(2025, 2, 1, 4)}})],
])('no change of %s can be approved', async (_, run) => {
    server.on('GET /status', sampleStatus({last_run: run}));
    server.on('GET /runs/run1/changes', samplePage([leaver]));
    renderSection();
    await screen.findByText('Kim Minji (Design)', {selector: 'bdi.EntraSync__name'});

    expect(screen.queryByRole('button', {name: 'Approve'})).not.toBeInTheDocument();
});

test('a preview says what a sync would hold', async () => {
    server.on('GET /status', sampleStatus({last_run: heldRun({mode: 'preview', state: 'succeeded'})}));
    server.on('GET /runs/run1/changes', samplePage([leaver]));
    renderSection();

    expect(await screen.findByText('A sync would hold these changes until an administrator approves them.')).toBeVisible();
    expect(screen.getByText('8 of 110 linked accounts would be deactivated')).toBeVisible();
});

test('an approval that comes too late says so', async () => {
    holds(heldRun(), 1);
    server.on('POST /runs/run1/approve', {code: 'approval_expired', message: 'Too late.', hint: 'Run again.'}, 409);
    renderSection();
    await screen.findByText('1 change is waiting for your approval');
    await user.click(button('Approve all'));
    server.on('GET /status', sampleStatus({last_run: heldRun()}));
    await user.click(button('Approve 1 change'));
    expect(screen.getAllByRole('tabpanel').some((panel) => panel === document.activeElement)).toBe(true);

    expect(await screen.findByRole('alert')).toHaveTextContent('Too late.Run again.');
    await waitFor(() => expect(screen.queryByText(/your approval/)).not.toBeInTheDocument());
});

test('history shows who approved, what has expired, and links to what was approved', async () => {
    const approved = heldRun({id: 'run0', state: 'succeeded', approved_at: Date.UTC(2025, 2, 1, 9), approved_by: 'a', discarded_at: Date.UTC(2025, 2, 1, 10), discarded_by: 'b'});
    const others = [heldRun({id: 'run3', approved_at: Date.UTC(2025, 2, 1, 9), approved_by: 'gone'}), heldRun({id: 'run4', hold: {kinds: [], expires_at: 1}})];
    server.on('GET /status', sampleStatus({last_run: sampleRun()}));
    server.on('GET /runs/run1/changes', samplePage([]));
    server.on('GET /runs', {runs: [sampleRun({approves: 'run9'}), approved, ...others], total: 4, page: 0, per_page: 10});
    server.on('POST /api/v4/users/ids', [{id: 'a', username: 'mina'}, {id: 'b', username: 'jun'}]);
    renderSection();
    const history = within(await screen.findByRole('region', {name: 'Run history'}));

    expect(await history.findByText('@mina')).toBeVisible();
    const [, first, second, third, fourth] = history.getAllByRole('row');
    expect(first).not.toHaveTextContent('approved');
    expect(second).toHaveTextContent('Approved Mar 1, 2025, 6:00 PM by @mina');
    expect(second).toHaveTextContent('Discarded Mar 1, 2025, 7:00 PM by @jun');
    expect(third).not.toHaveTextContent('Discarded');
    expect(second).toHaveTextContent('7 created, 8 held');
    expect(third).toHaveTextContent(/waiting for approvalApproved Mar 1, 2025, 6:00 PM(?! by)/);
    expect(fourth).toHaveTextContent('Approval period expired');

    server.on('GET /runs/run9', {code: 'run_not_found', message: 'This run does not exist.', hint: ''}, 404);
    await user.click(history.getByRole('link', {name: 'Approved changes'}));
    expect(await screen.findByText('This run does not exist.')).toBeVisible();

    server.on('GET /runs/run9', heldRun({id: 'run9'}));
    server.on('GET /runs/run9/changes', samplePage([leaver]));
    await user.click(screen.getByRole('link', {name: 'Show latest run'}));
    await user.click(history.getByRole('link', {name: 'Approved changes'}));
    expect(await screen.findByText('Kim Minji (Design)', {selector: 'bdi.EntraSync__name'})).toBeVisible();
    expect(screen.queryByText('This run does not exist.')).not.toBeInTheDocument();
});

test('the notice and its question have no fault that axe finds', async () => {
    holds(heldRun());
    const {container} = renderSection();
    await user.click(await findButton('Approve all'));
    await screen.findByRole('grid');
    jest.useRealTimers();

    const {violations} = await axe.run(container, {rules: {'color-contrast': {enabled: false}}});

    expect(violations.map(({id, nodes}) => ({id, where: nodes.map((node) => node.html)}))).toEqual([]);
});

test('many users who leave teams and channels are approved by typing their number, and the question says what they lose', async () => {
    const kinds: NonNullable<RunAnswer['hold']>['kinds'] = [{kind: 'leaves_per_target', count: 8, total: 20}];
    holds(heldRun({hold: {kinds, expires_at: Date.UTC(2025, 2, 8, 3)}}), 8, 0, 'leave');
    renderSection();
    expect(await screen.findByText('8 of 20 members of a team or channel would leave or lose the admin role')).toBeVisible();
    await waitFor(() => expect(button('Approve all')).toBeEnabled());
    await user.click(button('Approve all'));

    const count = screen.getByRole('textbox', {name: 'Type 8 to approve these changes. Users who leave a team or channel lose access to it immediately.'});
    expect(screen.queryByText(/signed out/)).not.toBeInTheDocument();
    await user.type(count, '8');
    expect(button('Approve 8 changes')).toBeEnabled();
});
