import {
    createColumnHelper,
    getFilteredRowModel,
    getSortedRowModel,
    useReactTable,
    type ColumnFiltersState,
    type FilterFn,
    type OnChangeFn,
    type RowSelectionState,
    type SortingFn,
    type Table,
} from '@tanstack/react-table';
import {useMemo} from 'react';
import {FormattedMessage} from 'react-intl';

import {actions, type Action, type ChangeStatus} from '../../../sync/lists';
import type {Reason} from '../../../sync/reasons';

import {searchText, type ChangeRow, type Filters} from './change_rows';
import {getLeanRowModel} from './lean_rows';

/** In the order of the characters: for 100,000 names a collation would take seconds. */
const byName: SortingFn<ChangeRow> = (a, b) => order(a.original.name, b.original.name);
const byAction: SortingFn<ChangeRow> = (a, b) => actions.indexOf(a.original.change.action) - actions.indexOf(b.original.change.action);
const byStatus: SortingFn<ChangeRow> = (a, b) => order(a.original.change.status, b.original.change.status);
const byReason: SortingFn<ChangeRow> = (a, b) => order(a.original.change.reason, b.original.change.reason);

function order(a: string, b: string): number {
    return a < b ? -1 : Number(a > b);
}

const hasText: FilterFn<ChangeRow> = ({original}, _, wanted: string) => original.text.includes(wanted);
const hasAction: FilterFn<ChangeRow> = ({original}, _, wanted: Action[]) => wanted.includes(original.change.action);
const hasStatus: FilterFn<ChangeRow> = ({original}, _, wanted: ChangeStatus[]) => wanted.includes(original.change.status);
const hasReason: FilterFn<ChangeRow> = ({original}, _, wanted: Reason[]) => wanted.includes(original.change.reason);
const hasTarget: FilterFn<ChangeRow> = ({original}, _, wanted: string[]) => wanted.includes(original.target);
const hasKinds: FilterFn<ChangeRow> = ({original}, _, wanted: Pick<Filters, 'isAddress' | 'isUnverified'>) => (
    (!wanted.isAddress || original.isAddress) && (!wanted.isUnverified || original.isUnverified));

const helper = createColumnHelper<ChangeRow>();

/** Made once, because new columns would reset the table. */
const columns = [
    helper.accessor('name', {id: 'person', header: () => <FormattedMessage id='entrasync.changes.person'/>, sortingFn: byName, filterFn: hasText}),
    helper.accessor('change.action', {id: 'action', header: () => <FormattedMessage id='entrasync.changes.action'/>, sortingFn: byAction, filterFn: hasAction}),
    helper.accessor('change.status', {id: 'status', header: () => <FormattedMessage id='entrasync.changes.status'/>, sortingFn: byStatus, filterFn: hasStatus}),
    helper.accessor('change.reason', {id: 'reason', header: () => <FormattedMessage id='entrasync.changes.reason'/>, sortingFn: byReason, filterFn: hasReason}),
    helper.accessor('target', {id: 'target', header: () => null, enableSorting: false, filterFn: hasTarget}),
    helper.accessor('isAddress', {id: 'fields', header: () => <FormattedMessage id='entrasync.changes.fields'/>, enableSorting: false, filterFn: hasKinds}),
];

/** The target is shown with the reason; its column is only for the filter. */
const columnVisibility = {target: false} as const;

/** Nothing to sort by is ever undefined. */
const defaultColumn = {sortUndefined: false} as const;

interface Options {
    rows: ChangeRow[];
    filters: Filters;
    selection: RowSelectionState;

    /** Must be stable. */
    canSelect(row: ChangeRow): boolean;
    onSelect: OnChangeFn<RowSelectionState>;
}

/** The table of changes, filtered and sorted; rows are known by `seq`. */
export function useChangeTable({rows, filters, selection, canSelect, onSelect}: Options): Table<ChangeRow> {
    const columnFilters = useMemo(() => columnFiltersOf(filters), [filters]);
    // eslint-disable-next-line react-hooks/incompatible-library -- the library answers the same functions with new results; nothing here is memoised by the React Compiler
    return useReactTable({
        data: rows,
        columns,
        defaultColumn,
        state: {columnFilters, columnVisibility, rowSelection: selection},

        // The box on top selects all of them at once, so it leaves out changes that need an approval of their own, except for those of
        // unverified addresses while only they are shown.
        enableRowSelection: ({original}) => canSelect(original) && (!original.isOwn || (filters.isUnverified && original.isUnverified)),
        enableSubRowSelection: false,
        enableMultiSort: false,
        sortDescFirst: false,
        enableGlobalFilter: false,
        onRowSelectionChange: onSelect,
        getCoreRowModel: getLeanRowModel(),
        getFilteredRowModel: getFilteredRowModel(),
        getSortedRowModel: getSortedRowModel(),

        // There are no pages or groups to go back to, and resetting them would show the table again.
        autoResetAll: false,
    });
}

function columnFiltersOf({text, actions, statuses, reasons, targets, isAddress, isUnverified}: Filters): ColumnFiltersState {
    const wanted = searchText(text.trim());
    return [
        ...(wanted === '' ? [] : [{id: 'person', value: wanted}]),
        ...(actions.length === 0 ? [] : [{id: 'action', value: actions}]),
        ...(statuses.length === 0 ? [] : [{id: 'status', value: statuses}]),
        ...(reasons.length === 0 ? [] : [{id: 'reason', value: reasons}]),
        ...(targets.length === 0 ? [] : [{id: 'target', value: targets}]),
        ...(isAddress || isUnverified ? [{id: 'fields', value: {isAddress, isUnverified}}] : []),
    ];
}
