import {unexpectedViolations} from './axe';
import {eventually} from './eventually';
import {Scene} from './scene';
import {startScene, type SceneProcess} from './scene_process';
import {useConsole} from './use_console';
import {useKeyboard} from './use_keyboard';

/** Users of the company whose names contain the syllable 한, except guests and users in scope as Kim. */
const newcomers = 10;

/** Allows users that no list above matches. No user has this name. */
const rule = {name: 'Friends of the house', effect: 'allow', when: {attribute: 'displayName', operator: 'contains', value: 'Nemo'}};

/** What the page shows before saving must be what the server does afterward. Uses its own server, without accounts. */
describe.each(['en', 'ko'] as const)('in %s, a rule', (locale) => {
    let process: SceneProcess;
    let scene: Scene;
    const open = useConsole(() => scene);
    const openNarrow = useKeyboard(() => scene);

    beforeAll(async () => {
        process = await startScene();
        scene = new Scene(process.introduction);
        await scene.reset({policy: {version: 1, scope: {allow: {display_name_contains: ['Kim']}}, accounts: {sign_in: {method: 'single_sign_on', service: 'saml'}}}});
        await scene.run('preview');
    });
    afterAll(() => process?.stop());

    test('shows its effect while it is typed, is saved, and does just that', async () => {
        const console = await open({locale, tab: 'users', options: {bypassCSP: true}});
        const {people, words} = console;
        await people.effect.getByText(words('entrasync.effect.same')).waitFor();

        await people.addName('한');
        await people.moved('in', newcomers).waitFor();
        await people.root.getByText('한소희').first().waitFor();

        await people.addRule({name: 'Minjun stays out', effect: 'deny', attribute: 'displayName', operator: 'contains', value: 'Minjun'});
        await people.moved('out', 1).waitFor();
        await people.root.getByText('Minjun Kim').first().waitFor();
        expect(await unexpectedViolations(console)).toEqual([]);
        const planned = await people.planned('create');

        await console.save();
        await people.effect.getByText(words('entrasync.effect.same')).waitFor();
        await console.open('runs');
        await console.run.perform('preview');
        expect(await console.run.planned('create')).toBe(planned);
        expect(await console.changes.row('Minjun Kim').count()).toBe(0);

        await console.changes.applyButton.click();
        await console.changes.root.getByRole('button', {name: words('entrasync.plan.confirm', {count: planned}), exact: true}).click();
        await console.run.root.getByText(words('entrasync.held.applies')).waitFor();
        await eventually(() => console.run.count('created'), (created) => created === planned);
    });

    test('is edited, saved and applied without a mouse, at 320 pixels', async () => {
        const policy = {version: 1, scope: {allow: {display_name_contains: ['Kim', '한']}, rules: [rule]}, accounts: {sign_in: {method: 'single_sign_on', service: 'saml'}}};
        await scene.configure({policy});
        await scene.run('apply');
        const keyboard = await openNarrow({locale, tab: 'users'});
        const {people, run, changes, words} = keyboard.console;
        await keyboard.use(people.rule(rule.name));
        await keyboard.fill(people.ruleValue, '정');
        const coming = await people.movedCount('in');
        expect(coming).toBeGreaterThan(0);
        expect(await keyboard.hasFocus(people.ruleValue)).toBe(true);
        expect(await people.planned('create')).toBe(coming);
        await keyboard.save();
        await people.effect.getByText(words('entrasync.effect.same')).waitFor();

        await keyboard.open('runs');
        await keyboard.use(run.previewButton);
        await eventually(() => run.planned('create'), (planned) => planned === coming);
        await keyboard.use(changes.applyButton);
        await keyboard.use(changes.root.getByRole('button', {name: words('entrasync.plan.confirm', {count: coming}), exact: true}));
        await run.root.getByText(words('entrasync.held.applies')).waitFor();
        await eventually(() => run.count('created'), (created) => created === coming);
    });
});
