import {useEffect} from 'react';

import type {Place} from '../../store/place';

import {usePlace} from './use_place';

const controls = 'input, select, textarea, button';

/** Gives the control that the place names the focus, in the middle of the view, whenever the user goes to that place. `elementOf` finds it, or what contains it. */
export function useFocusOfPlace(elementOf: (focus: Exclude<Place['focus'], ''>) => Element | null | undefined): void {
    const {place} = usePlace();
    useEffect(() => {
        const element = place.focus === '' ? null : elementOf(place.focus);
        const control = element?.matches(controls) ? element : element?.querySelector('input:checked') ?? element?.querySelector(controls);
        if (control instanceof HTMLElement) {
            control.focus({preventScroll: true});
            control.scrollIntoView({block: 'center'});
        }
        // eslint-disable-next-line react-hooks/exhaustive-deps -- the focus moves with the place, and never while the user works
    }, [place]);
}
