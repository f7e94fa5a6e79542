import {sidebarWidth} from './browser';
import type {ConsolePage} from './pages/console_page';
import {Scene} from './scene';
import {startScene, type SceneProcess} from './scene_process';
import {useConsole} from './use_console';

const allowing = (...names: string[]) => ({version: 1, scope: {allow: {display_name_contains: names}}});

/** Rounding to whole pixels, and one for a border. */
const tolerance = 2;

const cases = [['console', 'en'], ['onyx', 'ko']] as const;

/** Uses its own server, because it creates accounts. */
describe.each(cases)('the bars of recent syncs (theme %s, %s)', (theme, locale) => {
    let process: SceneProcess;
    let scene: Scene;
    const open = useConsole(() => scene);

    beforeAll(async () => {
        process = await startScene();
        scene = new Scene(process.introduction);
    });
    afterAll(() => process?.stop());

    beforeEach(async () => {
        await scene.reset({policy: allowing('Kim')});
        await scene.run('apply');
        await scene.configure({policy: allowing('Kim', 'Park')});
        await scene.run('apply');
    });

    test.each([1060, 320])('are as high as their share of the scale, with their days below them (%i pixels)', async (width) => {
        const console = await open({theme, locale, tab: 'overview', options: {viewport: {width: width + sidebarWidth, height: 800}}});
        const bars = await barsOf(console);
        expect(bars.length).toBeGreaterThan(1);
        for (const {height, expected, bottom, floor} of bars) {
            expect(Math.abs(height - expected)).toBeLessThanOrEqual(tolerance);
            expect(Math.abs(bottom - floor)).toBeLessThanOrEqual(tolerance);
        }
        expect(bars.some(({height}) => height > 20)).toBe(true);
        expect(bars.at(-1)?.dayTop).toBeGreaterThanOrEqual(bars.at(-1)!.floor);
        expect(bars.filter(({isDayWhole}) => !isDayWhole)).toEqual([]);
    });

    test('have the colors of the theme, which the legend explains', async () => {
        const console = await open({theme, locale, tab: 'overview'});
        await console.page.locator('.EntraSync__legend').waitFor();
        expect(await colorsOf(console)).toEqual(await expectedColors(console));
    });

    test('are chosen with a click', async () => {
        const console = await open({theme, locale, tab: 'overview'});
        const bar = console.page.locator('.EntraSync__runBar').last();
        await bar.click();
        expect(await console.page.locator('.EntraSync__walk [role=status]').textContent()).toBe(await bar.getAttribute('title'));
    });
});

/** What each bar is like, in pixels. A day is whole if it neither overlaps its neighbor nor leaves the panel. */
async function barsOf({page}: ConsolePage) {
    await page.locator('.EntraSync__chart').waitFor();
    return page.locator('.EntraSync__chart').evaluate((chart) => {
        const area = chart.querySelector('.EntraSync__bars')!;
        const panel = chart.closest('.AdminSectionPanel')!.getBoundingClientRect();
        let left = panel.left;
        return [...area.querySelectorAll('.EntraSync__runBar')].map((bar) => {
            const stack = bar.querySelector<HTMLElement>('.EntraSync__stack')!;
            const day = bar.querySelector('.EntraSync__day')?.getBoundingClientRect();
            const isDayWhole = !day || (day.left >= left && day.right <= panel.right && day.bottom <= chart.getBoundingClientRect().bottom + 1);
            left = day?.right ?? left;
            const {height, bottom} = stack.getBoundingClientRect();
            return {height, bottom, expected: parseFloat(stack.style.height) / 100 * area.clientHeight, floor: bar.getBoundingClientRect().bottom, dayTop: day?.top, isDayWhole};
        });
    });
}

/** The colors of the legend. The parts of the bars have the same classes. */
function colorsOf({page}: ConsolePage): Promise<string[]> {
    return page.locator('.EntraSync__legend').evaluate((legend) => [...legend.querySelectorAll('.EntraSync__swatch')].map((swatch) => getComputedStyle(swatch).backgroundColor));
}

/** What the theme has for created, updated, reactivated, deactivated, failed, and held. */
function expectedColors({section}: ConsolePage): Promise<string[]> {
    return section.evaluate((root) => {
        const colors = [['button-bg', 1], ['button-bg', 0.4], ['online-indicator', 1], ['center-channel-color', 0.56], ['dnd-indicator', 1], ['away-indicator', 1]] as const;
        const style = getComputedStyle(root);
        return colors.map(([name, alpha]) => {
            const rgb = style.getPropertyValue(`--${name}-rgb`).trim();
            return alpha === 1 ? `rgb(${rgb})` : `rgba(${rgb}, ${alpha})`;
        });
    });
}
