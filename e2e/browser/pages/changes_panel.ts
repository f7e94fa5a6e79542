import type {Locator} from 'playwright-core';

import type {Words} from '../words';

/** What the selected run did or would do for each user. */
export class ChangesPanel {
    constructor(readonly root: Locator, private readonly words: Words) {}

    /** The visible rows, without the heading. */
    get rows(): Locator {
        return this.root.locator('tbody').getByRole('row');
    }

    /** The row at `position`, starting at 1, if it is visible. */
    rowAt(position: number): Locator {
        return this.root.locator(`tbody tr[aria-rowindex="${position + 1}"]`);
    }

    /** The row of the user with this part of the name or address, if it is visible. */
    row(text: string): Locator {
        return this.rows.filter({hasText: text});
    }

    /** The number of rows in the table, visible or not. */
    async rowCount(): Promise<number> {
        return Number(await this.root.getByRole('grid').getAttribute('aria-rowcount')) - 1;
    }

    get search(): Locator {
        return this.root.getByRole('searchbox', {name: this.words('entrasync.changes.search')});
    }

    /** The filter for an action such as `create`, or for a status such as `held`. */
    chip(list: 'action' | 'change_status', member: string): Locator {
        return this.root.getByRole('group', {name: this.words('entrasync.changes.chips')})
            .getByRole('button', {name: new RegExp(`^${this.words(`entrasync.${list}.${member}`)} `)});
    }

    /** The select box for statuses or reasons. */
    filter(name: 'status' | 'reason'): Locator {
        return this.root.getByRole('combobox', {name: this.words(`entrasync.changes.${name}`), exact: true});
    }

    get exportLink(): Locator {
        return this.root.getByRole('link', {name: this.words('entrasync.changes.export')});
    }

    /** The details of the open row. */
    get details(): Locator {
        return this.root.locator('.EntraSync__details');
    }

    get applyButton(): Locator {
        return this.root.getByRole('button', {name: this.words('entrasync.plan.apply'), exact: true});
    }

    /** Sorts by this column, or reverses its order. */
    sortBy(id: string): Promise<void> {
        return this.root.getByRole('columnheader', {name: this.words(id)}).getByRole('button').click();
    }

    /** Approves the held change of a row. */
    approve(row: Locator): Promise<void> {
        return row.getByRole('button', {name: this.words('entrasync.held.approve_one'), exact: true}).click();
    }

    /** Discards the held change of a row. */
    discard(row: Locator): Promise<void> {
        return row.getByRole('button', {name: this.words('entrasync.held.discard_one'), exact: true}).click();
    }

    /** Selects all rows that match the filters, or none. */
    get allBox(): Locator {
        return this.root.getByRole('checkbox', {name: this.words('entrasync.changes.select_all')});
    }

    /** Selects a row, or clears the selection. */
    select(row: Locator): Promise<void> {
        return row.getByRole('checkbox').click();
    }
}
