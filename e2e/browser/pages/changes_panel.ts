import type {Locator} from 'playwright-core';

import type {Words} from '../words';

/** What the chosen run did or would do, person by person. */
export class ChangesPanel {
    constructor(readonly root: Locator, private readonly words: Words) {}

    /** Those in sight, without the head. */
    get rows(): Locator {
        return this.root.locator('tbody').getByRole('row');
    }

    /** The row in position `position`, which counts from 1, when it is in sight. */
    rowAt(position: number): Locator {
        return this.root.locator(`tbody tr[aria-rowindex="${position + 1}"]`);
    }

    /** The row about the person with this part of name or address, when it is in sight. */
    row(text: string): Locator {
        return this.rows.filter({hasText: text});
    }

    /** How many rows the table has, whether or not they are in sight. */
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

    /** The box in which several statuses or reasons are chosen. */
    filter(name: 'status' | 'reason'): Locator {
        return this.root.getByRole('combobox', {name: this.words(`entrasync.changes.${name}`), exact: true});
    }

    get exportLink(): Locator {
        return this.root.getByRole('link', {name: this.words('entrasync.changes.export')});
    }

    /** What is shown of the row that was opened. */
    get details(): Locator {
        return this.root.locator('.EntraSync__details');
    }

    get applyButton(): Locator {
        return this.root.getByRole('button', {name: this.words('entrasync.plan.apply'), exact: true});
    }

    /** Sorts by the column of this name, or turns its order. */
    sortBy(id: string): Promise<void> {
        return this.root.getByRole('columnheader', {name: this.words(id)}).getByRole('button').click();
    }

    /** Lets the one held change of a row through. */
    approve(row: Locator): Promise<void> {
        return row.getByRole('button', {name: this.words('entrasync.held.approve_one'), exact: true}).click();
    }

    /** Gives the one held change of a row up. */
    discard(row: Locator): Promise<void> {
        return row.getByRole('button', {name: this.words('entrasync.held.discard_one'), exact: true}).click();
    }

    /** Chooses all rows that pass the filters, or none. */
    get allBox(): Locator {
        return this.root.getByRole('checkbox', {name: this.words('entrasync.changes.select_all')});
    }

    /** Chooses a row, or lets it go. */
    select(row: Locator): Promise<void> {
        return row.getByRole('checkbox').click();
    }
}
