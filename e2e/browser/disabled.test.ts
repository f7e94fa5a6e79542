import {launchBrowser, openConsole} from './browser';
import {hostMessages} from './host_page/messages';
import {Scene} from './scene';
import {startScene, type SceneProcess} from './scene_process';

/** A plugin that is off has no component in the browser. Uses its own server, because all other tests need the plugin. */
describe('a plugin that is off', () => {
    let process: SceneProcess;
    let scene: Scene;

    beforeAll(async () => {
        process = await startScene();
        scene = new Scene(process.introduction);
        await scene.reset();
    });
    afterAll(() => process?.stop());

    test('keeps its plain settings on the page, and comes back with its tabs', async () => {
        await scene.enable(false);
        const browser = await launchBrowser();
        try {
            const off = await openConsole(browser, scene, {isOff: true});
            await off.page.getByLabel('Directory (tenant) ID').waitFor();
            await off.page.getByText(hostMessages('en')['host.not_loaded']!).waitFor();
            expect(await off.section.count()).toBe(0);

            await scene.enable(true);
            await off.reload();
            await off.tab('overview').waitFor();
            expect(off.troubles).toEqual([]);
        } finally {
            await browser.close();
        }
    });
});
