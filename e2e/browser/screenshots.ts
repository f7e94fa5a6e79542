/**
 * Takes the pictures of docs/screenshots in English and Korean, each area from its own scene: `make screenshots`.
 * With names as arguments, takes only those pictures. Include the earlier pictures that they build on:
 * `npx tsx e2e/browser/screenshots.ts preview details`. Fails if guides and pictures do not match.
 */
import type {Browser} from 'playwright-core';

import {launchBrowser} from './browser';
import {Scene} from './scene';
import {startScene} from './scene_process';
import {areas, type Area} from './screenshots/areas';
import type {Picture} from './screenshots/picture';
import {take, type Locale} from './screenshots/take';
import {troublesOfGuides} from './screenshots/guides';

const wanted = process.argv.slice(2);

function isWanted({name}: Picture): boolean {
    return wanted.length === 0 || wanted.includes(name);
}

async function takeAll(browser: Browser, {pictures, isLicensed}: Area, locale: Locale): Promise<void> {
    const server = await startScene({isLicensed});
    const scene = new Scene(server.introduction);
    try {
        for (const picture of pictures.filter(isWanted)) {
            await take(browser, scene, picture, locale);
        }
    } finally {
        await server.stop();
    }
}

async function main(): Promise<void> {
    const browser = await launchBrowser();
    try {
        for (const area of areas.filter(({pictures}) => pictures.some(isWanted))) {
            await takeAll(browser, area, 'en');
            await takeAll(browser, area, 'ko');
        }
    } finally {
        await browser.close();
    }
    const troubles = troublesOfGuides();
    if (troubles.length > 0) {
        throw new Error(troubles.join('\n'));
    }
}

void main();
