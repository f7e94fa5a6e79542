import {createContext} from 'react';
import {FormattedMessage} from 'react-intl';

import {Notice} from '../widgets/notice';

/** False for users who may open the console's page without being system administrators: the plugin shows them nothing. */
export const MaySeeSync = createContext(true);

/** In place of everything that the plugin would have to tell. */
export function NoPermission() {
    return (
        <Notice kind='info' title={<FormattedMessage id='entrasync.no_permission.title'/>}>
            <p><FormattedMessage id='entrasync.no_permission.hint'/></p>
        </Notice>
    );
}
