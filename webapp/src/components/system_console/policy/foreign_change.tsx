import {FormattedMessage, useIntl} from 'react-intl';

import {nameOf} from '../../../i18n/name_of';
import type {SettingKey} from '../../../sync/settings/keys';
import {Notice} from '../widgets/notice';

interface Props {
    keys: SettingKey[];
    onOverwrite(): void;
}

/** Another administrator has saved settings since this page was opened: nothing is saved over them unless somebody says so. */
export function ForeignChange({keys, onOverwrite}: Props) {
    const intl = useIntl();
    return (
        <Notice kind='warning' isUrgent={true} title={<FormattedMessage id='entrasync.foreign.title'/>}>
            <p><FormattedMessage id='entrasync.foreign.which' values={{settings: intl.formatList(keys.map((key) => nameOf(intl, 'setting', key)))}}/></p>
            <div className='EntraSync__actions'>
                <button type='button' className='btn btn-primary' onClick={() => window.location.reload()}><FormattedMessage id='entrasync.foreign.reload'/></button>
                <button type='button' className='btn btn-tertiary' onClick={onOverwrite}><FormattedMessage id='entrasync.foreign.overwrite'/></button>
            </div>
        </Notice>
    );
}
