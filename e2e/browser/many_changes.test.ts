import {crowd} from './company';
import {eventually} from './eventually';
import {Scene} from './scene';
import {startScene, type SceneProcess} from './scene_process';
import {useConsole} from './use_console';
import {useKeyboard} from './use_keyboard';

const people = 100_000;

/** A preview in which all users are new. Uses its own server. */
describe('100,000 changes', () => {
    let process: SceneProcess;
    let scene: Scene;
    const open = useConsole(() => scene);
    const openNarrow = useKeyboard(() => scene);

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

    test.each(['en', 'ko'] as const)('are filtered, scrolled and looked into without a mouse, at 320 pixels (%s)', async (locale) => {
        const keyboard = await openNarrow({locale, tab: 'runs'});
        const {changes, words} = keyboard.console;
        await changes.rows.first().waitFor();
        await eventually(() => changes.rowCount(), (count) => count === people, 120_000);
        await keyboard.reach(changes.rowAt(1));
        await keyboard.press('End');
        await eventually(() => keyboard.hasFocus(changes.rowAt(people)), Boolean);
        await keyboard.press('PageUp');
        await keyboard.press('Home');
        await eventually(() => keyboard.hasFocus(changes.rowAt(1)), Boolean);

        await keyboard.fill(changes.search, 'kim 0004');
        await eventually(() => changes.rowCount(), (count) => count === 10);
        await keyboard.reach(changes.rowAt(1));
        await keyboard.press('ArrowDown');
        await keyboard.press('ArrowDown');
        await keyboard.press('Enter');
        await changes.details.getByText('crowd.00042@hanbit.example').first().waitFor();
        expect(await keyboard.hasFocus(changes.details)).toBe(true);
        await keyboard.press('Escape');
        await changes.details.waitFor({state: 'hidden'});
        expect(await keyboard.hasFocus(changes.rowAt(3))).toBe(true);

        await keyboard.use(changes.chip('action', 'deactivate'));
        await changes.root.getByText(words('entrasync.changes.none_match')).waitFor();
        await keyboard.use(changes.root.getByRole('button', {name: words('entrasync.changes.clear'), exact: true}));
        await eventually(() => changes.rowCount(), (count) => count === people, 120_000);
        await keyboard.reach(changes.filter('status'));
        await keyboard.press('ArrowDown');
        await keyboard.press('Enter');
        await keyboard.press('Escape');
        await changes.root.getByRole('button', {name: words('entrasync.select.remove', {name: words('entrasync.change_status.planned')})}).waitFor();
        expect(await keyboard.hasFocus(changes.filter('status'))).toBe(true);
        expect(await changes.rowCount()).toBe(people);
    }, 240_000);
});
