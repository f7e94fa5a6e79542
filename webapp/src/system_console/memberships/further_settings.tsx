import {FormattedMessage, useIntl} from 'react-intl';

import {announcements, rejoinChoices} from '../../sync/policy/memberships';
import {ChoiceSetting} from '../policy/settings/choice_setting';
import {NumberSetting} from '../policy/settings/number_setting';
import type {SettingProps} from '../policy/settings/settings';
import {useElementId} from '../widgets/use_element_id';

/** What holds for all rules. */
export function FurtherSettings(props: SettingProps) {
    const intl = useIntl();
    const id = useElementId();
    return (
        <section className='EntraSync__scopeList' aria-labelledby={id}>
            <h3 id={id} className='EntraSync__subtitle'><FormattedMessage id='entrasync.memberships.settings'/></h3>
            <ChoiceSetting
                {...props}
                path={['memberships', 'rejoin']}
                label={<FormattedMessage id='entrasync.memberships.rejoin'/>}
                options={rejoinChoices.map((value) => ({value, name: intl.formatMessage({id: `entrasync.memberships.rejoin_${value}`})}))}
                consequence={(value) => <FormattedMessage id={`entrasync.memberships.rejoin_${value}_help`}/>}
            />
            <ChoiceSetting
                {...props}
                path={['memberships', 'announce']}
                label={<FormattedMessage id='entrasync.memberships.announce'/>}
                options={announcements.map((value) => ({value, name: intl.formatMessage({id: `entrasync.memberships.announce_${value}`})}))}
                consequence={(value) => <FormattedMessage id={`entrasync.memberships.announce_${value}_help`}/>}
            />
            <NumberSetting
                {...props}
                name='membership_minutes'
                label={<FormattedMessage id='entrasync.memberships.minutes'/>}
                consequence={(value) => <FormattedMessage id='entrasync.memberships.minutes_help' values={{value}}/>}
            />
        </section>
    );
}
