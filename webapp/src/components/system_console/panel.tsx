import {useId, type ReactNode} from 'react';

interface Props {
    title: ReactNode;
    description?: ReactNode;

    /** Buttons that stand beside the title. */
    actions?: ReactNode;
    children: ReactNode;
}

/** A titled block in the look of the console's newer pages; a landmark for screen readers. */
export function Panel({title, description, actions, children}: Props) {
    const titleId = useId();
    return (
        <section className='AdminSectionPanel' aria-labelledby={titleId}>
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
