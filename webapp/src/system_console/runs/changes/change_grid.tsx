import type {Row, RowSelectionState, SortingState, Table} from '@tanstack/react-table';
import {Fragment, memo, useEffect, useRef, type RefObject} from 'react';
import {useIntl} from 'react-intl';

import {ignoreEnter} from '../../widgets/ignore_enter';

import type {ChangeRow, Filters} from './change_rows';
import {GridHead} from './grid_head';
import {GridRow, type RowActions} from './grid_row';
import {useRowFocus} from './use_row_focus';
import {useVisibleRows} from './use_visible_rows';

interface Props extends RowActions {

    /** What scrolls. */
    grid: RefObject<HTMLDivElement>;
    table: Table<ChangeRow>;

    /** Those of the table that pass its filters, in its order. */
    rows: Array<Row<ChangeRow>>;

    /** The table's own state, so that this memoised component sees it change. */
    sorting: SortingState;
    selection: RowSelectionState;
    filters: Filters;

    /** Which rows can be chosen; null where there is nothing to choose them for. */
    canSelect: ((row: ChangeRow) => boolean) | null;

    /** Chooses the change with this number, or lets it go. */
    onSelect(seq: number, isSelected: boolean): void;

    /** The change whose details are shown, or 0. */
    openSeq: number;
}

/** The changes as a grid in which only the visible rows exist. The arrow keys move from row to row, Enter opens one. */
export const ChangeGrid = memo(function ChangeGrid({grid, table, rows, sorting, selection, filters, canSelect, onSelect, openSeq, ...actions}: Props) {
    const intl = useIntl();
    const body = useRef<HTMLTableSectionElement>(null);
    const focus = useRowFocus(rows.length, body);
    const {items, after, virtualizer} = useVisibleRows(rows, grid, focus.current);
    const hasBoxes = canSelect !== null;
    const hasDecisions = actions.onApprove !== undefined;

    // What matches is looked at from its beginning.
    useEffect(() => virtualizer.scrollToOffset(0), [virtualizer, filters, sorting]);

    return (
        <div className={openSeq === 0 ? 'EntraSync__grid' : 'EntraSync__grid EntraSync__grid--split'} ref={grid} onKeyDown={ignoreEnter}>
            <table
                role='grid'
                className='EntraSync__table EntraSync__gridTable'
                aria-label={intl.formatMessage({id: 'entrasync.changes.title'})}
                aria-rowcount={rows.length + 1}
                aria-multiselectable={hasBoxes ? true : undefined}
            >
                <GridHead table={table} hasBoxes={hasBoxes} hasDecisions={hasDecisions}/>
                <tbody ref={body} onKeyDown={(event) => focus.move(event, virtualizer)}>
                    {items.map(({index, gap}) => {
                        const row = rows[index] as Row<ChangeRow>;
                        return (
                            <Fragment key={row.id}>
                                {gap > 0 && <Gap height={gap}/>}
                                <GridRow
                                    row={row.original}
                                    index={index}
                                    isCurrent={index === focus.current}
                                    isOpen={row.original.change.seq === openSeq}
                                    hasBoxes={hasBoxes}
                                    isSelected={canSelect?.(row.original) ? selection[row.id] === true : null}
                                    measure={virtualizer.measureElement}
                                    onFocus={focus.setCurrent}
                                    onSelect={onSelect}
                                    {...actions}
                                />
                            </Fragment>
                        );
                    })}
                    {after > 0 && <Gap height={after}/>}
                </tbody>
            </table>
        </div>
    );
});

/** Takes the space of rows that are not visible. */
function Gap({height}: {height: number}) {
    return <tr aria-hidden={true} className='EntraSync__gap' style={{height}}/>;
}
