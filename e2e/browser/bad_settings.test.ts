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
        const fault = console.run.root.getByText(console.words('entrasync.error.schedule_invalid.message', {detail: ''}).trim());
        await fault.waitFor();
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
        expect(await fault.count()).toBe(0);
        await console.open('users');
        expect(await console.people.name(1).inputValue()).toBe('Kim');
        await console.open('runs');
        expect(await console.run.applyButton.isEnabled()).toBe(true);
    });

    test('a part of the policy that this version does not know is named by its path in the message', async () => {
        await scene.configure({policy: {version: 1, scope: {allow: {display_name_contains: ['Kim']}, guest: true}}});
        const console = await open();
        await console.run.root.getByText('Policy.scope.guest').waitFor();
    });

    test.each([
        ['3 minutes between incremental runs', 'schedule', 'IncrementalMinutes', '3', '30', 'setting_invalid.minutes.message'],
        ['a cron expression', 'schedule', 'Schedule', 'every night', '0 3 * * *', 'schedule_invalid.message'],
        ['a time zone', 'schedule', 'TimeZone', 'Mars/Olympus', 'Asia/Seoul', 'time_zone_invalid.message'],
        ['the address of a webhook', 'schedule', 'WebhookUrl', 'ftp://receiver.example', 'https://receiver.example', 'setting_invalid.address.message'],
        ['an application ID', 'connection', 'ClientId', 'my app', '00000000-0000-4000-8000-000000000000', 'setting_invalid.guid.message'],
        ['the address of a custom cloud', 'connection', 'GraphUrl', 'http://graph.example', 'https://graph.example', 'url_not_https.message'],
        ['the ID of a client secret', 'connection', 'ClientSecret', '00000000-0000-4000-8000-000000000000', 'a-secret', 'setting_invalid.secret_id.message'],
    ] as const)('%s that is refused has its fault at the field, before and after saving', async (_, tab, key, wrong, right, code) => {
        const console = await open({tab});
        const field = console.section.getByLabel(console.words(`entrasync.setting.${key}`), {exact: true}).and(console.page.locator('input'));
        const values = {setting: console.words(`entrasync.setting.${key}`), minimum: 5, maximum: 1440, value: wrong, detail: '', problem: ''};
        const message = console.words(`entrasync.error.${code}`, values).split(':')[0]!;
        const fault = console.section.locator('.EntraSync__belowSetting').getByText(message);
        await field.fill(wrong);
        await fault.waitFor();
        await console.save();
        await fault.waitFor();
        await console.reload();
        await fault.waitFor();
        await field.fill(right);
        await fault.waitFor({state: 'hidden'});
    });

    test.each(['en', 'ko'] as const)('letters typed into a hidden secret are refused at the field and by the server (%s)', async (locale) => {
        const before = await scene.revision();
        const console = await open({locale, tab: 'connection'});
        const field = console.setting('ClientSecret');
        await field.press('End');
        await field.press('x');
        const message = console.words('entrasync.error.secret_masked.message', {setting: console.words('entrasync.setting.ClientSecret')});
        await console.section.getByText(message).waitFor();
        await console.saveButton.click();
        await console.saveFault.getByText('contains the asterisks that hide the saved value').waitFor();
        expect(await scene.revision()).toBe(before);

        await field.fill(scene.introduction.tenant.client_secret);
        await console.section.getByText(message).waitFor({state: 'hidden'});
        await console.save();
        expect(await scene.revision()).toBe(before);
    });

    test.each(['en', 'ko'] as const)('a new token can be read and copied until the page is left, and is hidden then (%s)', async (locale) => {
        const console = await open({locale, tab: 'schedule'});
        await console.section.getByRole('button', {name: console.words('host.regenerate')}).click();
        const hint = console.section.getByText(console.words('entrasync.token.copy_now'));
        await hint.waitFor();
        const token = await console.tokenShown();
        expect(token.length).toBeGreaterThanOrEqual(32);
        await console.save();
        expect(await console.tokenShown()).toBe(token);
        await console.section.getByRole('button', {name: console.words('entrasync.token.copy')}).waitFor();

        await console.reload();
        expect(await console.tokenShown()).toMatch(/^\*+$/);
        expect(await hint.count()).toBe(0);
    });
});
