import type {MouseEvent, ReactNode} from 'react';

import {hashOf, startingPlace, type Place} from './place';
import {usePlace} from './use_place';

interface Props {
    to: Partial<Place>;
    className?: string;
    children: ReactNode;
}

/** A link to another place of the page, which can also be copied or opened in a new window. */
export function PlaceLink({to, className, children}: Props) {
    const {go} = usePlace();
    const follow = (event: MouseEvent) => {
        if (!event.metaKey && !event.ctrlKey && !event.shiftKey) {
            event.preventDefault();
            go(to);
        }
    };
    return <a className={className} href={hashOf({...startingPlace, ...to})} onClick={follow}>{children}</a>;
}
