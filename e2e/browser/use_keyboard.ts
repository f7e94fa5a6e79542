import type {Visit} from './browser';
import {Keyboard, watchFocus} from './pages/keyboard';
import type {Scene} from './scene';
import {useConsole} from './use_console';

/** The narrowest window that the page is made for, in pixels: 1280 of them at four times the size. */
const width = 320;

/** Those of the test that runs. */
const keyboards: Keyboard[] = [];

/** Gives a test file pages for somebody without a mouse on a narrow window. The focus is never lost there, and nothing scrolls sideways. */
export function useKeyboard(sceneOf?: () => Scene) {
    afterEach(async () => {
        const used = keyboards.splice(0);
        const widths = await Promise.all(used.map(widthsOf));
        expect(used.flatMap(({lostFocus}) => lostFocus)).toEqual([]);
        expect(widths).toEqual(used.map(() => [width, width]));
    });
    const open = useConsole(sceneOf);

    return async (visit: Pick<Visit, 'locale' | 'tab'>): Promise<Keyboard> => {
        let lost: string[] = [];
        const console = await open({
            ...visit,
            options: {viewport: {width, height: 700}},
            prepare: async (page) => {
                lost = await watchFocus(page);
            },
        });
        const keyboard = new Keyboard(console, lost);
        keyboards.push(keyboard);
        return keyboard;
    };
}

/** How wide the page is, and what scrolls within it. */
function widthsOf({console}: Keyboard): Promise<Array<number | undefined>> {
    return console.page.evaluate(() => [document.documentElement, document.querySelector('.admin-console__wrapper')].map((part) => part?.scrollWidth));
}
