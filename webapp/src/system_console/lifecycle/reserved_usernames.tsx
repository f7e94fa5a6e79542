import {FormattedMessage, useIntl} from 'react-intl';

import {ListSetting} from './list_setting';
import type {SettingProps} from '../policy/settings/settings';

/** Entries of the list, and characters of one. */
const maxNames = 1000;
const maxName = 64;

/** Usernames that the sync gives to no account, besides those of Mattermost and usual bots. */
export function ReservedUsernames(props: SettingProps) {
    const intl = useIntl();
    return (
        <ListSetting
            {...props}
            path={['accounts', 'reserved_usernames']}
            label={<FormattedMessage id='entrasync.lifecycle.reserved_usernames'/>}
            help={<FormattedMessage id='entrasync.lifecycle.reserved_usernames_help'/>}
            addLabel={intl.formatMessage({id: 'entrasync.lifecycle.reserved_usernames_add'})}
            max={maxNames}
            maxLength={maxName}
            fault={intl.formatMessage({id: 'entrasync.lifecycle.reserved_usernames_fault'}, {max: maxName})}
        />
    );
}
