import type {AnchorHTMLAttributes, MouseEvent} from 'react';

import {hashOf, startingPlace, type Place} from '../../store/place';
import {usePlace} from './use_place';

interface Props extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'onClick'> {
    to: Partial<Place>;
}

/** A link to another place of the page, which can also be copied or opened in a new window. */
export function PlaceLink({to, ...attributes}: Props) {
    const {go} = usePlace();
    const follow = (event: MouseEvent) => {
        if (!event.metaKey && !event.ctrlKey && !event.shiftKey) {
            event.preventDefault();
            go(to);
        }
    };
    return <a {...attributes} href={hashOf({...startingPlace, ...to})} onClick={follow}/>;
}
