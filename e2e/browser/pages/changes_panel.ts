import type {Locator} from 'playwright-core';

import type {Words} from '../words';

/** What the chosen run did or would do, person by person. */
export class ChangesPanel {
    constructor(readonly root: Locator, private readonly words: Words) {}

    get rows(): Locator {
        return this.root.locator('tbody').getByRole('row');
    }

    /** The row in position `position`, which counts from 1, when it is in sight. */
    rowAt(position: number): Locator {
        return this.root.locator(`tbody tr[aria-rowindex="${position + 1}"]`);
    }

    /** How many rows the table has, whether or not they are in sight. */
    async rowCount(): Promise<number> {
        return Number(await this.root.getByRole('grid').getAttribute('aria-rowcount')) - 1;
    }

    get search(): Locator {
        return this.root.getByRole('searchbox', {name: this.words('entrasync.changes.search')});
    }

    get action(): Locator {
        return this.root.getByRole('combobox', {name: this.words('entrasync.changes.action')});
    }

    get status(): Locator {
        return this.root.getByRole('combobox', {name: this.words('entrasync.changes.status')});
    }

    get exportLink(): Locator {
        return this.root.getByRole('link', {name: this.words('entrasync.changes.export')});
    }

    /** Lets the one held change of a row through. */
    approve(row: Locator): Promise<void> {
        return row.getByRole('button', {name: this.words('entrasync.held.approve_one'), exact: true}).click();
    }

    /** The row about the person with this part of name or address. */
    row(text: string): Locator {
        return this.rows.filter({hasText: text});
    }
}
