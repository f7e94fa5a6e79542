import type {Locator, Page} from 'playwright-core';

import {eventually} from '../eventually';
import {tabs, type Tab} from '../../../webapp/src/store/place';

import type {ConsolePage} from './console_page';

/** The maximum number of key presses to reach a control. */
const mostPresses = 150;

/** How often the page checks the focus, in milliseconds. As short as a user could notice. */
const glance = 50;

/** A user with only a keyboard. */
export class Keyboard {
    /** `lost` is what `watchFocus` collects. */
    constructor(readonly console: ConsolePage, private readonly lost: string[] = []) {}

    /** Controls that disappeared or were disabled while they had the focus, so that it was lost. */
    get lostFocus(): readonly string[] {
        return this.lost;
    }

    async press(key: string): Promise<void> {
        await this.page.keyboard.press(key);
    }

    /** Types into the focused element. */
    async type(text: string): Promise<void> {
        await this.page.keyboard.type(text);
    }

    hasFocus(control: Locator): Promise<boolean> {
        return control.evaluate((element) => element === document.activeElement);
    }

    /** Moves to a control with Tab, or backward if it is above. It must then be visible. */
    async reach(control: Locator): Promise<void> {
        for (let presses = 0; presses < mostPresses; presses++) {
            const way = await control.evaluate(wayTo);
            if (way === null) {
                await this.expectInSight(control);
                return;
            }
            await this.press(way);
        }
        throw new Error(`the keyboard does not reach ${control}`);
    }

    /** Activates a button, a link, or a switch with the space bar. */
    async use(control: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
        await this.reach(control);
        await this.press(key);
    }

    /** Replaces the text of an input. */
    async fill(box: Locator, text: string): Promise<void> {
        await this.reach(box);
        await this.press('ControlOrMeta+a');
        await this.type(text);
    }

    /** Moves to a tab of the page with the arrow keys. */
    async open(name: Tab): Promise<void> {
        const {section} = this.console;
        await this.reach(section.locator('[role=tab][aria-selected=true]'));
        for (let presses = 0; presses < tabs.length && !await this.hasFocus(this.console.tab(name)); presses++) {
            await this.press('ArrowRight');
        }
        await this.console.isReady();
    }

    /** Saves with the console's button, which is disabled while it has the focus. Shift+Tab leads back from there. */
    async save(): Promise<void> {
        await this.use(this.console.saveButton);
        await eventually(() => this.console.saveButton.isDisabled(), (isDisabled) => isDisabled);
        await this.press('Shift+Tab');
    }

    private get page(): Page {
        return this.console.page;
    }

    private async expectInSight(control: Locator): Promise<void> {
        if (!await control.evaluate(isInSight)) {
            throw new Error(`what has the focus is out of sight: ${control}`);
        }
    }
}

/** Collects the elements that lost the focus, except the console's Save button. Call it before the page is loaded. */
export async function watchFocus(page: Page): Promise<string[]> {
    const lost: string[] = [];
    await page.exposeFunction('tellLostFocus', (control: string) => lost.push(control));
    await page.addInitScript((interval) => {
        let last: Element | null = null;
        let misses = 0;
        setInterval(() => {
            const current = document.activeElement;
            if (current && current !== document.body) {
                last = current;
                misses = 0;
            } else if (last && ++misses === 2) { // the page can take a moment to move the focus
                if (!last.closest('.admin-console-save')) {
                    (window as unknown as {tellLostFocus(control: string): void}).tellLostFocus(last.outerHTML.slice(0, 200));
                }
                last = null;
            }
        }, interval);
    }, glance);
    return lost;
}

/** The key that leads to an element, or null if it has the focus. */
function wayTo(element: Element): 'Tab' | 'Shift+Tab' | null {
    const current = document.activeElement;
    if (current === element) {
        return null;
    }
    const isAbove = current !== null && (element.compareDocumentPosition(current) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    return isAbove ? 'Shift+Tab' : 'Tab';
}

/** Whether the beginning of an element is not covered, as far as it is in the window. */
function isInSight(element: Element): boolean {
    const {left, right, top, bottom} = element.getBoundingClientRect();
    const x = Math.max(left, 0) + Math.min(4, (right - left) / 2);
    const y = (Math.max(top, 0) + Math.min(bottom, window.innerHeight)) / 2;
    const found = document.elementFromPoint(x, y);
    return found !== null && element.contains(found);
}
