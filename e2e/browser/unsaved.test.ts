import {Scene} from './scene';
import {useConsole} from './use_console';

describe('settings that are not saved', () => {
    const scene = Scene.shared();
    const open = useConsole();

    beforeEach(() => scene.reset({policy: {version: 1, scope: {allow: {display_name_contains: ['Kim']}}}}));

    test('keep runs from starting until they are saved', async () => {
        const console = await open();
        expect(await console.run.previewButton.isEnabled()).toBe(true);
        await console.open('users');
        await console.people.addName('Park');
        await console.open('runs');
        await console.run.root.getByText(console.words('entrasync.run.unsaved'), {exact: true}).waitFor();
        expect(await console.run.previewButton.isDisabled()).toBe(true);
        expect(await console.run.applyButton.isDisabled()).toBe(true);

        await console.save();
        await console.run.root.getByText(console.words('entrasync.run.unsaved'), {exact: true}).waitFor({state: 'hidden'});
        expect(await console.run.previewButton.isEnabled()).toBe(true);
        await console.open('users');
        await console.reload();
        expect(await console.people.name(2).inputValue()).toBe('Park');
    });

    test('take several pasted lines as several names', async () => {
        const console = await open({tab: 'users'});
        await console.people.newName.focus();
        await console.page.evaluate(() => {
            const clipboardData = new DataTransfer();
            clipboardData.setData('text', 'Lee\r\n박\r\n\r\n  Choi \r\n');
            document.activeElement?.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
        });
        await console.people.name(4).waitFor();
        const names = await Promise.all([1, 2, 3, 4].map((number) => console.people.name(number).inputValue()));
        expect(names).toEqual(['Kim', 'Lee', '박', 'Choi']);
    });

    test('can be discarded by leaving', async () => {
        const console = await open({tab: 'users'});
        await console.people.addName('Park');
        const asked = console.page.waitForEvent('dialog');
        await console.reload();
        expect((await asked).type()).toBe('beforeunload');
        expect(await console.people.name(2).count()).toBe(0);
    });
});

describe('a policy that an environment variable sets', () => {
    const scene = Scene.shared();
    const open = useConsole();

    beforeEach(() => scene.reset({policy: {version: 1, scope: {allow: {display_name_contains: ['Kim']}}}}));

    test('is shown and cannot be changed', async () => {
        const console = await open({
            tab: 'users',
            prepare: (page) => page.route('**/api/v4/config/environment', (route) => route.fulfill({json: {PluginSettings: {Plugins: {entrasync: {policy: true}}}}})),
        });
        await console.people.root.getByText(console.words('entrasync.policy.set_by_env')).waitFor();
        expect(await console.people.name(1).isDisabled()).toBe(true);
        expect(await console.people.everyone.isDisabled()).toBe(true);
        await console.people.modeButton('text').click();
        expect(await console.people.text.isDisabled()).toBe(true);
        await console.people.modeButton('form').click();
        await console.open('lifecycle');
        await console.rules.section('entrasync.lifecycle.sign_in_title').click();
        expect(await console.rules.signIn.isDisabled()).toBe(true);
    });
});
