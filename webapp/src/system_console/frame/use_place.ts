import {useCallback, useLayoutEffect, useState} from 'react';
import {useDispatch, useSelector} from 'react-redux';

import {placeChanged} from '../../store/actions';
import {currentPlace} from '../../store/selectors';

import {hashOf, placeOf, startingPlace, type Place} from '../../store/place';

/** The current place on the page, and a function that changes it. What `go` omits takes its starting value. */
export function usePlace() {
    const dispatch = useDispatch();
    const place = useSelector(currentPlace);
    const go = useCallback((to: Partial<Place>) => {
        const next = {...startingPlace, ...to};
        // Not by the router of the web client: it would ask about unsaved settings, which stay where they are.
        window.history.replaceState(window.history.state, '', hashOf(next));
        dispatch(placeChanged(next));
    }, [dispatch]);
    return {place, go};
}

/** Follows the address as long as the page is shown. False until the place is known, which is before the first paint. */
export function usePlaceOfAddress(): boolean {
    const dispatch = useDispatch();
    const [isKnown, setIsKnown] = useState(false);
    useLayoutEffect(() => {
        const follow = () => {
            dispatch(placeChanged(placeOf(window.location.hash)));
            setIsKnown(true);
        };
        follow();
        window.addEventListener('hashchange', follow);
        return () => window.removeEventListener('hashchange', follow);
    }, [dispatch]);
    return isKnown;
}
