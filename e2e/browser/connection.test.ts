import {Scene} from './scene';
import {useConsole} from './use_console';
import {useKeyboard} from './use_keyboard';

describe('the connection test', () => {
    const scene = Scene.shared();
    const open = useConsole();

    beforeEach(() => scene.reset());

    test.each(['en', 'ko'] as const)("shows Microsoft's own code beside what happened and what to do, and turns green once the secret is mended (%s)", async (locale) => {
        await scene.configure({clientsecret: 'not-the-secret'});
        const console = await open({locale});
        await console.open('connection');
        await console.connection.test('failed');
        const step = console.connection.step('token');
        await step.getByText(console.words('entrasync.connection.step_refused')).waitFor();
        await step.getByText(console.words('entrasync.error.secret_wrong.message')).waitFor();
        await step.getByText(console.words('entrasync.error.secret_wrong.hint')).waitFor();
        await step.getByText('AADSTS7000215', {exact: true}).waitFor();

        await console.setting('ClientSecret').fill(scene.introduction.tenant.client_secret);
        await console.connection.root.getByText(console.words('entrasync.connection.unsaved')).waitFor();
        await console.save();
        await console.open('connection');
        await console.connection.test('ok');
        await step.getByText(console.words('entrasync.connection.step_ok')).waitFor();
        expect(await console.connection.root.getByText('AADSTS7000215').count()).toBe(0);
    });

    test('names the step that lacks consent', async () => {
        await scene.setFault({match: 'users', kind: 'consent_missing'});
        const console = await open();
        await console.open('connection');
        await console.connection.test('failed');
        await console.connection.step('token').getByText(console.words('entrasync.connection.step_ok')).waitFor();
        await console.connection.step('users').getByText(console.words('entrasync.connection.step_refused')).waitFor();
        await console.connection.step('users').getByText(console.words('entrasync.error.consent_missing.message')).waitFor();
    });

    test('only warns when groups may not be read', async () => {
        await scene.setFault({match: 'groups', kind: 'consent_missing'});
        const console = await open();
        await console.open('connection');
        await console.connection.test('ok');
        await console.connection.step('groups').locator('.EntraSync__notice--warning').waitFor();
    });

    test('speaks Korean about a refusal', async () => {
        await scene.configure({clientsecret: 'not-the-secret'});
        const console = await open({locale: 'ko'});
        await console.open('connection');
        await console.connection.test('failed');
        await console.connection.step('token').getByText(console.words('entrasync.error.secret_wrong.message')).waitFor();
        expect(await console.connection.step('token').locator('.EntraSync__noticeTitle').innerText()).toMatch(/[가-힣]/);
    });
});

describe('without a mouse, at 320 pixels, the connection', () => {
    const scene = Scene.shared();
    const open = useKeyboard();

    beforeEach(() => scene.reset({clientsecret: 'not-the-secret'}));

    test.each(['en', 'ko'] as const)('is tested, mended and tested again (%s)', async (locale) => {
        const keyboard = await open({locale, tab: 'overview'});
        const {connection, words} = keyboard.console;
        await keyboard.open('connection');
        await keyboard.use(connection.button);
        await connection.verdict('failed').waitFor();
        await connection.step('token').getByText(words('entrasync.error.secret_wrong.hint')).waitFor();
        expect(await keyboard.hasFocus(connection.button)).toBe(true);

        await keyboard.fill(keyboard.console.setting('ClientSecret'), scene.introduction.tenant.client_secret);
        await connection.root.getByText(words('entrasync.connection.unsaved')).waitFor();
        await keyboard.save();
        await keyboard.use(connection.button);
        await connection.verdict('ok').waitFor();
        expect(await connection.root.getByText('AADSTS7000215').count()).toBe(0);
        expect(await keyboard.hasFocus(connection.button)).toBe(true);
    });
});
