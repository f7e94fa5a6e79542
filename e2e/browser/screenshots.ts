/** Takes the pictures of docs/screenshots from a scene of its own, in English and Korean: `make screenshots`. */
import {resolve} from 'node:path';

import type {Browser} from 'playwright-core';

import {launchBrowser, openConsole, type Visit} from './browser';
import type {ConsolePage} from './pages/console_page';
import {Scene} from './scene';
import {startScene} from './scene_process';

type Locale = 'en' | 'ko';

const folder = resolve(__dirname, '../../docs/screenshots');

/** An allow-list that lets in people with names of either language. */
const allowed = {version: 1, scope: {allow: {display_name_contains: ['Kim', '한']}}};

/** One picture: `set` brings the scene and the page into its state. */
interface Picture {
    name: string;
    settings?: Record<string, unknown>;
    visit?: Visit;
    set?(console: ConsolePage, scene: Scene): Promise<void>;

    /** What the picture shows; the whole page otherwise. */
    part?(console: ConsolePage): ReturnType<ConsolePage['page']['locator']>;
}

const pictures: Picture[] = [
    {name: 'first_use', settings: {tenantid: '', clientid: '', clientsecret: '', policy: {version: 1}}},
    {
        name: 'connection_failed',
        settings: {clientsecret: 'not-the-secret'},
        set: (console) => console.connection.test('failed'),
        part: (console) => console.connection.root,
    },
    {name: 'preview', set: (console) => console.run.perform('preview')},
    {
        name: 'running',
        set: async (console, scene) => {
            await scene.setFault({match: 'users', kind: 'slow', delay_ms: 60_000});
            await console.run.applyButton.click();
            await console.run.progressBar.waitFor();
        },
        part: (console) => console.run.root,
    },
    {
        name: 'overview',
        set: async (console) => {
            await console.connection.test('ok');
            await console.run.perform('apply');
        },
    },
    {
        name: 'unsaved',
        set: (console) => console.policy.addName('Park'),
        part: (console) => console.run.root,
    },
    {name: 'faults', settings: {schedule: 'every night', policy: '{"version": 1, "scope": {"allow": }'}},
    {name: 'dark', visit: {theme: 'onyx'}},
];

async function take(browser: Browser, scene: Scene, {name, settings, visit, set, part}: Picture, locale: Locale): Promise<void> {
    await scene.reset({policy: allowed, enabled: true, ...settings});
    const console = await openConsole(browser, scene, {...visit, locale});
    await set?.(console, scene);
    const path = resolve(folder, locale === 'en' ? `${name}.png` : `${name}.${locale}.png`);
    if (part) {
        await part(console).screenshot({path, animations: 'disabled'});
    } else {
        await console.section.evaluate((section) => section.scrollIntoView());
        await console.page.screenshot({path, animations: 'disabled'});
    }
    await console.page.context().close();
}

async function main(): Promise<void> {
    const process = await startScene();
    const browser = await launchBrowser();
    try {
        for (const locale of ['en', 'ko'] as const) {
            for (const picture of pictures) {
                await take(browser, new Scene(process.introduction), picture, locale);
            }
        }
    } finally {
        await browser.close();
        await process.stop();
    }
}

void main();
