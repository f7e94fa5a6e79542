import {Scene} from './scene';
import {startScene, type SceneProcess} from './scene_process';
import {useConsole} from './use_console';

describe.each([
    {name: 'a server below a subpath', options: {subpath: '/chat'}},
    {name: 'the oldest Mattermost that the plugin supports', options: {isOldest: true}},
])('$name', ({options}) => {
    let process: SceneProcess;
    let scene: Scene;
    const open = useConsole(() => scene);

    beforeAll(async () => {
        process = await startScene(options);
        scene = new Scene(process.introduction);
        await scene.reset({policy: {version: 1, scope: {allow: {display_name_contains: ['Kim']}}}});
    });
    afterAll(() => process?.stop());

    test('tests the connection, previews, exports and hears of progress', async () => {
        const console = await open();
        expect(new URL(console.page.url()).pathname).toBe(`${options.subpath ?? ''}/admin_console/plugins/plugin_entrasync`);
        await console.open('connection');
        await console.connection.test('ok');
        await console.open('runs');
        await console.run.perform('preview');
        await console.changes.row('Minjun Kim').waitFor();
        const coming = console.page.waitForEvent('download');
        await console.changes.exportLink.click();
        expect(await (await coming).failure()).toBeNull();
    });
});
