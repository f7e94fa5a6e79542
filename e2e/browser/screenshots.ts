/**
 * Takes the pictures of docs/screenshots from scenes of their own, in English and Korean: `make screenshots`.
 * Names as arguments take only those pictures: `npx tsx e2e/browser/screenshots.ts held`.
 */
import {resolve} from 'node:path';

import type {Browser, Locator} from 'playwright-core';

import {launchBrowser, openConsole, type Visit} from './browser';
import {crowd} from './company';
import type {Tab} from '../../webapp/src/components/system_console/frame/place';

import type {ConsolePage} from './pages/console_page';
import {Scene} from './scene';
import {startScene} from './scene_process';

type Locale = 'en' | 'ko';

const folder = resolve(__dirname, '../../docs/screenshots');

/** An allow-list that lets in people with names of either language. */
const allowed = {version: 1, scope: {allow: {display_name_contains: ['Kim', '한']}}};

/** Room around what a picture shows, in pixels; less than what stands between panels. */
const margin = 16;

/** What moves or loads lazily has come to rest after so many ms. */
const settling = 1500;

/** One picture: `set` brings the scene and the page into its state. */
interface Picture {
    name: string;
    settings?: Record<string, unknown>;
    visit?: Visit;

    /** Which tab is open; the runs else. */
    tab?: Tab;

    /** The plugin is switched off while the picture is taken. */
    isOff?: boolean;

