import {FormattedMessage, useIntl} from 'react-intl';

import {recreatedChoices, unverifiedChoices, type Recreated, type Unverified} from '../../sync/policy/accounts';

import {ChoiceSetting} from '../policy/settings/choice_setting';
import {MatchingOrder} from './matching_order';
import {Section} from './section';
import type {SettingProps} from '../policy/settings/settings';
import {SwitchSetting} from './switch_setting';

/** Which existing account is whose. */
export function MatchingSection(props: SettingProps) {
    const intl = useIntl();
    return (
        <Section name='matching' {...props}>
            <MatchingOrder {...props}/>
            <SwitchSetting
                {...props}
                path={['accounts', 'adopt', 'enabled']}
                label={<FormattedMessage id='entrasync.lifecycle.adopt'/>}
                consequence={(isOn) => <FormattedMessage id={isOn ? 'entrasync.lifecycle.adopt_on' : 'entrasync.lifecycle.adopt_off'}/>}
            />
            <SwitchSetting
                {...props}
                path={['accounts', 'adopt', 'verified_email_only']}
                label={<FormattedMessage id='entrasync.lifecycle.verified'/>}
                consequence={(isOn) => <FormattedMessage id={isOn ? 'entrasync.lifecycle.verified_on' : 'entrasync.lifecycle.verified_off'}/>}
            />
            <ChoiceSetting<Unverified>
                {...props}
                path={['accounts', 'adopt', 'unverified']}
                label={<FormattedMessage id='entrasync.lifecycle.unverified'/>}
                options={unverifiedChoices.map((value) => ({value, name: intl.formatMessage({id: `entrasync.lifecycle.unverified_${value}`})}))}
                consequence={(value) => <FormattedMessage id={`entrasync.lifecycle.unverified_${value}_help`}/>}
            />
            <ChoiceSetting<Recreated>
                {...props}
                path={['accounts', 'recreated']}
                label={<FormattedMessage id='entrasync.lifecycle.recreated'/>}
                options={recreatedChoices.map((value) => ({value, name: intl.formatMessage({id: `entrasync.lifecycle.recreated_${value}`})}))}
                consequence={(value) => <FormattedMessage id={`entrasync.lifecycle.recreated_${value}_help`}/>}
            />
        </Section>
    );
}
