/** Moves the focus to the panel around `element`, or else to the tab's content: they stay, and show the result of the action. */
export function focusAround(element: HTMLElement | null): void {
    const place = element?.closest<HTMLElement>('section') ?? element?.closest('.EntraSync')?.querySelector<HTMLElement>('[role=tabpanel]');
    if (place) {
        place.tabIndex = -1;
        place.focus();
    }
}
