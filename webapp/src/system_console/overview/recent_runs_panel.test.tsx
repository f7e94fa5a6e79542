/** @jest-environment jsdom */
import {screen, within} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {ChartConfiguration} from 'chart.js';
import {createIntl} from 'react-intl';

import type {RunAnswer} from '../../answers';
import {messagesOf} from '../../testing/messages_of';
import {FakeServer} from '../../testing/fake_server';
import {renderPage} from '../../testing/render_page';
import {noCounts, runningRun, sampleRun} from '../../testing/samples';

import {chartConfig} from './chart_config';
import {RecentRunsPanel} from './recent_runs_panel';

const drawn: Array<{config: ChartConfiguration<'bar'>; active: Array<{index: number}>; isDestroyed: boolean}> = [];
let pointed: Array<{index: number}> = [];

// jsdom cannot draw. The browser tests check what is drawn, and in which colors.
jest.mock('chart.js', () => ({
    Chart: class {
        static register() {}
        private readonly picture;
        readonly data;
        readonly tooltip = {setActiveElements: () => undefined};
        constructor(_: unknown, config: ChartConfiguration<'bar'>) {
            this.picture = {config, active: [] as Array<{index: number}>, isDestroyed: false};
            this.data = config.data;
            drawn.push(this.picture);
        }

        setActiveElements(active: Array<{index: number}>) {
            this.picture.active = active;
        }

        getElementsAtEventForMode() {
            return pointed;
        }

        update() {}

        destroy() {
            this.picture.isDestroyed = true;
        }
    },
}));

const server = new FakeServer();
const day = 86_400_000;
const start = Date.UTC(2025, 2, 1, 3);

beforeEach(() => {
    drawn.length = 0;
    pointed = [];
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

test('the last 30 syncs are requested, without previews', async () => {
    renderRuns(three);
    await chart();

    expect(server.sent('GET /runs').map(({query}) => query)).toEqual([{page: '0', per_page: '30', mode: 'apply'}]);
});

test('the bars are ordered from the oldest to the newest, stacked by result', async () => {
    renderRuns(three);
    await chart();

    const {data, options} = drawn.at(-1)?.config ?? {};
    expect(data?.labels).toEqual(['Mar 2', 'Mar 3', 'Mar 4']);
    expect(data?.datasets.map(({label, data: counts}) => [label, ...counts])).toEqual([
        ['created', 5, 0, 2],
        ['updated', 1, 0, 0],
        ['reactivated', 0, 0, 0],
        ['deactivated', 3, 0, 0],
        ['failed', 0, 1, 0],
        ['held', 0, 0, 4],
    ]);
    expect(new Set(data?.datasets.map(({backgroundColor}) => backgroundColor)).size).toBe(6);
    expect([options?.scales?.x, options?.scales?.y]).toEqual([expect.objectContaining({stacked: true}), expect.objectContaining({stacked: true})]);
});

test('colors are those of the theme', () => {
    const theme = {getPropertyValue: (name: string) => (name === '--online-indicator-rgb' ? ' 1, 2, 3' : '')} as CSSStyleDeclaration;
    const intl = createIntl({locale: 'en', messages: messagesOf('en')});

    const {datasets} = chartConfig(three, intl, theme, false).data;

    expect(datasets[2]?.backgroundColor).toBe('rgba(1, 2, 3, 1)');
    expect(datasets[0]?.backgroundColor).toBe('rgba(22, 109, 224, 1)');
});

test.each([[true, false], [false, {duration: 300}]])('reduced motion (%s) is respected', async (matches, animation) => {
    window.matchMedia = () => ({matches}) as MediaQueryList;
    renderRuns(three);
    await chart();

    expect(drawn.at(-1)?.config.options?.animation).toEqual(animation);
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
    expect(drawn.at(-1)?.active.map(({index}) => index)).toEqual([2, 2, 2, 2, 2, 2]);

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
    pointed = [{index: 1}];

    await userEvent.click(await chart());

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
    expect(drawn.every(({isDestroyed}) => isDestroyed)).toBe(true);

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
    expect(drawn.at(-1)!.config.data.datasets.map(({label}) => String(label).toLowerCase())).not.toContain('joined');
    await userEvent.click(screen.getByRole('button', {name: 'Show as table'}));
    const [head, newest, older] = screen.getAllByRole('row').map((row) => [...row.children].slice(2).map(({textContent}) => textContent));
    expect(head).toEqual(['created', 'updated', 'reactivated', 'deactivated', 'failed', 'held', 'joined', 'left']);
    expect(newest).toEqual(['1', '0', '0', '0', '0', '0', '1,200', '3']);
    expect(older!.slice(-2)).toEqual(['0', '0']);
});
