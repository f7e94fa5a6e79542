import type {Locator} from 'playwright-core';

import type {Tab} from '../../../webapp/src/store/place';
import type {Visit} from '../browser';
import type {ConsolePage} from '../pages/console_page';
import type {Scene} from '../scene';

/** One picture of docs/screenshots: how to set up the scene and the page for it. */
export interface Picture {

    /** File name without extension. */
    name: string;

    /** In addition to the settings of every picture. Keys are in lowercase. */
    settings?: Record<string, unknown>;
    visit?: Visit;

    /** The open tab. The default is Runs. */
    tab?: Tab;

    /** Of the page beside the console's sidebar, in pixels. */
    width?: number;

    /** Sets up the scene before the page is opened. The result is added to the visit. */
    arrange?(scene: Scene): Promise<Visit | void>;

    /** Sets up the page. */
    set?(console: ConsolePage, scene: Scene): Promise<unknown>;

    /** Reverts what the reset before the next picture does not. */
    restore?(scene: Scene): Promise<unknown>;

    /** The first and last element shown. The default is the plugin's whole section. */
    parts?(console: ConsolePage): Locator[];

    /** Margin around the parts, in pixels. */
    margin?: number;

    /** In pixels. What is below is cut off. */
    greatestHeight?: number;
}

/** Time until animations and lazy loading end, in ms. */
const settling = 1500;

/** Waits until loading and animations end. `unfocused` removes the focus outline that a click left. */
export async function comeToRest({page}: ConsolePage, focus?: 'unfocused'): Promise<void> {
    if (focus) {
        await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    }
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(settling);
}

/** Single sign-on, because hashing passwords is slow. */
const accounts = {sign_in: {method: 'single_sign_on', service: 'saml'}};

/** Pictures change users back and forth within minutes. Only what one run would deactivate is held. */
const guard = {creations: {more_than: 1000}, reactivations: {more_than: 1000, max_percent: 100}, deactivations: {max_percent: 100}, window_hours: 0};

/** A policy that allows users whose display name contains one of `names`. */
export function allowing(...names: string[]) {
    return {version: 1, scope: {allow: {display_name_contains: names}}, accounts, guard};
}

export const everyone = {policy: {version: 1, scope: {everyone: true}, accounts, guard}};

/** All users have accounts, and then eight users leave at once. */
export async function loseEight(scene: Scene): Promise<void> {
    await scene.run('apply');
    const members = (await scene.people()).filter(({mail}) => /(fischer|rossi|silva|nguyen|okafor|larsen|dubois|garcia)@/.test(mail));
    await scene.disable(members.slice(0, 8));
}
