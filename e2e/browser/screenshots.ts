/**
 * Takes the pictures of docs/screenshots from scenes of their own, in English and Korean: `make screenshots`.
 * Names as arguments take only those pictures: `npx tsx e2e/browser/screenshots.ts held`.
 */
import {resolve} from 'node:path';

import type {Browser, Locator} from 'playwright-core';

import {launchBrowser, openConsole, type Visit} from './browser';
import {crowd} from './company';
import type {ConsolePage} from './pages/console_page';
import {Scene} from './scene';
import {startScene} from './scene_process';

type Locale = 'en' | 'ko';

const folder = resolve(__dirname, '../../docs/screenshots');

/** An allow-list that lets in people with names of either language. */
const allowed = {version: 1, scope: {allow: {display_name_contains: ['Kim', '한']}}};

/** Room around what a picture shows, in pixels; less than what stands between panels. */
const margin = 16;

/** One picture: `set` brings the scene and the page into its state. */
interface Picture {
    name: string;
    settings?: Record<string, unknown>;
    visit?: Visit;
    set?(console: ConsolePage, scene: Scene): Promise<void>;

    /** From where and to where; the plugin's whole section otherwise. */
    parts?(console: ConsolePage): Locator[];

    /** In pixels; what lies below is cut off. */
    greatestHeight?: number;
}

/** Everybody has an account, and then eight people leave at once. */
async function loseEight(scene: Scene): Promise<void> {
    await scene.run('apply');
    const members = (await scene.people()).filter(({mail}) => /(fischer|rossi|silva|nguyen|okafor|larsen|dubois|garcia)@/.test(mail));
    await scene.disable(members.slice(0, 8));
}

/** Single sign-on: hashing passwords takes long. */
const everyone = {policy: {version: 1, scope: {everyone: true}, accounts: {sign_in: {method: 'single_sign_on', service: 'saml'}}}};

const pictures: Picture[] = [
    {name: 'first_use', settings: {tenantid: '', clientid: '', clientsecret: '', policy: {version: 1}}},
    {
        name: 'connection_failed',
        settings: {clientsecret: 'not-the-secret'},
        set: (console) => console.connection.test('failed'),
        parts: (console) => [console.connection.root],
    },
    {
        name: 'preview',
        set: async (console) => {
            await console.open('runs');
            await console.run.perform('preview');
            await console.changes.rows.first().waitFor();
        },
        parts: (console) => [console.run.root, console.changes.root],
    },
    {
        name: 'running',
        set: async (console, scene) => {
            await scene.replacePeople(crowd(3500));
            await scene.setFault({match: 'users', kind: 'slow', skip: 2, delay_ms: 60_000});
            await console.run.applyButton.click();
            await console.run.root.getByText('1,998').first().waitFor();
        },
        parts: (console) => [console.run.root],
    },
    {
        name: 'overview',
        set: async (console) => {
            await console.open('connection');
            await console.connection.test('ok');
            await console.open('runs');
            await console.run.perform('apply');
            await console.changes.rows.first().waitFor();
        },
        parts: (console) => [console.connection.root, console.changes.root],
        greatestHeight: 1100,
    },
    {name: 'page', set: (console) => console.connection.test('ok')},
    {
        name: 'history',
        parts: (console) => [console.runs.root],
    },
    {
        name: 'unsaved',
        set: (console) => console.people.addName('Park'),
        parts: (console) => [console.run.root],
    },
    {name: 'faults', settings: {schedule: 'every night', policy: {version: 1, scope: {allow: {display_name_contains: [' ', 'Kim']}, guest: true}}}},
    {name: 'dark', visit: {theme: 'onyx'}, set: (console) => console.connection.test('ok')},
    {
        name: 'held_preview',
        settings: everyone,
        set: async (console, scene) => {
            await loseEight(scene);
            await console.open('runs');
            await console.run.perform('preview');
            await console.changes.rows.first().waitFor();
        },
        parts: (console) => [console.run.root],
    },
    {
        name: 'held',
        settings: everyone,
        set: async (console, scene) => {
            await loseEight(scene);
            await console.open('runs');
            await console.run.perform('apply', 'held');
            await console.held.reviewButton.click();
            await console.held.approveAllButton.click();
            await console.changes.rows.first().waitFor();
        },
        parts: (console) => [console.held.root(8)],
    },
    {
        name: 'held_changes',
        settings: everyone,
        set: async (console, scene) => {
            await loseEight(scene);
            await console.open('runs');
            await console.run.perform('apply', 'held');
            await console.held.reviewButton.click();
            await console.changes.rows.nth(7).waitFor();
        },
        parts: (console) => [console.run.root, console.changes.root],
        greatestHeight: 1200,
    },
    {
        name: 'held_history',
        settings: everyone,
        set: async (console, scene) => {
            await loseEight(scene);
            await console.open('runs');
            await console.run.perform('apply', 'held');
            await console.held.approveAll(8);
            await console.held.root(8).waitFor({state: 'hidden'});
            await console.runs.rows.first().waitFor();
        },
        parts: (console) => [console.runs.root],
        greatestHeight: 700,
    },
];

function isWanted({name}: Picture): boolean {
    const names = process.argv.slice(2);
    return names.length === 0 || names.includes(name);
}

async function take(browser: Browser, scene: Scene, {name, settings, visit, set, parts, greatestHeight = 1400}: Picture, locale: Locale): Promise<void> {
    await scene.reset({policy: allowed, enabled: true, ...settings});
    const console = await openConsole(browser, scene, {...visit, locale, options: {viewport: {width: 960, height: 900}}});
    await set?.(console, scene);
    await showWhole(console);
    const frame = await frameOf(parts?.(console) ?? [console.section]);
    const clip = {...frame, height: Math.min(frame.height, greatestHeight)};
    const path = resolve(folder, locale === 'en' ? `${name}.png` : `${name}.${locale}.png`);
    await console.page.screenshot({path, clip, animations: 'disabled', caret: 'hide'});
    await console.page.context().close();
}

/** Makes the window as tall as the page, so that nothing is scrolled away. */
async function showWhole({page}: ConsolePage): Promise<void> {
    const hidden = await page.locator('.admin-console__wrapper').evaluate((wrapper) => wrapper.scrollHeight - wrapper.clientHeight);
    const {width, height} = page.viewportSize() ?? {width: 0, height: 0};
    await page.setViewportSize({width, height: height + hidden});
}

async function frameOf(parts: Locator[]) {
    const boxes = await Promise.all(parts.map((part) => part.boundingBox()));
    const found = boxes.filter((box) => box !== null);
    const x = Math.min(...found.map((box) => box.x)) - margin;
    const y = Math.min(...found.map((box) => box.y)) - margin;
    const width = Math.max(...found.map((box) => box.x + box.width)) + margin - x;
    const height = Math.max(...found.map((box) => box.y + box.height)) + margin - y;
    return {x, y, width, height};
}

async function takeAll(browser: Browser, locale: Locale): Promise<void> {
    const server = await startScene();
    const scene = new Scene(server.introduction);
    try {
        for (const picture of pictures.filter(isWanted)) {
            await take(browser, scene, picture, locale);
        }
    } finally {
        await server.stop();
    }
}

async function main(): Promise<void> {
    const browser = await launchBrowser();
    try {
        await takeAll(browser, 'en');
        await takeAll(browser, 'ko');
    } finally {
        await browser.close();
    }
}

void main();
