import {chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page} from 'playwright-core';

import type {Tab} from '../../webapp/src/store/place';

import {ConsolePage} from './pages/console_page';
import type {Scene} from './scene';
import type {Account} from './scene_process';
import {wordsOf} from './words';

/** How the page is opened. */
export interface Visit {
    locale?: 'en' | 'ko';
    theme?: 'console' | 'denim' | 'onyx';

    /** The tab that is open at first. The default is Runs. */
    tab?: Tab;
    options?: BrowserContextOptions;

    /** The plugin is off, so there is nothing to wait for. */
    isOff?: boolean;

    /** The server has not responded yet, so wait only for the tabs. */
    isLoading?: boolean;

    /** The account that opens the page. The default is the administrator. */
    account?: Account;

    /** Runs before anything is loaded, for example to block requests. */
    prepare?(page: Page): Promise<unknown>;
}

/** The width of the console's sidebar in pixels, which it keeps in every window. The plugin's page has the rest. */
export const sidebarWidth = 220;

/** Without a sandbox, because tests run as root in containers, and without Chromium's own requests. */
const flags = [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
];

export function launchBrowser(): Promise<Browser> {
    return chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags});
}

/** Opens the plugin's page in a new browser session, signed in as the administrator. */
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
        headers: {'X-Requested-With': 'XMLHttpRequest'}, // the server sets cookies only then
    });
    if (!answer.ok()) {
        throw new Error(`${username} cannot sign in: ${answer.status()} ${await answer.text()}`);
    }
}

/** Collects what must never happen: dialogs, script errors, and violations of the content security policy. */
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
        // Chromium logs every response of 400 and above. The tests decide which of them are correct.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
            troubles.push(`console: ${message.text()}`);
        }
    });
    return troubles;
}
