import {unexpectedViolations} from './axe';
import {eventually} from './eventually';
import type {Keyboard} from './pages/keyboard';
import {Scene} from './scene';
import {startScene, type SceneProcess} from './scene_process';
import {useConsole} from './use_console';
import {useKeyboard} from './use_keyboard';

const accounts = {sign_in: {method: 'single_sign_on', service: 'saml'}};

/** The rule lets the directory read include the attribute. */
const scope = {allow: {display_name_contains: ['Kim']}, rules: [{name: 'Nowhere', effect: 'deny', when: {attribute: 'department', operator: 'equals', value: 'Nowhere'}}]};

/** What the page shows before saving must be what the server does afterward. Uses its own server, below a subpath and without accounts. */
describe.each(['en', 'ko'] as const)('in %s, teams and channels', (locale) => {
    let process: SceneProcess;
    let scene: Scene;
    let team: string;
    const open = useConsole(() => scene);
    const openNarrow = useKeyboard(() => scene);

    beforeAll(async () => {
        process = await startScene({subpath: '/chat'});
        scene = new Scene(process.introduction);
        await scene.reset({policy: {version: 1, scope, accounts}});
        team = await scene.team('hanbit', 'Hanbit');
        await scene.privateChannel(team, 'secret-lab', 'Secret lab');
        await scene.run('preview');
    });
    afterAll(() => process?.stop());

    test('are set up by a stranger: everyone in one team, each department in its channel', async () => {
        const console = await open({locale, tab: 'memberships', options: {bypassCSP: true}});
        const {memberships, words} = console;
        await memberships.addButton.click();
        await memberships.pick(1, 'team', 'Hanbit');
        await memberships.head(1).click();

        await memberships.addButton.click();
        await memberships.pick(2, 'team', 'Hanbit');
        await memberships.control(2, 'entrasync.memberships.for_each').selectOption('attribute');
        await memberships.control(2, 'entrasync.memberships.url_name').fill('dept-{value}');
        const sums = await memberships.sums();
        expect(sums.join).toBeGreaterThan(10);
        expect(await unexpectedViolations(console)).toEqual([]);

        await console.save();
        const run = await scene.run('apply');
        expect([run.state, run.counts.joined]).toEqual(['succeeded', sums.join]);
        const channels = (await scene.channels(team)).filter(({name}) => name.startsWith('dept-'));
        expect(channels.length).toBe(sums.total - 1);
        expect(channels.reduce((sum, {members}) => sum + members, await scene.members(team) - 1)).toBe(sums.join);

        await console.reload();
        expect((await memberships.sums()).join).toBe(0);
        await memberships.root.getByText(words('entrasync.memberships.words', {
            who: words('entrasync.memberships.words_everyone'), targets: 'Hanbit > {value}', each: 'attribute', text: 'department', role: 'member',
        })).waitFor();
    });

    test('are edited and saved without a mouse, at 320 pixels', async () => {
        await scene.configure({policy: {version: 1, scope, accounts}});
        const keyboard = await openNarrow({locale, tab: 'memberships'});
        const {memberships} = keyboard.console;
        await keyboard.use(memberships.addButton);
        await choose(keyboard, 'team', 'Hanb');
        await pickOption(keyboard, 'entrasync.memberships.channel', 1);
        await choose(keyboard, 'channel', 'Secret');
        const {join} = await memberships.sums();
        expect(join).toBeGreaterThan(0);

        await keyboard.use(memberships.card(1).getByRole('button', {name: keyboard.console.words('entrasync.memberships.end'), exact: true}));
        await eventually(() => memberships.sums(), (sums) => sums.join === 0);
        await keyboard.use(memberships.card(1).getByRole('button', {name: keyboard.console.words('entrasync.memberships.ending_undo'), exact: true}));
        await eventually(() => memberships.sums(), (sums) => sums.join === join);
        await keyboard.save();
        const policy = await scene.setting('policy') as {memberships: {rules: Array<{join: object[]}>}};
        expect(policy.memberships.rules[0]!.join).toEqual([{team: {id: team}, channel: {id: expect.any(String)}}]);
    });
});

/** Selects a team or channel of the first rule by a part of its name. */
async function choose(keyboard: Keyboard, kind: 'team' | 'channel', text: string): Promise<void> {
    const {memberships} = keyboard.console;
    await keyboard.reach(memberships.control(1, `entrasync.memberships.${kind}_name`));
    await keyboard.type(text);
    await memberships.root.getByRole('option', {name: new RegExp(`^${text}`)}).waitFor();
    await keyboard.press('Enter');
}

/** Selects the option with this number, starting at 0, in a menu of the first rule. */
async function pickOption(keyboard: Keyboard, label: string, number: number): Promise<void> {
    await keyboard.reach(keyboard.console.memberships.control(1, label));
    await keyboard.press('Space');
    for (let presses = 0; presses < number; presses++) {
        await keyboard.press('ArrowDown');
    }
    await keyboard.press('Enter');
}
