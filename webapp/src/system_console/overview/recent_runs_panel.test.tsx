/** @jest-environment jsdom */
import {screen, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import type {RunAnswer} from '../../answers';
import {FakeServer} from '../../testing/fake_server';
import {renderPage} from '../../testing/render_page';
import {noCounts, runningRun, sampleRun} from '../../testing/samples';

import {RecentRunsPanel} from './recent_runs_panel';

const server = new FakeServer();
const day = 86_400_000;
const start = Date.UTC(2025, 2, 1, 3);

beforeEach(() => {
    server.install();
    server.requests.length = 0;
});
afterEach(() => server.uninstall());

const syncOf = (at: number, counts: Partial<RunAnswer['counts']>) => sampleRun({id: `run${at}`, mode: 'apply', started_at: start + (at * day), counts: {...noCounts, ...counts}});

/** The newest first, as the server answers. */
const three = [syncOf(3, {created: 2, held: 4}), syncOf(2, {failed: 1}), syncOf(1, {created: 5, updated: 1, deactivated: 3})];

function renderRuns(runs: RunAnswer[], options = {}) {
    server.on('GET /runs', {runs, total: runs.length, page: 0, per_page: 30});
    return renderPage(<RecentRunsPanel revision='' isFaultShown={true}/>, options);
}

const chart = () => screen.findByRole('img');

/** The bars from the left to the right. Each part is its class and its share of the bar. The browser tests check the colors. */
const bars = async () => [...(await chart()).querySelectorAll<HTMLElement>('.EntraSync__runBar')].map((bar) => {
    const stack = bar.querySelector<HTMLElement>('.EntraSync__stack')!;
    const parts = [...stack.children].map((part) => [part.className.replace('EntraSync__series--', ''), Number((part as HTMLElement).style.flexGrow)]);
    return {bar, title: bar.title, height: stack.style.height, parts, isChosen: bar.classList.contains('EntraSync__runBar--chosen')};
});
const days = async () => [...(await chart()).querySelectorAll('.EntraSync__day')].map(({textContent}) => textContent);
const scale = async () => [...(await chart()).querySelectorAll('.EntraSync__scale > *')].map(({textContent}) => textContent);

test('the last 30 syncs are requested, without previews', async () => {
    renderRuns(three);
    await chart();

    expect(server.sent('GET /runs').map(({query}) => query)).toEqual([{page: '0', per_page: '30', mode: 'apply'}]);
});

test('the bars are ordered from the oldest to the newest, stacked by result', async () => {
    renderRuns(three);
    await chart();

    expect(await days()).toEqual(['Mar 2', 'Mar 3', 'Mar 4']);
    expect((await bars()).map(({parts}) => parts)).toEqual([
        [['created', 5], ['updated', 1], ['deactivated', 3]],
        [['failed', 1]],
        [['created', 2], ['held', 4]],
    ]);
});

test('bars are as high as their share of the highest, which the scale names', async () => {
    renderRuns([syncOf(3, {}), syncOf(2, {updated: 500, held: 100}), syncOf(1, {created: 1200})]);

    expect((await bars()).map(({height}) => height)).toEqual(['100%', '50%', '0%']);
    expect(await scale()).toEqual(['1,200', '0']);
});

test('a single change does not fill the chart', async () => {
    renderRuns([syncOf(1, {updated: 1})]);

    expect((await bars()).map(({height}) => height)).toEqual(['25%']);
    expect(await scale()).toEqual(['4', '0']);
});

test('of many bars, some have their day below them, always the newest', async () => {
    renderRuns(Array.from({length: 30}, (_, at) => syncOf(30 - at, {created: 1})));

    expect(await bars()).toHaveLength(30);
    expect(await days()).toEqual(['Mar 11', 'Mar 21', 'Mar 31']);
});

test('the legend names every part of the bars', async () => {
    renderRuns(three);
    await chart();

    const entries = within(screen.getByRole('list')).getAllByRole('listitem').map((entry) => [entry.textContent, entry.firstElementChild?.className]);
    expect(entries).toEqual(['created', 'updated', 'reactivated', 'deactivated', 'failed', 'held'].map((name) => [name, `EntraSync__swatch EntraSync__series--${name}`]));
});

test('the mouse on a bar shows its time and numbers', async () => {
    renderRuns(three);

    expect((await bars()).map(({title}) => title)).toEqual([
        'Mar 2, 2025, 12:00 PM: 5 created, 1 updated, 3 deactivated',
        'Mar 3, 2025, 12:00 PM: 1 failed',
        'Mar 4, 2025, 12:00 PM: 2 created, 4 held',
    ]);
});

test('one sentence says what the chart shows', async () => {
    renderRuns(three);

    expect(await chart()).toHaveAccessibleName('Last 3 syncs, from Mar 2, 2025 to Mar 4, 2025. Total: 7 created, 1 updated, 3 deactivated, 1 failed, 4 held.');
    expect(await chart()).toHaveAccessibleDescription('Use the left and right arrow keys to move between syncs.');
});

test('the keyboard walks through the syncs, and each is said with its numbers and a link', async () => {
    renderRuns(three);
    (await chart()).focus();

    await userEvent.keyboard('{ArrowLeft}');
    expect(screen.getByRole('status')).toHaveTextContent('Mar 4, 2025, 12:00 PM: 2 created, 4 held');
    expect((await bars()).map(({isChosen}) => isChosen)).toEqual([false, false, true]);

    await userEvent.keyboard('{ArrowLeft}');
    expect(screen.getByRole('status')).toHaveTextContent('Mar 3, 2025, 12:00 PM: 1 failed');
    expect(screen.getByRole('link', {name: 'Show changes'})).toHaveAttribute('href', '#runs/run2');

    await userEvent.keyboard('{Home}{ArrowLeft}');
    expect(screen.getByRole('status')).toHaveTextContent('5 created, 1 updated, 3 deactivated');

    await userEvent.keyboard('{End}{ArrowRight}');
    expect(screen.getByRole('status')).toHaveTextContent('Mar 4, 2025');
});

test('a click on a bar chooses it too', async () => {
    renderRuns(three);

    await userEvent.click((await bars())[1]!.bar);

    expect(screen.getByRole('status')).toHaveTextContent('1 failed');
});

test('the same numbers as a table, the newest first, each row with a link to its run', async () => {
    renderRuns(three);
    await userEvent.click(await screen.findByRole('button', {name: 'Show as table'}));

    const table = screen.getByRole('table', {name: /^Last 3 syncs/});
    const rows = within(table).getAllByRole('row').slice(1).map((row) => within(row).getAllByRole('cell').map(({textContent}) => textContent));
    expect(rows).toEqual([
        ['succeeded', '2', '0', '0', '0', '0', '4'],
        ['succeeded', '0', '0', '0', '0', '1', '0'],
        ['succeeded', '5', '1', '0', '3', '0', '0'],
    ]);
    expect(within(table).getByRole('link', {name: 'Mar 4, 2025, 12:00 PM'})).toHaveAttribute('href', '#runs/run3');
    expect(screen.queryByRole('img')).not.toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', {name: 'Show as chart'}));
    expect(await chart()).toBeVisible();
});

test('a single sync that changed nothing, in Korean', async () => {
    renderRuns([syncOf(1, {unchanged: 80})], {locale: 'ko'});

    expect(await chart()).toHaveAccessibleName('2025. 3. 2.부터 2025. 3. 2.까지 동기화 1회. 변경이 없습니다.');
});

test.each([[[]], [[runningRun(1, 2)]]])('before the first sync has ended there is no chart', async (runs) => {
    renderRuns(runs);

    expect(await screen.findByText('No syncs yet.')).toBeVisible();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
});

test('a fault is shown', async () => {
    server.on('GET /runs', {code: 'database_failed', message: 'The database failed.'}, 500);
    renderPage(<RecentRunsPanel revision='' isFaultShown={true}/>);

    expect(await screen.findByText('The database failed.')).toBeVisible();
});

test('memberships are in the table and in the sum of runs that changed some, and in no bar', async () => {
    renderRuns([syncOf(2, {created: 1, joined: 1200, left: 3}), syncOf(1, {updated: 2})]);
    expect((await chart()).getAttribute('aria-label')).toMatch(/1 created, 2 updated, 1,200 joined, 3 left/);
    expect((await bars()).map(({parts}) => parts)).toEqual([[['updated', 2]], [['created', 1]]]);
    await userEvent.click(screen.getByRole('button', {name: 'Show as table'}));
    const [head, newest, older] = screen.getAllByRole('row').map((row) => [...row.children].slice(2).map(({textContent}) => textContent));
    expect(head).toEqual(['created', 'updated', 'reactivated', 'deactivated', 'failed', 'held', 'joined', 'left']);
    expect(newest).toEqual(['1', '0', '0', '0', '0', '0', '1,200', '3']);
    expect(older!.slice(-2)).toEqual(['0', '0']);
});
