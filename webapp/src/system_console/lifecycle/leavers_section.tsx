import {FormattedMessage, useIntl} from 'react-intl';

import {causes} from '../../sync/lists';
import {TextList} from '../widgets/text_list';
import {UnfitPart} from '../widgets/unfit_part';

import {NumberSetting} from './number_setting';
import {Section} from './section';
import {settingAt, type SettingProps} from './settings';
import {SwitchSetting} from './switch_setting';

/** Entries of the list of protected accounts, and characters of one. */
const maxProtected = 1000;
const maxKey = 320;

/** Which users count as having left, how long their accounts stay active, and which accounts are never deactivated. */
export function LeaversSection(props: SettingProps) {
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
    const {faultPath, value, set, reset} = settingAt(props, ['lifecycle', 'protected']);
    if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) {
        return (
            <div className='EntraSync__setting'>
                <p className='EntraSync__label'><FormattedMessage id='entrasync.lifecycle.protected'/></p>
                <UnfitPart path={faultPath} isDisabled={props.isDisabled} onReset={reset}/>
            </div>
        );
    }
    const keys = value as string[];
    return (
        <TextList
            items={keys}
            label={<FormattedMessage id='entrasync.lifecycle.protected'/>}
            help={<FormattedMessage id='entrasync.lifecycle.protected_help'/>}
            addLabel={intl.formatMessage({id: 'entrasync.lifecycle.protected_add'})}
            max={maxProtected}
            faultOf={(index) => (keys[index]!.trim() === '' || keys[index]!.trim().length > maxKey ? intl.formatMessage({id: 'entrasync.lifecycle.protected_fault'}, {max: maxKey}) : null)}
            isDisabled={props.isDisabled}
            onChange={set}
        />
    );
}
