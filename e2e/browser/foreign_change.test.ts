import {unexpectedViolations} from './axe';
import {Scene} from './scene';
import {useConsole} from './use_console';
import {useKeyboard} from './use_keyboard';
import {wordsOf} from './words';

/** Two administrators at the same time. The scene's requests are those of the other one. */
describe.each(['en', 'ko'] as const)('in %s, settings that another administrator has saved in the meantime', (locale) => {
    const scene = Scene.shared();
    const openPage = useConsole();
    const open = () => openPage({locale, tab: 'users', options: {bypassCSP: true}});

    beforeEach(() => scene.reset({policy: {version: 1, scope: {allow: {display_name_contains: ['Kim']}}}}));

    test('are told at once, and what is edited here stays', async () => {
        const console = await open();
        await console.people.addName('Park');
        await scene.configure({timezone: 'Europe/Berlin'});
        await console.foreign.getByText(console.words('entrasync.setting.TimeZone')).waitFor();
        expect(await console.people.name(2).inputValue()).toBe('Park');
        expect(await unexpectedViolations(console)).toEqual([]);
    });

    test('are not overwritten unasked, and then only on purpose', async () => {
        const console = await openPage({
            locale,
            tab: 'users',
            prepare: (page) => page.routeWebSocket(/\/api\/v4\/websocket/, (socket) => socket.close()),
        });
        await console.people.addName('Park');
        await scene.configure({schedule: '15 4 * * *'});

        await console.saveButton.click();
        await console.foreign.getByText(console.words('entrasync.setting.Schedule')).waitFor();
        // In the language of the server.
        const refusal = console.saveFault.getByText('Another administrator changed settings of the plugin after you opened this page');
        await refusal.waitFor();
        expect(await refusal.innerText()).toContain(wordsOf('en')('entrasync.setting.Schedule'));
        expect(await scene.setting('schedule')).toBe('15 4 * * *');

        await console.foreign.getByRole('button', {name: console.words('entrasync.foreign.overwrite')}).click();
        await console.save();
        expect(await scene.setting('policy')).toEqual({version: 1, scope: {allow: {display_name_contains: ['Kim', 'Park']}}});
        expect(await scene.setting('schedule')).toBe('0 3 * * *');

        await console.people.addName('Lee');
        await console.save();
        expect(await scene.setting('policy')).toEqual({version: 1, scope: {allow: {display_name_contains: ['Kim', 'Park', 'Lee']}}});
        expect(await console.foreign.count()).toBe(0);
    });

    test('can be used together with the edits here', async () => {
        const console = await open();
        await console.people.addName('Park');
        await scene.configure({timezone: 'Europe/Berlin'});
        await console.foreign.getByRole('button', {name: console.words('entrasync.foreign.take_over')}).click();
        await console.foreign.waitFor({state: 'hidden'});
        expect(await console.people.name(2).inputValue()).toBe('Park');
        await console.save();
        expect(await scene.setting('timezone')).toBe('Europe/Berlin');
        expect(await scene.setting('policy')).toEqual({version: 1, scope: {allow: {display_name_contains: ['Kim', 'Park']}}});
    });

    test('can be used after a reload', async () => {
        const console = await open();
        await scene.configure({policy: {version: 1, scope: {allow: {display_name_contains: ['Lee']}}}});
        await console.foreign.getByRole('button', {name: console.words('entrasync.foreign.reload')}).click();
        await console.foreign.waitFor({state: 'hidden'});
        await console.isReady();
        expect(await console.people.name(1).inputValue()).toBe('Lee');
    });
});

describe('without a mouse, at 320 pixels, settings that another administrator has saved', () => {
    const scene = Scene.shared();
    const open = useKeyboard();

    beforeEach(() => scene.reset({policy: {version: 1, scope: {allow: {display_name_contains: ['Kim']}}}}));

    test.each(['en', 'ko'] as const)('are announced, used, and saved with what is typed here (%s)', async (locale) => {
        const keyboard = await open({locale, tab: 'users'});
        const {console} = keyboard;
        await keyboard.reach(console.people.newName);
        await keyboard.type('박');
        await keyboard.press('Enter');
        await keyboard.type('Le');
        await scene.configure({schedule: '15 4 * * *'});
        await console.foreign.getByText(console.words('entrasync.setting.Schedule')).waitFor();
        expect(await keyboard.hasFocus(console.people.newName)).toBe(true);
        await keyboard.type('e');

        await keyboard.use(console.foreign.getByRole('button', {name: console.words('entrasync.foreign.take_over')}));
        await console.foreign.waitFor({state: 'hidden'});
        await keyboard.save();
        expect(await scene.setting('policy')).toEqual({version: 1, scope: {allow: {display_name_contains: ['Kim', '박', 'Lee']}}});
        expect(await scene.setting('schedule')).toBe('15 4 * * *');

        await keyboard.open('schedule');
        expect(await console.setting('Schedule').inputValue()).toBe('15 4 * * *');
    });
});
