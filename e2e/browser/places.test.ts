import type {Page} from 'playwright-core';

import {tabs} from '../../webapp/src/store/place';

import {Scene} from './scene';
import {useConsole} from './use_console';

/** Requests to the plugin that only some tabs send. */
const requests: Record<string, Array<typeof tabs[number]>> = {
    '/overview': ['overview', 'connection', 'runs'],
    '/schedule/next': ['schedule'],
    '/runs?': ['overview', 'runs'],
};

type Requests = ReturnType<typeof requestsOf>;

/** Collects the requests to the plugin, and those that were aborted. */
function requestsOf(page: Page) {
    const sent: string[] = [];
    const aborted: string[] = [];
    page.on('request', (request) => sent.push(request.url()));
    page.on('requestfailed', (request) => aborted.push(request.url()));
    return {sent, aborted};
}

describe('a link to a place of the page', () => {
    const scene = Scene.shared();
    const open = useConsole();

    beforeEach(() => scene.reset({policy: {version: 1, scope: {allow: {display_name_contains: ['Kim']}}}}));

    test.each(tabs)('opens the tab %s alone, without a request for another tab and without an aborted one', async (tab) => {
        let requested: Requests | undefined;
        const console = await open({
            tab,
            prepare: (page) => {
                requested = requestsOf(page);
                return Promise.resolve();
            },
        });
        await console.page.waitForLoadState('networkidle');
        expect(await console.tab(tab).getAttribute('aria-selected')).toBe('true');
        expect(requested?.aborted).toEqual([]);
        const ofOthers = Object.keys(requests).filter((path) => !requests[path]!.includes(tab));
        expect(requested?.sent.filter((url) => ofOthers.some((path) => url.includes(`/api/v1${path}`)))).toEqual([]);
    });

    test.each([
        ['connection', 'test', 'connection.test'],
        ['connection', 'ClientSecret', 'setting.ClientSecret'],
        ['schedule', 'WebhookSecret', 'setting.WebhookSecret'],
        ['schedule', 'Enabled', 'option.Enabled.false'],
    ])('gives the focus to what it names, in view: #%s/%s', async (tab, focus, name) => {
        const console = await open({tab: 'users', options: {viewport: {width: 1280, height: 500}}});
        await console.page.evaluate((hash) => {
            window.location.hash = hash;
        }, `${tab}/${focus}`);
        await console.page.locator(':focus').and(console.page.locator('input, button')).waitFor();
        expect(await console.focusedName()).toBe(console.words(`entrasync.${name}`));
        expect(await console.isFocusInView()).toBe(true);
    });

    test('is followed when the user goes back and forward', async () => {
        const console = await open({tab: 'users'});
        await console.page.evaluate(() => {
            window.location.hash = '#schedule';
        });
        await console.setting('Schedule').waitFor();
        await console.page.goBack();
        await console.people.root.waitFor();
        await console.page.goForward();
        await console.setting('Schedule').waitFor();
    });
});
