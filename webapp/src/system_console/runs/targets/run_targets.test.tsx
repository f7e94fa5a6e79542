/** @jest-environment jsdom */
import {screen, waitFor, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';

import {giveSizes} from '../../../testing/element_sizes';
import {FakeServer} from '../../../testing/fake_server';
import {renderPage} from '../../../testing/render_page';
import {sampleJob} from '../../../testing/sample_job';
import {heldRun, noCounts, sampleChange, samplePage, sampleRun} from '../../../testing/samples';

import {ChangesPanel} from '../changes/changes_panel';

const server = new FakeServer();
const changes = 'GET /runs/run1/changes';
const targets = 'GET /runs/run1/targets';

beforeAll(() => giveSizes({scroller: 600, row: 60}));
beforeEach(() => server.install());
afterEach(() => {
    server.uninstall();
    server.requests.length = 0;
});

const none = {joined: 0, left: 0, promoted: 0, demoted: 0, skipped: 0, held: 0, failed: 0};
const sales = {target: 'c1', kind: 'channel', id: 'c1', name: '<Sales>', team_name: 'Company', ...none, joined: 3, held: 2, changes: 5};
const fresh = {target: 'team new', kind: 'team', id: '', name: 'Projects', team_name: '', ...none, joined: 1, promoted: 1, changes: 2};
const inSales = (seq: number, status: 'done' | 'held') => sampleChange({
    seq, object_id: `0a1b2c3d-0000-4000-8000-00000000000${seq}`, display_name: `Person ${seq}`, action: status === 'held' ? 'leave' : 'join', status, reason: 'no_rule_wants', fields: [],
    reason_params: {target_kind: 'channel', target_id: 'c1', target_name: '<Sales>', rule_value: 'Departments'}});

function serve(list: object[] = [sales, fresh], total = list.length): void {
    server.onRequest(targets, ({query}) => ({status: 200, body: {targets: list, total, page: Number(query.page), per_page: 10}}));
    server.on(changes, samplePage([inSales(1, 'done')]));
}

test('a run is summed up by team and channel, and the changes of one can be shown alone', async () => {
    serve();
    const {container} = renderPage(<ChangesPanel run={sampleRun()} job={sampleJob()}/>);
    const table = await screen.findByRole('table', {name: '2 teams and channels in this run'});
    const rows = within(table).getAllByRole('row').map((row) => [...row.children].map(({textContent}) => textContent));
    expect(rows).toEqual([
        ['Team or channel', 'joined', 'left', 'promoted', 'held', 'failed', 'Changes'],
        ['<Sales> (channel of Company)', '3', '0', '0', '2', '0', 'Show 5 changes'],
        ['Projects (team)', '1', '0', '1', '0', '0', 'Show 2 changes'],
    ]);
    expect(within(table).getByRole('link', {name: '<Sales> (channel of Company)'})).toHaveAttribute('href', '#runs/target/c1');
    expect(within(table).queryByRole('link', {name: /Projects/})).not.toBeInTheDocument();
    expect((await axe.run(container, {rules: {region: {enabled: false}}})).violations).toEqual([]);

    await userEvent.click(within(table).getByRole('button', {name: 'Show 5 changes'}));
    expect(await screen.findByText(/^Only changes for/)).toHaveTextContent('Only changes for <Sales> (channel of Company) are listed.');
    await waitFor(() => expect(server.sent(changes).at(-1)?.query).toEqual({after: '0', per_page: '1000', target: 'c1'}));
    await userEvent.click(screen.getByRole('button', {name: 'Show all changes'}));
    await waitFor(() => expect(screen.queryByText(/^Only changes for/)).not.toBeInTheDocument());
});

test('the changes of a run for many users are listed for one team or channel at a time, those of accounts first', async () => {
    serve();
    renderPage(<ChangesPanel run={sampleRun({counts: {...noCounts, created: 7, joined: 200_000}})} job={sampleJob()}/>);
    expect(await screen.findByText(/^This run has too many changes of memberships/)).toBeVisible();
    await screen.findByRole('grid');
    expect(server.sent(changes).map(({query}) => query.target)).toEqual(['none']);
});

test('what is held in one team or channel is approved alone', async () => {
    serve();
    server.onRequest(changes, ({query}) => ({status: 200, body: samplePage(query.target === 'c1' ? [inSales(1, 'done'), inSales(2, 'held'), inSales(3, 'held')] : [inSales(1, 'done')])}));
    const approve = jest.fn();
    const run = heldRun({hold: {kinds: [{kind: 'leaves', count: 8, total: 20}], expires_at: Date.now() + 60_000}});
    renderPage(<ChangesPanel run={run} job={sampleJob({approve})}/>);
    await userEvent.click(await screen.findByRole('button', {name: 'Show 5 changes'}));
    await userEvent.click(await screen.findByRole('button', {name: 'Approve 2 selected'}));
    expect(screen.queryByRole('button', {name: 'Approve all'})).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', {name: 'Approve 2 changes'}));
    expect(approve).toHaveBeenCalledWith('run1', [2, 3]);
});

test('a run without memberships has no such table, and a server without it is no failure', async () => {
    serve([]);
    renderPage(<ChangesPanel run={sampleRun()} job={sampleJob()}/>);
    await screen.findByRole('grid');
    expect(screen.queryByText(/in this run$/)).not.toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('many teams and channels are leafed through', async () => {
    serve([sales], 25);
    renderPage(<ChangesPanel run={sampleRun()} job={sampleJob()}/>);
    await userEvent.click(await screen.findByRole('button', {name: 'Next'}));
    await waitFor(() => expect(server.sent(targets).at(-1)?.query).toEqual({page: '1', per_page: '10'}));
});