    /** Of the window, in pixels. */
    width?: number;
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

/** Lists and rules that work together. */
const ruled = {
    version: 1,
    scope: {
        allow: {display_name_contains: ['Kim', '한']},
        rules: [
            {name: 'No contractors', effect: 'deny', when: {attribute: 'displayName', operator: 'contains', value: '(Contractor)'}},
            {name: 'Platform', effect: 'allow', when: {all: [{attribute: 'department', operator: 'equals', value: 'Platform'}, {attribute: 'accountEnabled', operator: 'equals', value: 'true'}]}},
        ],
    },
};

/** Some syncs in which people come and go, for the chart. */
async function rememberYears(scene: Scene): Promise<void> {
    for (const names of [['Kim'], ['Kim', '한'], ['Kim', '한', 'Lee'], ['Kim', '한']]) {
        await scene.configure({policy: {version: 1, scope: {allow: {display_name_contains: names}}, accounts: {sign_in: {method: 'single_sign_on', service: 'saml'}}}});
        await scene.run('apply');
    }
}

/** Single sign-on: hashing passwords takes long. */
const everyone = {policy: {version: 1, scope: {everyone: true}, accounts: {sign_in: {method: 'single_sign_on', service: 'saml'}}}};

const pictures: Picture[] = [
    {name: 'setup', settings: {tenantid: '', clientid: '', clientsecret: '', policy: {version: 1}}, tab: 'overview'},
    {name: 'plugin_off', isOff: true, parts: (console) => [console.page.locator('.config-section').nth(1)], greatestHeight: 700},
    {
        name: 'connection_failed',
        settings: {clientsecret: 'not-the-secret'},
        tab: 'connection',
        set: (console) => console.connection.test('failed'),
        parts: (console) => [console.connection.root],
    },
    {
        name: 'preview',
        set: async (console) => {
            await console.run.perform('preview');
            await console.changes.rows.first().waitFor();
        },
        parts: (console) => [console.run.root, console.changes.root],
    },
    {
        name: 'details',
        set: async (console) => {
            await console.changes.rows.first().click();
            await console.changes.details.waitFor();
        },
        parts: (console) => [console.changes.details],
    },
    {
        name: 'apply_question',
        set: async (console) => {
            await console.changes.rows.first().waitFor();
            await console.changes.applyButton.click();
        },
        parts: (console) => [console.changes.root],
        greatestHeight: 760,
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
        name: 'people',
        settings: {policy: ruled},
        tab: 'people',
        set: async (console, scene) => {
            await scene.run('preview');
            await console.reload();
            await console.people.addName('Lee');
            await console.page.locator('.EntraSync__moved').first().waitFor();
            await console.page.waitForTimeout(settling);
        },
        greatestHeight: 1800,
    },
    {
        name: 'fields',
        settings: {policy: ruled},
        tab: 'fields',
        set: async (console) => {
            await console.page.getByRole('combobox').first().fill('minjun');
            await console.page.getByRole('option').first().click();
            await console.page.waitForLoadState('networkidle');
            await console.page.waitForTimeout(settling);
        },
    },
    {name: 'lifecycle', tab: 'rules', greatestHeight: 1800},
    {name: 'schedule', tab: 'schedule', set: (console) => console.page.locator('.EntraSync__times, .EntraSync__schedule ol').first().waitFor()},
    {
        name: 'overview',
        tab: 'overview',
        set: async (console, scene) => {
            await rememberYears(scene);
            await console.reload();
            await console.page.waitForLoadState('networkidle');
            await console.page.waitForTimeout(settling);
        },
        greatestHeight: 1600,
    },
    {
        name: 'dark',
        visit: {theme: 'onyx'},
        tab: 'overview',
        set: async (console) => {
            await console.page.waitForLoadState('networkidle');
            await console.page.waitForTimeout(settling);
        },
        greatestHeight: 1600,
    },
    {
        name: 'history',
        parts: (console) => [console.runs.root],
    },
    {
        name: 'person',
        set: async (console) => {
            await console.runs.show(1);
            await console.changes.rows.first().getByRole('link').first().click();
            await console.page.getByRole('link', {name: console.words('entrasync.person.back')}).waitFor();
            await console.page.waitForLoadState('networkidle');
        },
        greatestHeight: 900,
    },
    {
        name: 'unsaved',
        tab: 'people',
        set: async (console) => {
            await console.people.addName('Park');
            await console.open('runs');
        },
        parts: (console) => [console.run.root],
    },
    {
        name: 'foreign_change',
        tab: 'people',
        set: async (console, scene) => {
            await console.people.addName('Park');
            await scene.configure({timezone: 'Europe/Berlin'});
            await console.foreign.waitFor();
        },
        greatestHeight: 760,
    },
    {name: 'faults', tab: 'people', settings: {schedule: 'every night', policy: {version: 1, scope: {allow: {display_name_contains: [' ', 'Kim']}, guest: true}}}, greatestHeight: 1100},
    {name: 'narrow', tab: 'people', settings: {policy: ruled}, width: 320, greatestHeight: 1400},
    {
        name: 'attention',
        settings: everyone,
        tab: 'overview',
        set: async (console, scene) => {
            await loseEight(scene);
            await scene.run('apply');
            await console.reload();
            await console.page.waitForLoadState('networkidle');
            await console.page.waitForTimeout(settling);
        },
        greatestHeight: 1000,
    },
    {
        name: 'held',
        settings: everyone,
        set: async (console, scene) => {
            await loseEight(scene);
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
            await console.run.perform('apply', 'held');
            await console.held.reviewButton.click();
            await console.changes.rows.nth(7).waitFor();
        },
        parts: (console) => [console.run.root, console.changes.root],
        greatestHeight: 1200,
    },
];

function isWanted({name}: Picture): boolean {
    const names = process.argv.slice(2);
    return names.length === 0 || names.includes(name);
}

async function take(browser: Browser, scene: Scene, picture: Picture, locale: Locale): Promise<void> {
    const {name, settings, visit, tab, isOff = false, width = 960, set, parts, greatestHeight = 1400} = picture;
    await scene.reset({policy: allowed, enabled: true, ...settings});
    await (isOff && scene.enable(false));
    const options = {viewport: {width, height: 900}};
    const console = await openConsole(browser, scene, {...visit, ...(tab && {tab}), isOff, locale, options});
    await set?.(console, scene);
    await showWhole(console);
    const frame = await frameOf(parts?.(console) ?? [console.section]);
    const clip = {...frame, height: Math.min(frame.height, greatestHeight)};
    const path = resolve(folder, locale === 'en' ? `${name}.png` : `${name}.${locale}.png`);
    await console.page.screenshot({path, clip, animations: 'disabled', caret: 'hide'});
    await console.page.context().close();
    await (isOff && scene.enable(true));
}

/** How often the window is made taller: a table grows with it, by less each time. */
const mostGrowths = 6;

/** Makes the window as tall as the page, so that nothing is scrolled away. */
async function showWhole({page}: ConsolePage): Promise<void> {
    const wrapper = page.locator('.admin-console__wrapper');
    for (let growth = 0; growth < mostGrowths; growth++) {
        const hidden = await wrapper.evaluate((element) => element.scrollHeight - element.clientHeight);
        const {width, height} = page.viewportSize() ?? {width: 0, height: 0};
        await page.setViewportSize({width, height: height + hidden});
    }
    await wrapper.evaluate((element) => element.scrollTo(0, 0));
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
