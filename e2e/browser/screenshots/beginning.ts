import {comeToRest, type Picture} from './picture';

/** Requests that the plugin's API does not answer, for pictures of a waiting page. */
const plugin = '**/plugins/entrasync/api/**';

/** The page before the first run, and when it is not available. */
export const beginning: Picture[] = [
    {name: 'setup', settings: {tenantid: '', clientid: '', clientsecret: '', policy: {version: 1}}, tab: 'overview'},
    {name: 'runs_empty', set: (console) => comeToRest(console)},
    {
        name: 'loading',
        visit: {isLoading: true, prepare: (page) => page.route(plugin, () => undefined)},
        tab: 'overview',
        greatestHeight: 900,
    },
    {
        name: 'unreachable',
        visit: {prepare: (page) => page.route(plugin, (route) => route.abort())},
        tab: 'overview',
        set: (console) => comeToRest(console),
    },
    {
        name: 'plugin_off',
        visit: {isOff: true},
        arrange: (scene) => scene.enable(false),
        restore: (scene) => scene.enable(true),
        parts: (console) => [console.page.locator('.config-section').first(), console.page.locator('.config-section').nth(1)],
        greatestHeight: 700,
    },
    {
        // As Mattermost answers for a plugin that has stopped. It tells no page about that, as it does when the plugin is disabled.
        name: 'plugin_stopped',
        set: async (console) => {
            await console.page.route(plugin, (route) => route.fulfill({status: 404, contentType: 'text/plain', body: '404 page not found\n'}));
            await console.run.previewButton.click();
            await console.run.root.getByText(console.words('entrasync.fault.plugin_unavailable.message')).waitFor();
        },
        parts: (console) => [console.run.root],
    },
    {
        // Mattermost 11 has no environment variable for a single plugin setting, but this is how it would report one.
        name: 'set_by_environment',
        visit: {prepare: (page) => page.route('**/api/v4/config/environment', (route) => route.fulfill({json: {PluginSettings: {Plugins: {entrasync: {policy: true}}}}}))},
        tab: 'users',
        set: (console) => comeToRest(console),
        greatestHeight: 560,
    },
    {
        name: 'connection_failed',
        settings: {clientsecret: 'not-the-secret'},
        tab: 'connection',
        set: (console) => console.connection.test('failed'),
        parts: (console) => [console.connection.root],
    },
    {
        name: 'connection_ok',
        tab: 'connection',
        arrange: async (scene) => {
            await scene.setFault({match: 'groups', kind: 'consent_missing'});
        },
        set: (console) => console.connection.test('ok'),
        parts: (console) => [console.connection.root],
    },
];
