/**
 * Measures the page in Chromium with a preview of 100,000 users against the goals in docs/performance.md, and prints a Markdown table:
 * `npx tsx e2e/browser/bench.ts`. With `--write`, it also replaces the table in docs/performance.md.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {resolve} from 'node:path';

import type {Page} from 'playwright-core';

import {launchBrowser, openConsole} from './browser';
import {measureBundle} from './bundle_size';
import {crowd} from './company';
import {eventually} from './eventually';
import {Scene} from './scene';
import {startScene} from './scene_process';

const people = 100_000;

/** Timeout for the preview, in ms. */
const patience = 300_000;

const root = resolve(__dirname, '../..');
const searched = 'crowd.0999';

interface Row {
    what: string;
    result: string;
    goal: string;
}

/** All users are new. Single sign-on, so that no passwords are hashed. */
const policy = {version: 1, scope: {everyone: true}, accounts: {sign_in: {method: 'single_sign_on', service: 'saml'}}};

/** Sets `window.entrasyncBench`: when the first row was painted, and how long each keystroke took until the table was updated. */
function watchPage(): void {
    const seen = {firstRow: 0, keystrokes: [] as number[]};
    let typedAt = 0;
    const painted = (then: () => void) => requestAnimationFrame(() => setTimeout(then));
    new MutationObserver(() => {
        if (seen.firstRow === 0 && document.querySelector('[role=grid] tbody tr[aria-rowindex]')) {
            seen.firstRow = -1;
            painted(() => {
                seen.firstRow = performance.now();
            });
        }
        const before = typedAt;
        if (before > 0 && document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') !== rowCount) {
            typedAt = 0;
            painted(() => seen.keystrokes.push(performance.now() - before));
        }
    }).observe(document, {childList: true, subtree: true, attributes: true, attributeFilter: ['aria-rowcount']});
    let rowCount: string | null | undefined = null;
    document.addEventListener('keydown', ({timeStamp}) => {
        rowCount = document.querySelector('[role=grid]')?.getAttribute('aria-rowcount');
        typedAt = timeStamp;
    }, true);
    Object.assign(window, {entrasyncBench: seen});
}

interface Seen {
    firstRow: number;
    keystrokes: number[];

    /** When the first rows arrived. */
    data: number;
}

/** tsx wraps functions to keep their names. The page does not have that wrapper. */
async function prepare(page: Page): Promise<void> {
    await page.addInitScript('globalThis.__name = (named) => named;');
    await page.addInitScript(watchPage);
}

function look(page: Page): Promise<Seen> {
    return page.evaluate(() => {
        const [first] = performance.getEntriesByType('resource').filter(({name}) => name.includes('/changes?')) as PerformanceResourceTiming[];
        return {...(window as unknown as {entrasyncBench: Seen}).entrasyncBench, data: first?.responseEnd ?? 0};
    });
}

async function measureTable(): Promise<Row[]> {
    const browser = await launchBrowser();
    const server = await startScene();
    try {
        const scene = new Scene(server.introduction);
        await scene.reset({policy});
        await scene.replacePeople(crowd(people));
        await scene.run('preview', patience);
        const {page, changes} = await openConsole(browser, scene, {prepare});
        const {firstRow, data} = await eventually(() => look(page), (seen) => seen.firstRow > 0 && seen.data > 0);
        await eventually(() => changes.rowCount(), (count) => count === people);
        await changes.search.focus();
        for (const [at, key] of [...searched].entries()) {
            await page.keyboard.type(key);
            await page.waitForTimeout(at === 0 ? 1500 : 700);
        }
        const {keystrokes} = await look(page);
        if (keystrokes.length === 0) {
            throw new Error('no keystroke has changed the table');
        }
        return [
            {
                what: `Preview table of ${people.toLocaleString('en')} rows: first paint after the first rows arrive`,
                result: `${Math.round(firstRow - data)} ms`,
                goal: goal('≤ 1,000 ms', firstRow - data <= 1000),
            },
            {
                what: 'Keystroke in its filter, until the table shows the matches (median, slowest)',
                result: `${Math.round(median(keystrokes))} ms, ${Math.round(Math.max(...keystrokes))} ms`,
                goal: goal('≤ 100 ms', Math.max(...keystrokes) <= 100),
            },
        ];
    } finally {
        await browser.close();
        await server.stop();
    }
}

function median(values: number[]): number {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function bundleRows(): Row[] {
    const {main, parts} = measureBundle();
    return [
        {what: '`main.js`, which every page of Mattermost loads, gzip', result: kilobytes(main), goal: goal('≤ 10 kB', main <= 10_000)},
        {what: 'All parts that load when they are first needed, gzip', result: kilobytes(parts), goal: goal('≤ 450 kB', parts <= 450_000)},
    ];
}

/** The cell of a goal. It says so if the goal is missed. */
function goal(wanted: string, met: boolean): string {
    return met ? wanted : `${wanted}: **missed**`;
}

function kilobytes(bytes: number): string {
    return bytes < 10_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${Math.round(bytes / 1000)} kB`;
}

async function main(): Promise<void> {
    const rows = [...await measureTable(), ...bundleRows()];
    const table = ['| What | Result | Goal |', '| --- | --- | --- |', ...rows.map(({what, result, goal}) => `| ${what} | **${result}** | ${goal} |`)].join('\n');
    process.stdout.write(`${table}\n`);
    if (process.argv.includes('--write')) {
        const path = resolve(root, 'docs/performance.md');
        const marked = /(<!-- bench page -->\n)[^]*?(<!-- \/bench page -->)/;
        writeFileSync(path, readFileSync(path, 'utf8').replace(marked, (_, begin: string, end: string) => `${begin}${table}\n${end}`));
    }
}

void main();
