import {company} from './company';
import {eventually} from './eventually';
import type {ConsolePage} from './pages/console_page';
import {Scene} from './scene';
import {startScene, type SceneProcess} from './scene_process';
import {useConsole} from './use_console';
import {useKeyboard} from './use_keyboard';

/** From empty settings to synced users. Uses its own server, without earlier runs. */
describe('first use', () => {
    let process: SceneProcess;
    let scene: Scene;
    const open = useConsole(() => scene);

    beforeAll(async () => {
        process = await startScene();
        scene = new Scene(process.introduction);
    });
    afterAll(() => process?.stop());
    beforeEach(() => scene.reset({tenantid: '', clientid: '', clientsecret: ''}));

    async function fillConnection(console: ConsolePage): Promise<void> {
        const {tenant_id: tenantId, client_id: clientId, client_secret: secret} = scene.introduction.tenant;
        await console.open('connection');
        await console.setting('TenantId').fill(tenantId);
        await console.setting('ClientId').fill(clientId);
        await console.setting('ClientSecret').fill(secret);
        await console.save();
    }

    test('leads from empty settings by a green connection and a preview to synced people', async () => {
        const console = await open();
        await console.run.root.getByText(console.words('entrasync.error.not_configured.message')).waitFor();
        await console.run.root.getByText(console.words('entrasync.run.none')).waitFor();
        expect(await console.run.previewButton.isDisabled()).toBe(true);

        await fillConnection(console);
        await console.open('overview');
        await console.setup.getByRole('link', {name: console.words('entrasync.setup.open_test')}).click();
        await console.connection.button.and(console.page.locator(':focus')).waitFor();
        expect(await console.isFocusInView()).toBe(true);
        await console.page.keyboard.press('Enter');
        await console.connection.verdict('ok').waitFor();
        for (const step of ['token', 'users', 'groups']) {
            await console.connection.step(step).getByText(console.words('entrasync.connection.step_ok')).waitFor();
        }

        await console.open('users');
        await console.people.addName('Kim');
        await console.save();
        await console.open('runs');
        await console.run.perform('preview');
        expect(await console.run.count('directory')).toBe(company.all);
        expect(await console.run.count('in_scope')).toBe(company.kims);
        await console.changes.row('Minjun Kim').getByText(console.words('entrasync.change_status.planned')).waitFor();

        await scene.setFault({match: 'users', kind: 'slow', delay_ms: 1500});
        await console.run.applyButton.click();
        await console.run.progressBar.waitFor();
        await console.run.state('succeeded').waitFor();
        const created = await console.run.count('created');
        expect(created).toBe(company.newKims);
        await console.changes.row('Minjun Kim').getByText(console.words('entrasync.change_status.done')).waitFor();
        await console.changes.chip('action', 'create').click();
        await eventually(() => console.changes.rowCount(), (count) => count === created);

        expect(await console.runs.rows.count()).toBe(2);
        await console.runs.rows.nth(0).getByText(console.words('entrasync.mode.apply')).waitFor();
        await console.runs.rows.nth(1).getByText(console.words('entrasync.mode.preview')).waitFor();
    });

    test('speaks Korean from the empty page to the synced people', async () => {
        const console = await open({locale: 'ko'});
        expect(await englishOf(console)).toEqual([]);
        await fillConnection(console);
        await console.open('connection');
        await console.connection.test('ok');
        await console.open('users');
        await console.people.addName('한');
        await console.save();
        expect(await englishOf(console)).toEqual([]);
        await console.open('runs');
        await console.run.perform('preview');
        await console.changes.row('한소희').waitFor();

        // The users synced by the previous test are now out of scope, and too many to be deactivated without approval.
        await console.open('runs');
        await console.run.perform('apply', 'held');
        await console.changes.row('한소희').getByText(console.words('entrasync.change_status.done')).waitFor();
        expect(await englishOf(console)).toEqual([]);
    });
});

