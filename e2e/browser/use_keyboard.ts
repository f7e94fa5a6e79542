import {sidebarWidth, type Visit} from './browser';
import {Keyboard, watchFocus} from './pages/keyboard';
import type {Scene} from './scene';
import {useConsole} from './use_console';

/** The narrowest supported page beside the sidebar, in pixels: a window of 1280 at 400 % zoom. */
const width = 320;

/** Those of the current test. */
const keyboards: Keyboard[] = [];

/** Provides pages for tests with the keyboard only in a narrow window. Focus must never be lost, and nothing can scroll sideways. */
export function useKeyboard(sceneOf?: () => Scene) {
    afterEach(async () => {
        const used = keyboards.splice(0);
        const widths = await Promise.all(used.map(widthsOf));
        expect(used.flatMap(({lostFocus}) => lostFocus)).toEqual([]);
        expect(widths).toEqual(used.map(() => [sidebarWidth + width, width]));
    });
    const open = useConsole(sceneOf);

    return async (visit: Pick<Visit, 'locale' | 'tab'>): Promise<Keyboard> => {
        let lost: string[] = [];
        const console = await open({
            ...visit,
            options: {viewport: {width: sidebarWidth + width, height: 700}},
            prepare: async (page) => {
                lost = await watchFocus(page);
            },
        });
        const keyboard = new Keyboard(console, lost);
        keyboards.push(keyboard);
        return keyboard;
    };
}

/** The width of the page, and the elements that scroll in it. */
function widthsOf({console}: Keyboard): Promise<Array<number | undefined>> {
    return console.page.evaluate(() => [document.documentElement, document.querySelector('.admin-console__wrapper')].map((part) => part?.scrollWidth));
}
