import {useEffect, useRef, type RefObject} from 'react';

/** Gives the element with this ref the keyboard as soon as it is asked for. */
export function useFocusOn<T extends HTMLElement>(isAskedFor: boolean): RefObject<T> {
    const element = useRef<T>(null);
    useEffect(() => {
        if (isAskedFor) {
            element.current?.focus();
        }
    }, [isAskedFor]);
    return element;
}
