import type {Virtualizer} from '@tanstack/react-virtual';
import {useEffect, useRef, useState, type KeyboardEvent, type RefObject} from 'react';

type Rows = Pick<Virtualizer<HTMLDivElement, HTMLTableRowElement>, 'range' | 'scrollToIndex'>;

/** One row of a long table has the keyboard; others get it by the arrow keys, Page Up, Page Down, Home and End. */
export function useRowFocus(count: number, body: RefObject<HTMLTableSectionElement | null>) {
    const [wanted, setCurrent] = useState(0);
    const hasMoved = useRef(false);
    const current = Math.max(0, Math.min(wanted, count - 1));

    // The row may be made only by the render that the move causes.
    useEffect(() => {
        if (hasMoved.current) {
            hasMoved.current = false;
            body.current?.querySelector<HTMLElement>(`tr[data-index="${current}"]`)?.focus({preventScroll: true});
        }
    }, [body, current]);

    const move = (event: KeyboardEvent, rows: Rows) => {
        const to = targetOf(event.key, current, count, rows.range ? rows.range.endIndex - rows.range.startIndex : 1);
        if (to === null) {
            return;
        }
        event.preventDefault();
        if (to !== current) {
            hasMoved.current = true;
            setCurrent(to);
            rows.scrollToIndex(to);
        }
    };
    return {current, setCurrent, move};
}

function targetOf(key: string, at: number, count: number, page: number): number | null {
    const steps: Record<string, number> = {ArrowUp: -1, ArrowDown: 1, PageUp: -page, PageDown: page, Home: -count, End: count};
    const step = steps[key];
    return step === undefined ? null : Math.max(0, Math.min(at + step, count - 1));
}
