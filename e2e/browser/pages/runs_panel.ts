import type {Locator} from 'playwright-core';

import type {Words} from '../words';

/** The runs of the past. */
export class RunsPanel {
    constructor(readonly root: Locator, private readonly words: Words) {}

    get rows(): Locator {
        return this.root.locator('tbody').getByRole('row');
    }

    /** Chooses the run in row `index`, which counts from 0, for the table of changes. */
    show(index: number): Promise<void> {
        return this.rows.nth(index).getByRole('link', {name: this.words('entrasync.runs.show')}).click();
    }
}
