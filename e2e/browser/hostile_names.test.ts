import {readFile} from 'node:fs/promises';

import {eventually} from './eventually';
import {Scene} from './scene';
import {useConsole} from './use_console';

/** The names are those of e2e/tenant/company. After each test, there must be no dialog and no script error. */
describe('hostile names from the directory', () => {
    const scene = Scene.shared();
    const open = useConsole();

    beforeEach(() => scene.reset({policy: {version: 1, scope: {allow: {display_name_contains: ['<img', '=HYPER', '${7*7}', 'DROP TABLE']}}}}));

    test('are shown as text', async () => {
        const console = await open();
        await console.run.perform('preview');
        for (const name of ['<img src=x onerror=alert(1)>', '=HYPERLINK("http://attacker.example","Click")', "Robert'); DROP TABLE users;--"]) {
            await console.changes.row(name).locator('bdi').getByText(name, {exact: true}).first().waitFor();
        }
        await console.changes.row("{{constructor.constructor('alert(4)')()}} ${7*7} %s %n").waitFor();
        expect(await console.section.locator('img, script, iframe, svg:not([aria-hidden=true])').count()).toBe(0);
    });

    test('do no harm in a spreadsheet', async () => {
        const console = await open();
        await console.run.perform('preview');
        const coming = console.page.waitForEvent('download');
        await console.changes.exportLink.click();
        const download = await coming;
        expect(download.suggestedFilename()).toMatch(/\.csv$/);
        const text = await readFile(await download.path(), 'utf8');
        expect(text).toContain('=HYPERLINK');
        expect(cellsOf(text).filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    });

    test('in the search box find what they say', async () => {
        const console = await open();
        await console.run.perform('preview');
        await console.changes.search.fill('<img');
        await eventually(() => console.changes.rowCount(), (count) => count === 1);
        await console.changes.search.fill('%');
        await eventually(() => console.changes.rowCount(), (count) => count === 1);
        await console.changes.row('%s %n').waitFor();
    });
});

/** The cells of a CSV text (RFC 4180), without quotes. */
function cellsOf(text: string): string[] {
    return [...text.replace(/^\uFEFF/, '').matchAll(/(?:^|,|\r?\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(([, quoted, plain]) => (quoted ?? plain ?? '').replaceAll('""', '"'));
}
