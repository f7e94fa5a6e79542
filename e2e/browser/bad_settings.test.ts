import {Scene} from './scene';
import {useConsole} from './use_console';

/** An invalid setting must never lock the console: it is shown and can be corrected where it is. */
describe('bad settings', () => {
    const scene = Scene.shared();
    const open = useConsole();

    beforeEach(() => scene.reset());

    test('a policy that is not JSON is shown with its fault and mended on the page', async () => {
        await scene.configure({policy: '{"version": 1, "scope": {'});
        const console = await open({tab: 'users'});
        expect(await console.people.text.inputValue()).toBe('{"version": 1, "scope": {');
        await console.people.root.getByText(console.words('entrasync.policy.faults', {count: 1})).waitFor();
        expect(await console.people.modeButton('form').isDisabled()).toBe(true);
        await console.open('runs');
        expect(await console.run.applyButton.isDisabled()).toBe(true);

        await console.open('users');
        await console.people.text.fill('{"version": 1, "scope": {"allow": {"display_name_contains": ["Kim"]}}}');
        await console.save();
        await console.reload();
        await console.open('users');
        expect(await console.people.name(1).inputValue()).toBe('Kim');
        await console.open('runs');
        expect(await console.run.applyButton.isEnabled()).toBe(true);
    });

    test('a schedule that cannot be read is named, and the other settings can still be saved', async () => {
        await scene.configure({enabled: true, schedule: 'every night', policy: {version: 1, scope: {everyone: true}}});
        const console = await open();
        await console.run.root.getByText('Schedule', {exact: true}).waitFor();
        expect(await console.run.applyButton.isDisabled()).toBe(true);

        await console.open('users');
        await console.people.everyone.uncheck();
        await console.people.addName('Kim');
        await console.save();
        await console.open('schedule');
        await console.setting('Schedule').fill('30 2 * * *');
        await console.save();
        await console.open('runs');
        await console.reload();
        expect(await console.run.root.getByText('Schedule', {exact: true}).count()).toBe(0);
        await console.open('users');
        expect(await console.people.name(1).inputValue()).toBe('Kim');
        await console.open('runs');
        expect(await console.run.applyButton.isEnabled()).toBe(true);
    });

    test('a part of the policy that this version does not know is named by its path', async () => {
        await scene.configure({policy: {version: 1, scope: {allow: {display_name_contains: ['Kim']}, guest: true}}});
        const console = await open();
        await console.run.root.getByText('Policy.scope.guest', {exact: true}).waitFor();
    });
});
