import {useLayoutEffect, useRef, type RefObject} from 'react';

/** Gives the element with this ref the place and the width of the console's input above it, which are not those of its column. */
export function useBelowInput(): RefObject<HTMLDivElement> {
    const element = useRef<HTMLDivElement>(null);
    useLayoutEffect(() => {
        const below = element.current;
        const input = below && inputAbove(below);
        if (!below || !input) {
            return undefined;
        }
        const align = () => {
            below.style.marginLeft = '0';
            const {left, width} = input.getBoundingClientRect();
            below.style.marginLeft = `${left - below.getBoundingClientRect().left}px`;
            below.style.width = `${width}px`;
        };
        align();
        const observer = new ResizeObserver(align);
        observer.observe(input);
        return () => observer.disconnect();
    }, []);
    return element;
}

/** The last input before `element` among its siblings. */
function inputAbove(element: Element): Element | undefined {
    for (let above = element.previousElementSibling; above; above = above.previousElementSibling) {
        const inputs = above.querySelectorAll('.form-control');
        if (inputs.length > 0) {
            return inputs[inputs.length - 1];
        }
    }
    return undefined;
}
