import {FormattedMessage, useIntl} from 'react-intl';

import {ChoiceSetting} from './choice_setting';
import {MatchingOrder} from './matching_order';
import {Section} from './section';
import type {SettingProps} from './settings';
import {SwitchSetting} from './switch_setting';

type Recreated = 'conflict' | 'relink';

/** Which existing account is whose. */
export function MatchingSection(props: SettingProps) {
    const intl = useIntl();
    return (
        <Section name='matching'>
            <MatchingOrder {...props}/>
            <SwitchSetting
                {...props}
                path={['accounts', 'adopt', 'enabled']}
                label={<FormattedMessage id='entrasync.rules.adopt'/>}
                consequence={(isOn) => <FormattedMessage id={isOn ? 'entrasync.rules.adopt_on' : 'entrasync.rules.adopt_off'}/>}
            />
            <SwitchSetting
                {...props}
                path={['accounts', 'adopt', 'verified_email_only']}
                label={<FormattedMessage id='entrasync.rules.verified'/>}
                consequence={(isOn) => <FormattedMessage id={isOn ? 'entrasync.rules.verified_on' : 'entrasync.rules.verified_off'}/>}
            />
            <ChoiceSetting<Recreated>
                {...props}
                path={['accounts', 'recreated']}
                label={<FormattedMessage id='entrasync.rules.recreated'/>}
                options={(['conflict', 'relink'] as const).map((value) => ({value, name: intl.formatMessage({id: `entrasync.rules.recreated_${value}`})}))}
                consequence={(value) => <FormattedMessage id={`entrasync.rules.recreated_${value}_help`}/>}
            />
        </Section>
    );
}
