import {useEffect, type RefObject} from 'react';

/** What may have the focus in place of a control within it, the nearest first: a row, a panel, all below the tabs. */
const places = 'tr[tabindex], section, [role=tabpanel]';

/**
 * Keeps the keyboard on the page. A control that goes away with the focus on it, or goes off, would leave it nowhere, so that
 * Tab began at the top again; it moves to the nearest place around the control then, and returns once the control is back.
 */
export function useKeptFocus(root: RefObject<HTMLElement>): void {
    useEffect(() => {
        const element = root.current;
        return element ? keepFocus(element) : undefined;
    }, [root]);
}

function keepFocus(root: HTMLElement): () => void {
    let control: HTMLElement | null = null;
    let around: HTMLElement[] = [];
    let standIn: HTMLElement | null = null;
    let timer = 0;

    const onFocusIn = ({target}: FocusEvent) => {
        if (target !== standIn && target instanceof HTMLElement) {
            control = target;
            around = placesAround(target, root);
            standIn = null;
        }
    };

    // A click outside all controls removes the focus. So does a control that disappears, but that one is gone afterwards.
    const onFocusOut = ({target, relatedTarget}: FocusEvent) => {
        if (relatedTarget !== null) {
            control = root.contains(relatedTarget as Node) ? control : null;
            return;
        }
        queueMicrotask(() => {
            if ((target === standIn && canHaveFocus(standIn)) || (target === control && canHaveFocus(control))) {
                control = null;
            }
        });
    };

    const mend = () => {
        const current = document.activeElement;
        if (control === null || (current !== document.body && current !== control && current !== standIn)) {
            return;
        }
        if (canHaveFocus(control)) {
            control.focus({preventScroll: true});
            return;
        }
        if (standIn?.isConnected && current === standIn) {
            return;
        }
        standIn = around.find((place) => place.isConnected) ?? root.querySelector<HTMLElement>('[role=tabpanel]');
        if (standIn) {
            standIn.tabIndex = standIn.matches('[tabindex]') ? standIn.tabIndex : -1;
            // A panel stays where it is looked at; other content below the tabs is read from its beginning.
            standIn.focus({preventScroll: standIn.matches('section')});
        }
    };

    // Components that move the focus themselves come first.
    const observer = new MutationObserver(() => {
        window.clearTimeout(timer);
        timer = window.setTimeout(mend);
    });
    observer.observe(root, {subtree: true, childList: true, attributeFilter: ['disabled']});
    root.addEventListener('focusin', onFocusIn);
    root.addEventListener('focusout', onFocusOut);
    return () => {
        window.clearTimeout(timer);
        observer.disconnect();
        root.removeEventListener('focusin', onFocusIn);
        root.removeEventListener('focusout', onFocusOut);
    };
}

function placesAround(element: HTMLElement, root: HTMLElement): HTMLElement[] {
    const found: HTMLElement[] = [];
    for (let place = element.parentElement?.closest<HTMLElement>(places); place && root.contains(place); place = place.parentElement?.closest<HTMLElement>(places)) {
        found.push(place);
    }
    return found;
}

function canHaveFocus(element: HTMLElement | null): element is HTMLElement {
    return element !== null && element.isConnected && !element.matches(':disabled');
}
