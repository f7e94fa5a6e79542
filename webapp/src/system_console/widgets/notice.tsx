import type {ReactNode} from 'react';

import {Icon} from './icon';

export type NoticeKind = 'info' | 'success' | 'warning' | 'danger';

interface Props {
    kind: NoticeKind;
    title?: ReactNode;
    children?: ReactNode;

    /** Read aloud as soon as it appears. */
    isUrgent?: boolean;
}

/** A colored box with a title. Its text has the meaning; the color only repeats it. */
export function Notice({kind, title, children, isUrgent = false}: Props) {
    return (
        <div className={noticeClass(kind)} role={isUrgent ? 'alert' : undefined}>
            <Icon name={kind} size={20}/>
            <div className='EntraSync__noticeBody'>
                {title && <p className='EntraSync__noticeTitle'>{title}</p>}
                {children}
            </div>
        </div>
    );
}

/** The look of a notice. The web client's class `warning` would color what is in it. */
export function noticeClass(kind: NoticeKind): string {
    return `sectionNoticeContainer EntraSync__notice EntraSync__notice--${kind}`;
}
