import type {Browser} from 'playwright-core';

import {launchBrowser, openConsole, type Visit} from './browser';
import type {ConsolePage} from './pages/console_page';
import {Scene} from './scene';

/** Provides a browser for a test file. After each test, all pages are closed, and none can have had a dialog or a script error. */
export function useConsole(sceneOf: () => Scene = () => Scene.shared()) {
    let browser: Browser;
    let opened: ConsolePage[] = [];

    beforeAll(async () => {
        browser = await launchBrowser();
    });
    afterEach(async () => {
        const troubles = opened.flatMap((console) => console.troubles);
        await Promise.all(opened.map((console) => console.page.context().close()));
        opened = [];
        expect(troubles).toEqual([]);
    });
    afterAll(() => browser?.close());

    return async (visit?: Visit): Promise<ConsolePage> => {
        const console = await openConsole(browser, sceneOf(), visit);
        opened.push(console);
        return console;
    };
}
