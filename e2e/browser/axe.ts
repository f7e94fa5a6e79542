import {source, type AxeResults} from 'axe-core';

import type {ConsolePage} from './pages/console_page';

/** The colors of Mattermost's buttons, which the host page copies. Their contrast is Mattermost's responsibility. */
const buttons = ['.btn-primary', '.btn-tertiary', '.btn-danger'];

/**
 * What axe reports for the plugin's part of the page, one line for each element, except the contrast of Mattermost's buttons.
 * Open the page with `bypassCSP`, because axe is injected as a script.
 */
export async function unexpectedViolations({page, section}: ConsolePage): Promise<string[]> {
    await section.waitFor();
    await page.addScriptTag({content: source});
    const {violations} = await page.evaluate(() => (window as unknown as {axe: {run(selector: string): Promise<AxeResults>}}).axe.run('.EntraSync'));
    const found = violations.flatMap(({id, nodes}) => nodes.map((node) => ({id, selector: node.target.join(' '), html: node.html, summary: node.failureSummary})));
    const areButtons = await Promise.all(found.map(({selector}) => page.locator(selector).first().evaluate(
        (element, own) => element.matches(own),
        buttons.join(),
    )));
    return found
        .filter(({id}, index) => !(id === 'color-contrast' && areButtons[index]))
        .map(({id, html, summary}) => `${id}: ${html} ${summary}`);
}
