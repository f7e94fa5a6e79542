import type {ReactNode} from 'react';

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
        <div className={`sectionNoticeContainer ${kind}`} role={isUrgent ? 'alert' : undefined}>
            {title && <p className='EntraSync__noticeTitle'>{title}</p>}
            {children}
        </div>
    );
}
