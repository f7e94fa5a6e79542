import {chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page} from 'playwright-core';

import type {Tab} from '../../webapp/src/store/place';

import {ConsolePage} from './pages/console_page';
import type {Scene} from './scene';
import type {Account} from './scene_process';
import {wordsOf} from './words';

/** How the page is looked at. */
export interface Visit {
    locale?: 'en' | 'ko';
    theme?: 'console' | 'denim' | 'onyx';

    /** Which tab is open at first; the runs else. */
    tab?: Tab;
    options?: BrowserContextOptions;

    /** The plugin is off: there is nothing of it to wait for. */
    isOff?: boolean;

    /** The server does not answer yet: only the tabs are waited for. */
    isLoading?: boolean;

    /** Who looks; the administrator else. */
    account?: Account;

    /** Runs before anything is loaded, to change what the browser lets through. */
    prepare?(page: Page): Promise<unknown>;
}

/** Without a sandbox: tests run as root in containers. Without the requests that Chromium makes for itself. */
const flags = [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
];

export function launchBrowser(): Promise<Browser> {
    return chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags});
}

/** Opens the plugin's page in a fresh browser session, signed in as the administrator. */
export async function openConsole(browser: Browser, scene: Scene, visit: Visit = {}): Promise<ConsolePage> {
    const {locale = 'en', theme = 'console', tab = 'runs', options, prepare, account = scene.introduction.admin} = visit;
    const context = await browser.newContext({viewport: {width: 1280, height: 900}, timezoneId: 'Asia/Seoul', ...options});
    await signIn(context, scene.server, account);
    await scene.speak(locale, account);
    const page = await context.newPage();
    const troubles = watch(page);
    await prepare?.(page);
    await page.goto(`${scene.server}/admin_console/plugins/plugin_entrasync?locale=${locale}&theme=${theme}#${tab}`);
    const console = new ConsolePage(page, wordsOf(locale), troubles);
    await waitFor(console, visit);
    return console;
}

async function waitFor(console: ConsolePage, {isOff = false, isLoading = false}: Visit): Promise<void> {
    if (isOff) {
        await console.saveButton.waitFor();
    } else if (isLoading) {
        await console.section.waitFor();
    } else {
        await console.isReady();
    }
}

async function signIn(context: BrowserContext, server: string, {username, password}: Account): Promise<void> {
    const answer = await context.request.post(`${server}/api/v4/users/login`, {
        data: {login_id: username, password},
        headers: {'X-Requested-With': 'XMLHttpRequest'}, // only then does the server set cookies
    });
    if (!answer.ok()) {
        throw new Error(`${username} cannot sign in: ${answer.status()} ${await answer.text()}`);
    }
}

/** Collects what must never happen: dialogs, script errors, and what the content security policy refused. */
function watch(page: Page): string[] {
    const troubles: string[] = [];
    page.on('dialog', (dialog) => {
        if (dialog.type() === 'beforeunload') {
            void dialog.accept();
            return;
        }
        troubles.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
    });
    page.on('pageerror', (error) => troubles.push(`script error: ${error.message}`));
    page.on('console', (message) => {
        // Chromium logs every answer of 400 and more; which of them are right is for the tests to say.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
            troubles.push(`console: ${message.text()}`);
        }
    });
    return troubles;
}