/** Follows the setup guide. Each test uses its own server, without earlier runs. */
describe.each(['en', 'ko'] as const)('first use without a mouse, at 320 pixels (%s)', (locale) => {
    let process: SceneProcess;
    let scene: Scene;
    const open = useKeyboard(() => scene);

    beforeAll(async () => {
        process = await startScene();
        scene = new Scene(process.introduction);
        await scene.reset({tenantid: '', clientid: '', clientsecret: ''});
    });
    afterAll(() => process?.stop());

    test('leads from empty settings to synced people and a schedule', async () => {
        const {tenant_id: tenantId, client_id: clientId, client_secret: secret} = scene.introduction.tenant;
        const keyboard = await open({locale, tab: 'overview'});
        const {console} = keyboard;
        const {words, setup, connection, people, run, changes} = console;
        await keyboard.use(setup.getByRole('link', {name: words('entrasync.setup.enter_values')}));
        await keyboard.fill(console.setting('TenantId'), tenantId);
        await keyboard.fill(console.setting('ClientId'), clientId);
        await keyboard.fill(console.setting('ClientSecret'), secret);
        await keyboard.save();
        await keyboard.use(connection.button);
        await connection.verdict('ok').waitFor();

        await keyboard.open('overview');
        await keyboard.use(setup.getByRole('link', {name: words('entrasync.setup.open_people')}));
        await keyboard.fill(people.newName, 'Kim');
        await keyboard.press('Enter');
        await keyboard.save();
        await keyboard.open('overview');
        await keyboard.use(setup.getByRole('button', {name: words('entrasync.setup.start_preview')}));
        await setup.getByRole('link', {name: words('entrasync.setup.open_schedule')}).waitFor();

        await keyboard.open('runs');
        expect(await run.count('in_scope')).toBe(company.kims);
        await keyboard.use(run.applyButton);
        await run.applied(company.newKims);
        await keyboard.fill(changes.search, 'Minjun');
        await changes.row('Minjun Kim').getByText(words('entrasync.change_status.done')).waitFor();

        await keyboard.open('overview');
        await keyboard.use(setup.getByRole('button', {name: words('entrasync.setup.title'), exact: true}));
        await keyboard.use(setup.getByRole('link', {name: words('entrasync.setup.open_schedule')}));
        await keyboard.reach(console.choice('Enabled'));
        await keyboard.press('ArrowUp');
        await keyboard.save();
        expect(await scene.setting('enabled')).toBe(true);
        await keyboard.open('overview');
        await setup.waitFor({state: 'hidden'});
    });
});

/** Words in Latin letters that are allowed in Korean: names of products, formats, and Microsoft's service accounts. */
const names = /\b(Entra Sync|Exchange|Sync_|HealthMailbox|API|txt|csv|Microsoft|Entra|Mattermost|ID|CSV|JSON|HTTP|Graph|OAuth|UTC|Office 365|OpenID Connect|SAML|GitLab)\b/g;

/** Words in Latin letters that the plugin shows, except names. Values from the directory are in <bdi>. */
async function englishOf(console: ConsolePage): Promise<string[]> {
    const texts = await console.section.evaluateAll((sections) => sections.flatMap((section) => {
        const copy = section.cloneNode(true) as HTMLElement;
        copy.querySelectorAll('bdi, code').forEach((foreign) => foreign.remove());
        const labels = [...copy.querySelectorAll('[aria-label], [placeholder], [title]')];
        const attributes = labels.flatMap((labelled) => ['aria-label', 'placeholder', 'title'].map((name) => labelled.getAttribute(name) ?? ''));
        return [...attributes, ...[...copy.querySelectorAll('*')].flatMap((each) => [...each.childNodes].filter((node) => node.nodeType === 3).map((node) => node.nodeValue ?? ''))];
    }));
    return texts.flatMap((text) => text.replaceAll(names, '').match(/[A-Za-z]{2,}/g) ?? []);
}
