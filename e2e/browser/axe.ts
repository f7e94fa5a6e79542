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

    // The buttons are told apart in the same step, because a table can be drawn again at any time.
    const found = await page.evaluate(async (own) => {
        const {axe} = window as unknown as {axe: {run(selector: string, options: {elementRef: true}): Promise<AxeResults>}};
        const {violations} = await axe.run('.EntraSync', {elementRef: true});
        return violations.flatMap(({id, nodes}) => nodes.map(({html, failureSummary, element}) => (
            {id, html, summary: failureSummary, isButton: element?.matches(own) ?? false})));
    }, buttons.join());
    return found
        .filter(({id, isButton}) => !(id === 'color-contrast' && isButton))
        .map(({id, html, summary}) => `${id}: ${html} ${summary}`);
}
