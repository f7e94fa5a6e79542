import {useEffect, type ReactNode} from 'react';

import {useElementId} from './use_element_id';
import {useFocusOn} from './use_focus_on';

interface Props {
    title: ReactNode;
    description?: ReactNode;

    /** Buttons beside the title. */
    actions?: ReactNode;

    /** Scrolled into view and focused when it appears, because the user opened it elsewhere on the page. */
    isAskedFor?: boolean;
    children: ReactNode;
}

/** A titled block in the look of the console's newer pages; a landmark for screen readers. */
export function Panel({title, description, actions, isAskedFor = false, children}: Props) {
    const titleId = useElementId();
    const section = useFocusOn<HTMLElement>(isAskedFor);

    // The focus only brings what is there already into view, and most panels load their content.
    useEffect(() => {
        if (isAskedFor) {
            section.current?.scrollIntoView({block: 'start'});
        }
    }, [isAskedFor, section]);
    return (
        <section className='AdminSectionPanel' aria-labelledby={titleId} ref={section} tabIndex={isAskedFor ? -1 : undefined}>
            <div className='AdminSectionPanel__header'>
                <div>
                    <h2 className='AdminSectionPanel__title' id={titleId}>{title}</h2>
                    {description && <p className='AdminSectionPanel__description'>{description}</p>}
                </div>
                {actions && <div className='EntraSync__actions'>{actions}</div>}
            </div>
            <div className='AdminSectionPanel__body'>{children}</div>
        </section>
    );
}
