import {unexpectedViolations} from './axe';
import {crowd} from './company';
import {eventually} from './eventually';
import {Scene} from './scene';
import {startScene, type SceneProcess} from './scene_process';
import {useConsole} from './use_console';
import {useKeyboard} from './use_keyboard';

/** Single sign-on, because hashing passwords is slow. */
const accounts = {sign_in: {method: 'single_sign_on', service: 'saml'}};

/** Each test begins with the return of the users who left in the one before. */
const guard = {reactivations: {more_than: 10}};
const policy = {version: 1, scope: {everyone: true}, accounts, guard};

const people = crowd(110);
const leavers = people.slice(0, 8);

/** Too many users leave at once. Uses its own server, which has no other users. */
describe.each(['en', 'ko'] as const)('in %s, what the guard holds', (locale) => {
    let process: SceneProcess;
    let scene: Scene;
    const openPage = useConsole(() => scene);
    const openNarrow = useKeyboard(() => scene);
    const open = () => openPage({locale, options: {bypassCSP: true}});

    beforeAll(async () => {
        process = await startScene();
        scene = new Scene(process.introduction);
    });
    afterAll(() => process?.stop());
    beforeEach(async () => {
        await scene.reset({policy});
        await scene.replacePeople(people);
        await scene.run('apply');
        await scene.disable(leavers);
    });

    const activeLeavers = async () => {
        const states = await Promise.all(leavers.map(({mail}) => scene.isActive(mail)));
        return states.filter(Boolean).length;
    };

    test('is previewed, held, reviewed and let through', async () => {
        const console = await open();
        const why = console.words('entrasync.hold.deactivations', {count: 8, total: 110});
        await console.run.perform('preview');
        await console.run.root.getByText(console.words('entrasync.attention.preview_holds')).waitFor();
        await console.run.root.getByText(why).waitFor();
        expect(await console.held.root(8).count()).toBe(0);

        await console.run.perform('apply', 'held');
        await console.held.root(8).getByText(why).waitFor();
        expect(await activeLeavers()).toBe(8);
        await console.held.reviewButton.click();
        expect(await console.changes.chip('change_status', 'held').getAttribute('aria-pressed')).toBe('true');
        await console.changes.row('crowd.00008').getByText(console.words('entrasync.reason.disabled')).waitFor();
        expect(await console.changes.rows.count()).toBe(8);
        await console.held.approveAllButton.click();
        expect(await unexpectedViolations(console)).toEqual([]);
        await console.held.typedCount(8).fill('9');
        expect(await console.held.approveButton(8).isDisabled()).toBe(true);
        await console.held.typedCount(8).fill('8');
        await console.held.approveButton(8).click();

        await console.held.root(8).waitFor({state: 'hidden'});
        await console.run.root.getByText(console.words('entrasync.held.applies')).waitFor();
        expect(await console.run.count('deactivated')).toBe(8);
        expect(await activeLeavers()).toBe(0);
        await console.runs.rows.nth(1).getByText(`@${scene.introduction.admin.username}`).waitFor();
        await console.runs.rows.nth(0).getByRole('link', {name: console.words('entrasync.runs.approves')}).click();
        await console.changes.row('crowd.00008').getByText(console.words('entrasync.change_status.done')).waitFor();
        expect(await unexpectedViolations(console)).toEqual([]);
    });

    test('is let through one by one', async () => {
        await scene.run('apply');
        const console = await open();
        await console.held.reviewButton.click();
        await console.changes.approve(console.changes.row('crowd.00003'));
        await console.held.root(7).waitFor();
        await console.run.state('succeeded').waitFor();
        await eventually(activeLeavers, (active) => active === 7);
        expect(await scene.isActive(leavers[2]!.mail)).toBe(false);
    });

    test('is approved in part, and discarded in part', async () => {
        await scene.run('apply');
        const console = await open();
        await console.held.reviewButton.click();
        for (const number of [1, 2]) {
            await console.changes.select(console.changes.row(`crowd.0000${number}`));
        }
        await console.changes.root.getByRole('button', {name: console.words('entrasync.held.approve_selected', {count: 2}), exact: true}).click();
        await console.changes.root.getByRole('button', {name: console.words('entrasync.held.approve', {count: 2}), exact: true}).click();
        await console.held.root(6).waitFor();
        await eventually(activeLeavers, (active) => active === 6);

        await console.held.reviewButton.click();
        await console.changes.discard(console.changes.row('crowd.00003'));
        await console.held.root(5).waitFor();
        await console.held.discardAll(5);
        await console.held.root(5).waitFor({state: 'hidden'});
        expect(await activeLeavers()).toBe(6);
        await console.changes.chip('change_status', 'discarded').waitFor();
        expect(await unexpectedViolations(console)).toEqual([]);
    });

    test('is let through in part without a mouse, at 320 pixels', async () => {
        await scene.run('apply');
        const keyboard = await openNarrow({locale, tab: 'overview'});
        const {held, changes, words} = keyboard.console;
        await keyboard.use(held.reviewButton);
        await changes.rows.nth(7).waitFor();
        await keyboard.use(changes.allBox, 'Space');
        await keyboard.reach(changes.rowAt(1));
        await keyboard.press('Space');
        await keyboard.press('ArrowDown');
        await keyboard.press('Space');
        expect(await keyboard.hasFocus(changes.rowAt(2))).toBe(true);

        await keyboard.use(changes.root.getByRole('button', {name: words('entrasync.held.approve_selected', {count: 6}), exact: true}));
        expect(await keyboard.hasFocus(held.typedCount(6))).toBe(true);
        await keyboard.type('6');
        await keyboard.press('Enter');
        await held.root(2).waitFor();
        await eventually(activeLeavers, (active) => active === 2);
        const states = await Promise.all(leavers.map(({mail}) => scene.isActive(mail)));
        expect(states).toEqual([true, true, false, false, false, false, false, false]);

        await keyboard.use(changes.row('crowd.00002').getByRole('button', {name: words('entrasync.held.approve_one'), exact: true}));
        await held.root(1).waitFor();
        expect(await scene.isActive(leavers[1]!.mail)).toBe(false);
    });
});
