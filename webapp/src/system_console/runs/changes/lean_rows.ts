import type {Row, RowModel, Table} from '@tanstack/react-table';

import type {ChangeRow} from './change_rows';

/**
 * The part of a row that filters, sorting and the box for all rows use. The rows that TanStack Table makes itself have some sixty
 * functions each: 100,000 of them take more than half a gigabyte.
 */
class LeanRow {
    readonly depth = 0;
    readonly subRows: never[] = noRows;

    constructor(private readonly table: Table<ChangeRow>, readonly id: string, readonly index: number, readonly original: ChangeRow) {}

    getCanSelect(): boolean {
        const {enableRowSelection: can} = this.table.options;
        return typeof can === 'function' ? can(this.asRow()) : can === true;
    }

    asRow(): Row<ChangeRow> {
        return this as unknown as Row<ChangeRow>;
    }
}

const noRows: never[] = [];

/** Replaces the library's `getCoreRowModel`: makes the rows of each list. */
export function getLeanRowModel() {
    return (table: Table<ChangeRow>) => {
        let data: ChangeRow[] | null = null;
        let model: RowModel<ChangeRow> = {rows: [], flatRows: [], rowsById: {}};
        return () => {
            if (table.options.data !== data) {
                data = table.options.data;
                const rows = data.map((original, index) => new LeanRow(table, String(original.change.seq), index, original).asRow());
                model = {rows, flatRows: rows, rowsById: {}};
                for (const row of rows) {
                    model.rowsById[row.id] = row;
                }
            }
            return model;
        };
    };
}
