import {FormattedMessage, useIntl} from 'react-intl';

import {causes} from '../../sync/lists';
import {otherMethodChoices, unlinkedChoices, type OtherMethod, type Unlinked} from '../../sync/policy/lifecycle';

import {ChoiceSetting} from '../policy/settings/choice_setting';
import {ListSetting} from './list_setting';
import {NumberSetting} from '../policy/settings/number_setting';
import {Section} from './section';
import {settingAt, type SettingProps} from '../policy/settings/settings';
import {SwitchSetting} from './switch_setting';

/** Entries of the list of protected accounts, and characters of one. */
const maxProtected = 1000;
const maxKey = 320;

/** Which users count as having left, how long their accounts stay active, and which accounts are never deactivated. */
export function LeaversSection(props: SettingProps) {
    const intl = useIntl();
    return (
        <Section name='leavers' {...props}>
            {causes.map((cause) => (
                <SwitchSetting
                    key={cause}
                    {...props}
                    path={['lifecycle', 'leavers', cause]}
                    label={<FormattedMessage id={`entrasync.lifecycle.${cause}`}/>}
                    consequence={(isOn) => <FormattedMessage id={isOn ? `entrasync.lifecycle.${cause}_on` : 'entrasync.lifecycle.cause_off'}/>}
                />
            ))}
            <NumberSetting
                {...props}
                name='missing_reads'
                label={<FormattedMessage id='entrasync.lifecycle.missing_reads'/>}
                consequence={(value) => <FormattedMessage id='entrasync.lifecycle.missing_reads_help' values={{value}}/>}
            />
            <NumberSetting
                {...props}
                name='min_minutes_between_reads'
                label={<FormattedMessage id='entrasync.lifecycle.min_minutes_between_reads'/>}
                consequence={(value) => <FormattedMessage id='entrasync.lifecycle.min_minutes_between_reads_help' values={{value}}/>}
            />
            <NumberSetting
                {...props}
                name='grace_days'
                label={<FormattedMessage id='entrasync.lifecycle.grace_days'/>}
                consequence={(value) => <FormattedMessage id='entrasync.lifecycle.grace_days_help' values={{value}}/>}
            />
            <Deadline {...props}/>
            <ChoiceSetting<OtherMethod>
                {...props}
                path={['lifecycle', 'leavers', 'other_sign_in_method']}
                label={<FormattedMessage id='entrasync.lifecycle.other_method'/>}
                options={otherMethodChoices.map((value) => ({value, name: intl.formatMessage({id: `entrasync.lifecycle.other_method_${value}`})}))}
                consequence={(value) => <FormattedMessage id={`entrasync.lifecycle.other_method_${value}_help`}/>}
            />
            <ChoiceSetting<Unlinked>
                {...props}
                path={['lifecycle', 'leavers', 'disabled_unlinked']}
                label={<FormattedMessage id='entrasync.lifecycle.unlinked'/>}
                options={unlinkedChoices.map((value) => ({value, name: intl.formatMessage({id: `entrasync.lifecycle.unlinked_${value}`})}))}
                consequence={(value) => <FormattedMessage id={`entrasync.lifecycle.unlinked_${value}_help`}/>}
            />
            <SwitchSetting
                {...props}
                path={['lifecycle', 'release_addresses']}
                label={<FormattedMessage id='entrasync.lifecycle.release_addresses'/>}
                consequence={(isOn) => <FormattedMessage id={isOn ? 'entrasync.lifecycle.release_addresses_on' : 'entrasync.lifecycle.release_addresses_off'}/>}
            />
            <Protected {...props}/>
        </Section>
    );
}

/** Both numbers in one sentence. */
function Deadline(props: SettingProps) {
    const reads = settingAt(props, ['lifecycle', 'leavers', 'missing_reads']).value;
    const days = settingAt(props, ['lifecycle', 'leavers', 'grace_days']).value;
    const isOn = settingAt(props, ['lifecycle', 'deactivate']).value === true && settingAt(props, ['lifecycle', 'leavers', 'missing']).value === true;
    if (!isOn || typeof reads !== 'number' || typeof days !== 'number') {
        return null;
    }
    return <p className='EntraSync__deadline'><FormattedMessage id='entrasync.lifecycle.deadline' values={{reads, days}}/></p>;
}

function Protected(props: SettingProps) {
    const intl = useIntl();
    return (
        <ListSetting
            {...props}
            path={['lifecycle', 'protected']}
            label={<FormattedMessage id='entrasync.lifecycle.protected'/>}
            help={<FormattedMessage id='entrasync.lifecycle.protected_help'/>}
            addLabel={intl.formatMessage({id: 'entrasync.lifecycle.protected_add'})}
            max={maxProtected}
            maxLength={maxKey}
            fault={intl.formatMessage({id: 'entrasync.lifecycle.protected_fault'}, {max: maxKey})}
        />
    );
}
