import {crowd} from './company';
import {eventually} from './eventually';
import {Scene} from './scene';
import {startScene, type SceneProcess} from './scene_process';
import {useConsole} from './use_console';

const people = 100_000;

/** A preview in which everybody is new; on a server of its own. */
describe('100,000 changes', () => {
    let process: SceneProcess;
    let scene: Scene;
    const open = useConsole(() => scene);

    beforeAll(async () => {
        process = await startScene();
        scene = new Scene(process.introduction);
        await scene.reset({policy: {version: 1, scope: {everyone: true}, accounts: {sign_in: {method: 'single_sign_on', service: 'saml'}}}});
        await scene.replacePeople(crowd(people));
        await scene.run('preview', 300_000);
    }, 360_000);
    afterAll(() => process?.stop());

    test.each(['en', 'ko'] as const)('are loaded, scrolled, sorted, filtered and looked into (%s)', async (locale) => {
        const console = await open({locale});
        const {changes} = console;
        await changes.rows.first().waitFor();
        await eventually(() => changes.rowCount(), (count) => count === people, 120_000);
        expect(await changes.rows.count()).toBeLessThan(100);

        await changes.rows.first().focus();
        await console.page.keyboard.press('End');
        await changes.rowAt(people).waitFor();
        expect(await changes.rowAt(people).evaluate((row) => row === document.activeElement)).toBe(true);

        await changes.sortBy('entrasync.changes.person');
        await changes.sortBy('entrasync.changes.person');
        await changes.row('Kim 99999').waitFor();

        await changes.search.fill('kim 00042');
        await eventually(() => changes.rowCount(), (count) => count === 1);
        await changes.row('Kim 00042').click();
        await changes.details.getByText('crowd.00042@hanbit.example').first().waitFor();
        await console.page.keyboard.press('Escape');
        await changes.details.waitFor({state: 'hidden'});

        await changes.chip('action', 'create').click();
        await changes.search.fill('nobody');
        await changes.root.getByText(console.words('entrasync.changes.none_match')).waitFor();
    }, 180_000);
});
