import type {Locator} from 'playwright-core';

import {tabs} from '../../webapp/src/store/place';

import type {ConsolePage} from './pages/console_page';
import {Scene} from './scene';
import {useConsole} from './use_console';

const policy = {version: 1, scope: {allow: {display_name_contains: ['Kim', '한']}, rules: [{name: 'No contractors', effect: 'deny', when: {attribute: 'displayName', operator: 'contains', value: '(Contractor)'}}]}};

/** The height of a row in pixels, with some room for another font. */
const tallestRow = 56;

/** The height of a line of a table's text, in pixels. */
const lineHeight = 20;

/** The distance between neighboring buttons, in pixels. */
const gap = 8;

describe.each(['en', 'ko'] as const)('beside the global styles of the web client (%s)', (locale) => {
    const scene = Scene.shared();
    const open = useConsole();

    beforeEach(() => scene.reset({policy, enabled: true}));

    test('no cell of a table cuts its text off, and the boxes of the rows are whole', async () => {
        await scene.run('preview');
        const console = await open({locale});
        await console.changes.rows.first().waitFor();
        await console.runs.rows.first().waitFor();
        expect(await cutCells(console)).toEqual([]);
        await console.open('mapping');
        await console.page.waitForLoadState('networkidle');
        expect(await cutCells(console)).toEqual([]);
    });

    test('a row of changes or runs is as high as two lines of text, with its actions beside each other', async () => {
        await scene.run('preview');
        const console = await open({locale});
        await console.changes.rows.first().waitFor();
        await console.runs.rows.first().waitFor();
        const heights = async (rows: Locator) => Math.max(...await Promise.all((await rows.all()).map(async (row) => (await row.boundingBox())?.height ?? 0)));
        expect(await heights(console.changes.rows)).toBeLessThanOrEqual(tallestRow);

        // Accounts of other tests are kept, so the numbers of this run can need a third line. Its actions never do.
        const {height, lines} = await measured(console.runs.rows.first());
        expect(height).toBeLessThanOrEqual(tallestRow + (Math.max(0, lines - 2) * lineHeight));
    });

    test('the options of a setting are beside their texts', async () => {
        const console = await open({locale, tab: 'schedule'});
        expect(await coveredOptions(console)).toEqual([]);
    });

    test('buttons are 8 pixels apart, and none is indented below another', async () => {
        await scene.run('preview');
        const console = await open({locale});
        for (const tab of tabs) {
            await console.open(tab);
            await console.page.waitForLoadState('networkidle');
            expect([tab, await wideGaps(console)]).toEqual([tab, []]);
        }
    });

    test('what folds has one triangle and no frame', async () => {
        await scene.run('preview');
        const console = await open({locale, tab: 'users'});
        await console.people.addName('Park');
        await console.people.root.locator('.EntraSync__moved').first().waitFor();
        expect(await trianglesOf(console)).not.toContainEqual(expect.not.objectContaining({triangles: 1, frame: 0}));
    });

    test('all of a notice has the color of the page', async () => {
        await scene.configure({tenantid: '', policy: {version: 1, scope: {everyone: 1}}});
        const console = await open({locale, tab: 'users'});
        await console.section.locator('.sectionNoticeContainer').first().waitFor();
        expect(await strayColors(console)).toEqual([]);
    });

    test.each([1280, 900, 560])('what a schedule means is as wide as the input above it (%i pixels)', async (width) => {
        const console = await open({locale, tab: 'schedule', options: {viewport: {width, height: 800}}});
        const reading = console.section.locator('.EntraSync__reading');
        await reading.waitFor();
        const [below, above] = await Promise.all([reading.boundingBox(), console.setting('Schedule').boundingBox()]);
        expect([below?.x, below?.width]).toEqual([above?.x, above?.width]);
    });
});

/** The texts of cells that do not fit into them, or that could not be broken if they did not. */
function cutCells({section}: ConsolePage): Promise<string[]> {
    return section.evaluate((root) => [...root.querySelectorAll<HTMLElement>('td, th')]
        .filter((cell) => cell.checkVisibility() && (cell.scrollWidth > cell.clientWidth || getComputedStyle(cell).textOverflow === 'ellipsis'))
        .map((cell) => `${cell.tagName} ${cell.textContent}`));
}

/** The height of a row, and how many lines its longest text takes: at the same moment, for the list can change. Its last cell has actions, and no text. */
function measured(row: Locator): Promise<{height: number; lines: number}> {
    return row.evaluate((root) => ({
        height: root.getBoundingClientRect().height,
        lines: Math.max(...[...root.querySelectorAll('td:not(:last-child)')].map((cell) => {
            const text = document.createRange();
            text.selectNodeContents(cell);
            return new Set([...text.getClientRects()].map(({bottom}) => Math.round(bottom / 10))).size;
        })),
    }));
}

/** The texts of radio buttons that the button covers. */
function coveredOptions({section}: ConsolePage): Promise<string[]> {
    return section.evaluate((root) => [...root.querySelectorAll<HTMLInputElement>('input[type=radio]')].flatMap((radio) => {
        const text = document.createRange();
        text.selectNodeContents(radio.labels![0]!);
        const [button, words] = [radio.getBoundingClientRect(), [...text.getClientRects()].at(-1)!];
        return button.right > words.left ? [radio.labels![0]!.textContent ?? ''] : [];
    }));
}

/** Neighboring buttons in one line that are not `gap` apart, and buttons in a line below that start elsewhere than their group. */
function wideGaps({section}: ConsolePage): Promise<string[]> {
    return section.evaluate((root, expected) => {
        const faults: string[] = [];
        for (const button of root.querySelectorAll('.btn + .btn')) {
            const [before, after] = [button.previousElementSibling!.getBoundingClientRect(), button.getBoundingClientRect()];
            const isSameLine = Math.abs(before.top - after.top) < before.height;
            const distance = isSameLine ? after.left - before.right : after.left - button.parentElement!.firstElementChild!.getBoundingClientRect().left;
            if (after.width > 0 && (isSameLine ? Math.abs(distance - expected) > 1 && distance !== 0 : distance > 1)) {
                faults.push(`${button.textContent || button.ariaLabel}: ${distance}`);
            }
        }
        return faults;
    }, gap);
}

/** How many triangles each folding list shows, and the width of its frame: its own, the browser's, and those of the web client. */
function trianglesOf({section}: ConsolePage): Promise<Array<{triangles: number; frame: number}>> {
    return section.evaluate((root) => [...root.querySelectorAll<HTMLElement>('.EntraSync__moved')].map((list) => {
        const summary = list.querySelector<HTMLElement>('summary, [aria-expanded]')!;
        const drawn = [
            summary.querySelector('svg') !== null,
            summary.matches('summary') && getComputedStyle(summary).display === 'list-item',
            getComputedStyle(summary, '::before').content !== 'none',
        ];
        return {triangles: drawn.filter(Boolean).length, frame: parseFloat(getComputedStyle(list).borderTopWidth)};
    }));
}

/** Parts of notices, other than buttons and links, whose color is not that of the notice's title. */
function strayColors({section}: ConsolePage): Promise<string[]> {
    return section.evaluate((root) => [...root.querySelectorAll('.sectionNoticeContainer')].flatMap((notice) => {
        const own = getComputedStyle(root).color;
        return [...notice.querySelectorAll('*')].filter((part) => !part.closest('.btn, svg') && !part.matches('.help-text, .help-text *, dt')
            && getComputedStyle(part).color !== own).map((part) => part.outerHTML);
    }));
}
