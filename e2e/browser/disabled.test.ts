import {eventually} from './eventually';
import {hostMessages} from './host_page/messages';
import type {ConsolePage} from './pages/console_page';
import {Scene} from './scene';
import {startScene, type SceneProcess} from './scene_process';
import {useConsole} from './use_console';

/** Each setting with a value that is not its default. */
const full = {
    credential: 'certificate', clientcertificate: 'certificate-of-the-client', enabled: true, schedule: '15 4 * * *', timezone: 'Europe/Berlin', incrementalminutes: 30,
    triggertoken: 'token-of-at-least-thirty-two-characters', webhookurl: 'https://receiver.example/entrasync', webhooksecret: 'secret-of-the-webhook',
    initialpassword: 'Initial-Password-1', policy: {version: 1, scope: {everyone: true}},
};

/** A plugin that is off has no component in the browser. Uses its own server, because all other tests need the plugin. */
describe('a plugin that is off', () => {
    let process: SceneProcess;
    let scene: Scene;
    const open = useConsole(() => scene);

    beforeAll(async () => {
        process = await startScene();
        scene = new Scene(process.introduction);
    });
    afterAll(() => process?.stop());

    test('keeps its plain settings on the page, and comes back with its tabs', async () => {
        await scene.reset();
        await scene.enable(false);
        const off = await open({isOff: true});
        await off.page.getByLabel('Directory (tenant) ID').waitFor();
        await off.page.getByText(hostMessages('en')['host.not_loaded']!).waitFor();
        expect(await off.section.count()).toBe(0);

        await scene.enable(true);
        await off.tab('overview').waitFor();
    });

    test.each([
        ['on the same page', () => Promise.resolve()],
        ['with a new page each time', (console: ConsolePage) => console.page.reload().then(() => console.saveButton.waitFor())],
    ])('loses no setting when it is turned off, saved, turned on, and saved, %s', async (_, between) => {
        await scene.reset(full);
        const before = await scene.revision();
        const console = await open({tab: 'schedule'});
        await console.enable(false);
        await console.save();
        await between(console);
        await console.section.waitFor({state: 'hidden'});
        expect(await console.page.getByLabel('Sync on a schedule').inputValue()).toBe('true');

        await console.enable(true);
        await console.save();
        await between(console);
        await console.section.waitFor();
        expect(await scene.setting('enabled')).toBe(true);
        await eventually(() => scene.revision(), (revision) => revision === before);
        expect(await console.isOn('Enabled')).toBe(true);
    });

    test('takes a setting that is changed in the save that turns it off', async () => {
        await scene.reset();
        const console = await open({tab: 'schedule'});
        await console.choose('Enabled', true);
        await console.enable(false);
        await console.save();
        await console.section.waitFor({state: 'hidden'});
        await console.enable(true);
        await console.save();
        await console.section.waitFor();
        expect(await scene.setting('enabled')).toBe(true);
        expect(await console.isOn('Enabled')).toBe(true);
    });
});
