import type {Row} from '@tanstack/react-table';
import {defaultRangeExtractor, useVirtualizer, type Range} from '@tanstack/react-virtual';
import {useCallback, type RefObject} from 'react';

import type {ChangeRow} from './change_rows';

/** In px: what most rows measure, and the head, which covers the uppermost rows. */
const rowHeight = 61;
const headHeight = 45;

/** Rows that are kept ready above and below those in sight. */
const overscan = 8;

const estimateSize = () => rowHeight;

/** Which rows are rendered, each with the empty space (px) above it that replaces the others; `after` is the space below the last. */
export function useVisibleRows(rows: Array<Row<ChangeRow>>, scroller: RefObject<HTMLDivElement | null>, current: number) {
    const getItemKey = useCallback((index: number) => rows[index]?.id ?? index, [rows]);
    // eslint-disable-next-line react-hooks/incompatible-library -- the library answers the same functions with new results; nothing here is memoised by the React Compiler
    const virtualizer = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
        count: rows.length,
        getScrollElement: () => scroller.current,
        estimateSize,
        getItemKey,
        overscan,
        scrollPaddingEnd: headHeight,

        // The focused row stays rendered while the user scrolls with the mouse.
        rangeExtractor: (range: Range) => [...new Set([...defaultRangeExtractor(range), current])].filter((index) => index < rows.length).sort((a, b) => a - b),
    });
    let end = 0;
    const items = virtualizer.getVirtualItems().map((item) => {
        const gap = item.start - end;
        end = item.end;
        return {index: item.index, gap};
    });
    return {items, after: virtualizer.getTotalSize() - end, virtualizer};
}
