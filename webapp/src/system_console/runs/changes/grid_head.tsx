import {flexRender, type Header, type Table} from '@tanstack/react-table';
import {useEffect, useMemo, useRef} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {Icon} from '../../widgets/icon';

import type {ChangeRow} from './change_rows';

const ariaSort = {asc: 'ascending', desc: 'descending'} as const;

/** The names of the columns, by which the rows can be sorted, and the box that chooses all rows that pass the filters. */
export function GridHead({table, hasBoxes, hasDecisions}: {table: Table<ChangeRow>; hasBoxes: boolean; hasDecisions: boolean}) {
    return (
        <thead>
            <tr aria-rowindex={1}>
                {hasBoxes && <th scope='col' className='EntraSync__column--boxes'><AllBox table={table}/></th>}
                {table.getLeafHeaders().map((header) => <HeadCell key={header.id} header={header}/>)}
                {hasDecisions && <th scope='col' className='EntraSync__column--decide'><FormattedMessage id='entrasync.changes.decide'/></th>}
            </tr>
        </thead>
    );
}

function HeadCell({header}: {header: Header<ChangeRow, unknown>}) {
    const {column} = header;
    const name = flexRender(column.columnDef.header, header.getContext());
    const sorted = column.getIsSorted();
    if (!column.getCanSort()) {
        return <th scope='col' className={`EntraSync__column--${column.id}`}>{name}</th>;
    }
    return (
        <th scope='col' className={`EntraSync__column--${column.id}`} aria-sort={sorted ? ariaSort[sorted] : undefined}>
            <button type='button' className='EntraSync__sort' onClick={() => column.toggleSorting()}>
                {name}
                <Icon name={sorted === 'desc' ? 'down' : 'up'} size={14}/>
            </button>
        </th>
    );
}

function AllBox({table}: {table: Table<ChangeRow>}) {
    const intl = useIntl();
    const box = useRef<HTMLInputElement>(null);
    const {rows} = table.getFilteredRowModel();
    const {rowSelection} = table.getState();

    // The library also counts chosen rows that the filters hide, and rows that cannot be chosen.
    const {canAny, isAll, isSome} = useMemo(() => {
        const selectable = rows.filter((row) => row.getCanSelect());
        const count = selectable.filter(({id}) => rowSelection[id] === true).length;
        return {canAny: selectable.length > 0, isAll: count > 0 && count === selectable.length, isSome: count > 0 && count < selectable.length};
    }, [rows, rowSelection]);
    useEffect(() => {
        if (box.current) {
            box.current.indeterminate = isSome;
        }
    }, [isSome]);
    return (
        <input
            type='checkbox'
            ref={box}
            aria-label={intl.formatMessage({id: 'entrasync.changes.select_all'})}
            checked={isAll}
            disabled={!canAny}
            onChange={(event) => table.toggleAllRowsSelected(event.target.checked)}
        />
    );
}
