import {FormattedMessage, useIntl} from 'react-intl';

import {TextList} from '../widgets/text_list';
import {UnfitPart} from '../widgets/unfit_part';

import {settingAt, type SettingProps} from './settings';

/** Entries of the list, and characters of one. */
const maxNames = 1000;
const maxName = 64;

/** Usernames that the sync gives to no account, besides those of Mattermost and usual bots. */
export function ReservedUsernames(props: SettingProps) {
    const intl = useIntl();
    const {faultPath, value, set, reset} = settingAt(props, ['accounts', 'reserved_usernames']);
    const label = <FormattedMessage id='entrasync.lifecycle.reserved_usernames'/>;
    if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) {
        return (
            <div className='EntraSync__setting'>
                <p className='EntraSync__label'>{label}</p>
                <UnfitPart path={faultPath} isDisabled={props.isDisabled} onReset={reset}/>
            </div>
        );
    }
    const names = value as string[];
    const isWrong = (name: string) => name.trim() === '' || name.trim().length > maxName;
    return (
        <TextList
            items={names}
            label={label}
            help={<FormattedMessage id='entrasync.lifecycle.reserved_usernames_help'/>}
            addLabel={intl.formatMessage({id: 'entrasync.lifecycle.reserved_usernames_add'})}
            max={maxNames}
            faultOf={(index) => (isWrong(names[index]!) ? intl.formatMessage({id: 'entrasync.lifecycle.reserved_usernames_fault'}, {max: maxName}) : null)}
            isDisabled={props.isDisabled}
            onChange={set}
        />
    );
}
