import {FormattedMessage, useIntl} from 'react-intl';

import {nameOf} from '../../i18n/name_of';
import type {SettingKey} from '../../sync/settings/keys';
import {Notice} from '../widgets/notice';

interface Props {

    /** None for secrets alone. */
    keys: SettingKey[];
    onOverwrite(): void;

    /** Null where nothing is edited here, so that a reload loses nothing, or where the same setting is. */
    onTakeOver: (() => void) | null;
}

/** Another administrator has saved settings since this page was opened. Saving does not overwrite them without a confirmation. */
export function SettingsChangedNotice({keys, onOverwrite, onTakeOver}: Props) {
    const intl = useIntl();
    return (
        <Notice kind='warning' isUrgent={true} title={<FormattedMessage id='entrasync.foreign.title'/>}>
            <p>
                {keys.length > 0 ?
                    <FormattedMessage id='entrasync.foreign.which' values={{settings: intl.formatList(keys.map((key) => nameOf(intl, 'setting', key)))}}/> :
                    <FormattedMessage id='entrasync.foreign.secret'/>}
            </p>
            {onTakeOver && <p><FormattedMessage id='entrasync.foreign.take_over_hint'/></p>}
            <div className='EntraSync__actions'>
                {onTakeOver && <button type='button' className='btn btn-primary' onClick={onTakeOver}><FormattedMessage id='entrasync.foreign.take_over'/></button>}
                <button type='button' className={onTakeOver ? 'btn btn-tertiary' : 'btn btn-primary'} onClick={() => window.location.reload()}><FormattedMessage id='entrasync.foreign.reload'/></button>
                <button type='button' className='btn btn-tertiary' onClick={onOverwrite}><FormattedMessage id='entrasync.foreign.overwrite'/></button>
            </div>
        </Notice>
    );
}
