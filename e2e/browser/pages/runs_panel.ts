import type {Locator} from 'playwright-core';

import type {Words} from '../words';

/** The history of runs. */
export class RunsPanel {
    constructor(readonly root: Locator, private readonly words: Words) {}

    get rows(): Locator {
        return this.root.locator('tbody').getByRole('row');
    }

    /** Shows the changes of the run in row `index`, starting at 0. */
    show(index: number): Promise<void> {
        return this.rows.nth(index).getByRole('link', {name: this.words('entrasync.runs.show')}).click();
    }
}
