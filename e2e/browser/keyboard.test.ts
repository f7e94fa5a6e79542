import {sidebarWidth} from './browser';
import {eventually} from './eventually';
import {Scene} from './scene';
import {useConsole} from './use_console';
import type {ConsolePage} from './pages/console_page';
import {Keyboard} from './pages/keyboard';

describe('without a mouse', () => {
    const scene = Scene.shared();
    const open = useConsole();

    beforeEach(() => scene.reset({policy: {version: 1, scope: {allow: {display_name_contains: ['Kim']}}}}));

    test('Tab reaches every control in the order of the page, and the focus can be seen', async () => {
        await scene.run('preview');
        const console = await open();
        await console.changes.rows.first().waitFor();
        await console.runs.rows.first().waitFor();
        const expected = await controlsOf(console);
        expect(expected.length).toBeGreaterThan(10);

        await console.tab('runs').focus();
        const reached: string[] = [];
        for (const name of expected) {
            reached.push(await focused(console));
            expect(`${name}: ${await focusIsVisible(console)}`).toBe(`${name}: true`);
            await console.page.keyboard.press('Tab');
        }
        expect(reached).toEqual(expected);
    });

    const sizes = [['en', 1280], ['ko', 1280], ['en', 320], ['ko', 320]] as const;
    test.each(sizes)('a name is added, the settings are saved, a preview is run and read (%s, %i pixels)', async (locale, width) => {
        const console = await open({locale, tab: 'overview', options: {viewport: {width: width + sidebarWidth, height: 700}}});
        const keyboard = new Keyboard(console);
        await keyboard.open('users');
        await keyboard.reach(console.people.newName);
        await keyboard.type('한');
        await keyboard.press('Enter');
        await console.people.name(2).waitFor();
        expect(await console.people.newName.inputValue()).toBe('');

        await keyboard.save();
        await keyboard.open('runs');
        await console.run.root.getByText(console.words('entrasync.run.unsaved'), {exact: true}).waitFor({state: 'hidden'});
        await keyboard.use(console.run.previewButton, 'Space');
        await console.run.state('succeeded').waitFor();
        await console.changes.search.waitFor();
        await keyboard.reach(console.changes.search);
        await keyboard.type('한소희');
        await eventually(() => console.changes.rowCount(), (count) => count === 1);
        await keyboard.press('Enter');
        expect(await console.saveButton.isDisabled()).toBe(true);

        await keyboard.use(console.changes.rowAt(1));
        await console.changes.details.waitFor();
        await keyboard.press('Escape');
        await console.changes.details.waitFor({state: 'hidden'});
        expect(await keyboard.hasFocus(console.changes.rowAt(1))).toBe(true);
    });

    test('the focus stays in the list when a name is removed', async () => {
        await scene.configure({policy: {version: 1, scope: {allow: {display_name_contains: ['Kim', 'Park']}}}});
        const console = await open({tab: 'users'});
        const remove = console.people.root.getByRole('button', {name: console.words('entrasync.list.remove_item', {name: 'Kim'})});
        await remove.focus();
        await console.page.keyboard.press('Enter');
        expect(await focused(console)).toBe(console.words('entrasync.allow.name', {number: 1}));
        expect(await console.people.name(1).inputValue()).toBe('Park');
    });
});

describe('on a page of 320 pixels', () => {
    const scene = Scene.shared();
    const open = useConsole();

    beforeEach(() => scene.reset({policy: {version: 1, scope: {allow: {display_name_contains: ['Kim', 'FeatherstoneFeatherstoneFeatherstoneFeatherstone']}}}}));

    test.each(['en', 'ko'] as const)('the page does not scroll sideways (%s)', async (locale) => {
        await scene.setFault({match: 'groups', kind: 'consent_missing'});
        const console = await open({locale, options: {viewport: {width: sidebarWidth + 320, height: 640}}});
        await console.open('connection');
        await console.connection.test('ok');
        await console.open('runs');
        await console.run.perform('preview');
        await console.changes.rows.first().waitFor();
        expect(await widthsOf(console)).toEqual([sidebarWidth + 320, 320]);
        await console.open('lifecycle');
        await console.rules.unfold();
        expect(await widthsOf(console)).toEqual([sidebarWidth + 320, 320]);
    });

    test('a menu is opened, used, and left by keyboard, and the focus stays', async () => {
        const console = await open({tab: 'lifecycle', options: {viewport: {width: sidebarWidth + 320, height: 640}}});
        await console.rules.section('entrasync.lifecycle.leavers_title').click();
        const menu = console.rules.root.getByRole('combobox', {name: console.words('entrasync.lifecycle.other_method')});
        await menu.focus();
        for (const key of ['Space', 'ArrowDown', 'Enter']) {
            await console.page.keyboard.press(key);
        }
        expect(await menu.inputValue()).toBe('report');
        await console.page.keyboard.press('Space');
        await console.page.keyboard.press('Escape');
        expect(await menu.inputValue()).toBe('report');
        expect(await menu.evaluate((element) => element === document.activeElement)).toBe(true);
        expect(await widthsOf(console)).toEqual([sidebarWidth + 320, 320]);
    });
});

/** The width of what scrolls: the page, and the console's part of it. */
function widthsOf({page}: ConsolePage): Promise<Array<number | undefined>> {
    return page.evaluate(() => [document.documentElement, document.querySelector('.admin-console__wrapper')].map((part) => part?.scrollWidth));
}

/** The accessible names of all controls in the plugin's part of the page, in order. */
function controlsOf({section}: ConsolePage): Promise<string[]> {
    return section.evaluate((root) => [...root.querySelectorAll<HTMLElement>('button, input, select, textarea, a[href], summary, tr[tabindex]')]
        .filter((control) => control.checkVisibility() && !control.matches(':disabled, [tabindex="-1"], [type=hidden]'))
        .map((control) => control.ariaLabel ?? ((control as HTMLInputElement).labels?.[0] ?? control).textContent ?? ''));
}

function focused({page}: ConsolePage): Promise<string> {
    return page.evaluate(() => {
        const control = document.activeElement as HTMLInputElement;
        return control.ariaLabel ?? (control.labels?.[0] ?? control).textContent ?? '';
    });
}

/** By an outline, or by a border or shadow that appears only with the focus. */
function focusIsVisible({page}: ConsolePage): Promise<boolean> {
    return page.evaluate(() => {
        // The select boxes of react-select show the focus some levels above their input.
        let element = document.activeElement;
        for (let level = 0; element && level < 4; level++, element = element.parentElement) {
            const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(element);
            if ((outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none') {
                return true;
            }
        }
        return false;
    });
}
