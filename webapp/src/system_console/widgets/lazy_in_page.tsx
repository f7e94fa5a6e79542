import type {ComponentType, ReactNode} from 'react';
import {FormattedMessage} from 'react-intl';

import {lazyPart, type MissingProps} from './lazy_part';
import {Notice} from './notice';

/** `lazyPart` for parts of the page. What the page shows meanwhile is not in the file that every user of Mattermost loads. */
export function lazyInPage<Props extends object>(load: () => Promise<{default: ComponentType<Props>}>, fallback: ReactNode = <Loading/>): ComponentType<Props> {
    return lazyPart(load, fallback, MissingNotice);
}

export function Loading() {
    return <p role='status'><FormattedMessage id='entrasync.loading'/></p>;
}

function MissingNotice({title, children}: MissingProps) {
    return <Notice kind='danger' title={title} isUrgent={true}>{children}</Notice>;
}
