import {resolve} from 'node:path';

import type {Browser, Locator} from 'playwright-core';

import {openConsole, sidebarWidth} from '../browser';
import type {ConsolePage} from '../pages/console_page';
import type {Scene} from '../scene';

import type {Picture} from './picture';

export type Locale = 'en' | 'ko';

export const folder = resolve(__dirname, '../../../docs/screenshots');

/** An allow list that matches names in both languages. */
const allowed = {version: 1, scope: {allow: {display_name_contains: ['Kim', '한']}}};

/** Margin around what a picture shows, in pixels. Smaller than the space between panels. */
const usualMargin = 16;

/** The file of a picture in `folder`. */
export function fileOf(name: string, locale: Locale): string {
    return locale === 'en' ? `${name}.png` : `${name}.${locale}.png`;
}

/** Sets everything up for the picture and takes it. */
export async function take(browser: Browser, scene: Scene, picture: Picture, locale: Locale): Promise<void> {
    const {name, settings, visit, tab, width = 960, arrange, set, restore} = picture;
    await scene.reset({policy: allowed, enabled: true, ...settings});
    const arranged = await arrange?.(scene);
    const options = {viewport: {width: sidebarWidth + width, height: 900}};
    const console = await openConsole(browser, scene, {...visit, ...(tab && {tab}), ...arranged, locale, options});
    await set?.(console, scene);
    await console.page.mouse.move(0, 0); // there is nothing under the pointer there
    await showWhole(console);
    const clip = await clipOf(console, picture);
    await console.page.screenshot({path: resolve(folder, fileOf(name, locale)), clip, animations: 'disabled', caret: 'hide'});
    await console.page.context().close();
    await restore?.(scene);
}

/** How often the window is made taller. A table grows with it, by less each time. */
const mostGrowths = 6;

/** Makes the window as tall as the page, so that nothing is scrolled out of view. */
async function showWhole({page}: ConsolePage): Promise<void> {
    const wrapper = page.locator('.admin-console__wrapper');
    for (let growth = 0; growth < mostGrowths; growth++) {
        const hidden = await wrapper.evaluate((element) => element.scrollHeight - element.clientHeight);
        const {width, height} = page.viewportSize() ?? {width: 0, height: 0};
        await page.setViewportSize({width, height: height + hidden});
    }
    await wrapper.evaluate((element) => element.scrollTo(0, 0));
}

async function clipOf(console: ConsolePage, {parts, margin = usualMargin, greatestHeight = 1400}: Picture) {
    const frame = await frameOf(parts?.(console) ?? [console.section], margin);
    return {...frame, height: Math.min(frame.height, greatestHeight)};
}

async function frameOf(parts: Locator[], margin: number) {
    const boxes = await Promise.all(parts.map((part) => part.boundingBox()));
    const found = boxes.filter((box) => box !== null);
    const x = Math.min(...found.map((box) => box.x)) - margin;
    const y = Math.min(...found.map((box) => box.y)) - margin;
    const width = Math.max(...found.map((box) => box.x + box.width)) + margin - x;
    const height = Math.max(...found.map((box) => box.y + box.height)) + margin - y;
    return {x, y, width, height};
}
