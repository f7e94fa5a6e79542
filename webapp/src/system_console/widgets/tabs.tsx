import {useEffect, useRef, type KeyboardEvent, type ReactNode} from 'react';

import {useElementId} from './use_element_id';

interface Props<T extends string> {
    tabs: ReadonlyArray<{name: T; label: ReactNode}>;
    current: T;

    /** What the tabs divide, for screen readers. */
    label: string;
    onChoose(tab: T): void;
    children: ReactNode;
}

const steps: Record<string, number> = {ArrowLeft: -1, ArrowRight: 1};

/** A row of tabs and the panel of the current one; the arrow keys, Home and End move between them. */
export function Tabs<T extends string>({tabs, current, label, onChoose, children}: Props<T>) {
    const id = useElementId();
    const row = useRef<HTMLDivElement>(null);
    const at = tabs.findIndex(({name}) => name === current);
    useEffect(() => showSelected(row.current), [current]);
    const move = (event: KeyboardEvent) => {
        const to = targetOf(event.key, at, tabs.length);
        if (to !== null) {
            event.preventDefault();
            onChoose(tabs[to]!.name);
            row.current?.querySelectorAll<HTMLElement>('[role=tab]')[to]?.focus();
        }
    };
    return (
        <>
            <div className='EntraSync__tabs' role='tablist' aria-label={label} ref={row} onKeyDown={move}>
                {tabs.map(({name, label: text}) => (
                    <button
                        key={name}
                        type='button'
                        role='tab'
                        id={`${id}-${name}`}
                        className='EntraSync__tab'
                        aria-selected={name === current}
                        aria-controls={`${id}-panel`}
                        tabIndex={name === current ? 0 : -1}
                        onClick={() => onChoose(name)}
                    >
                        {text}
                    </button>
                ))}
            </div>
            <div role='tabpanel' id={`${id}-panel`} aria-labelledby={`${id}-${current}`}>{children}</div>
        </>
    );
}

/** In a narrow window not all tabs are visible. The current one is always scrolled to the middle. */
function showSelected(row: HTMLElement | null): void {
    const selected = row?.querySelector('[aria-selected=true]');
    if (row && selected) {
        const [outer, inner] = [row.getBoundingClientRect(), selected.getBoundingClientRect()];
        row.scrollLeft += (inner.left + (inner.width / 2)) - (outer.left + (outer.width / 2));
    }
}

function targetOf(key: string, at: number, count: number): number | null {
    if (key === 'Home' || key === 'End') {
        return key === 'Home' ? 0 : count - 1;
    }
    const step = steps[key];
    return step === undefined ? null : (at + step + count) % count;
}
