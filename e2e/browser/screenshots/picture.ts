import type {Locator} from 'playwright-core';

import type {Tab} from '../../../webapp/src/store/place';
import type {Visit} from '../browser';
import type {ConsolePage} from '../pages/console_page';
import type {Scene} from '../scene';

/** One picture of docs/screenshots: how the scene and the page come into the state that it shows. */
export interface Picture {

    /** Of the file, without its ending. */
    name: string;

    /** Beside those with which every picture begins; keys are in lower case. */
    settings?: Record<string, unknown>;
    visit?: Visit;

    /** Which tab is open; the runs else. */
    tab?: Tab;

    /** Of the window, in pixels. */
    width?: number;

    /** Brings the scene into its state before the page is opened; what it answers goes into the visit. */
    arrange?(scene: Scene): Promise<Visit | void>;

    /** Brings the page into its state. */
    set?(console: ConsolePage, scene: Scene): Promise<unknown>;

    /** Takes back what the reset of the scene before the next picture does not. */
    restore?(scene: Scene): Promise<unknown>;

    /** From where and to where; the plugin's whole section otherwise. */
    parts?(console: ConsolePage): Locator[];

    /** Room around the parts, in pixels. */
    margin?: number;

    /** In pixels; what lies below is cut off. */
    greatestHeight?: number;
}

/** What moves or loads lazily has come to rest after so many ms. */
const settling = 1500;

/** Waits until nothing loads or moves any more; `unfocused` takes the mark of the keyboard away that a click has left. */
export async function comeToRest({page}: ConsolePage, focus?: 'unfocused'): Promise<void> {
    if (focus) {
        await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    }
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(settling);
}

/** Single sign-on: hashing passwords takes long. */
const accounts = {sign_in: {method: 'single_sign_on', service: 'saml'}};

/** A policy that lets in whose display name contains one of `names`. */
export function allowing(...names: string[]) {
    return {version: 1, scope: {allow: {display_name_contains: names}}, accounts};
}

export const everyone = {policy: {version: 1, scope: {everyone: true}, accounts}};

/** Everybody has an account, and then eight people leave at once. */
export async function loseEight(scene: Scene): Promise<void> {
    await scene.run('apply');
    const members = (await scene.people()).filter(({mail}) => /(fischer|rossi|silva|nguyen|okafor|larsen|dubois|garcia)@/.test(mail));
    await scene.disable(members.slice(0, 8));
}
