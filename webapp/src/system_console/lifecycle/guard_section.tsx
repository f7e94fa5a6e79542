import {FormattedMessage, useIntl} from 'react-intl';

import {useElementId} from '../widgets/use_element_id';
import {guardKinds, type GuardKind} from '../../sync/lists';
import {scopeChangeChoices} from '../../sync/policy/guard';

import {ChoiceSetting} from './choice_setting';
import {NumberSetting} from './number_setting';
import {Section} from './section';
import {settingAt, type SettingProps} from './settings';

/** What a run holds until an administrator approves it. */
export function GuardSection(props: SettingProps) {
    return (
        <Section name='guard' {...props}>
            {guardKinds.map((kind) => <Brake key={kind} kind={kind} {...props}/>)}
            <ScopeChanges {...props}/>
            <NumberSetting
                {...props}
                name='window_hours'
                label={<FormattedMessage id='entrasync.lifecycle.window_hours'/>}
                consequence={(value) => <FormattedMessage id='entrasync.lifecycle.window_hours_help' values={{value}}/>}
            />
            <NumberSetting
                {...props}
                name='min_directory_percent'
                label={<FormattedMessage id='entrasync.lifecycle.min_directory'/>}
                consequence={(value) => <FormattedMessage id='entrasync.lifecycle.min_directory_help' values={{value}}/>}
            />
            <NumberSetting
                {...props}
                name='approval_days'
                label={<FormattedMessage id='entrasync.lifecycle.approval_days'/>}
                consequence={(value) => <FormattedMessage id='entrasync.lifecycle.approval_days_help' values={{value}}/>}
            />
        </Section>
    );
}

/** Users who leave the scope because an attribute changed. */
function ScopeChanges(props: SettingProps) {
    const intl = useIntl();
    return (
        <ChoiceSetting
            {...props}
            path={['guard', 'scope_attribute_changes']}
            label={<FormattedMessage id='entrasync.lifecycle.scope_attribute_changes'/>}
            options={scopeChangeChoices.map((value) => ({value, name: intl.formatMessage({id: `entrasync.lifecycle.scope_attribute_changes_${value}`})}))}
            consequence={(value) => <FormattedMessage id={`entrasync.lifecycle.scope_attribute_changes_${value}_help`}/>}
        />
    );
}

/** When changes of one kind are too many. */
function Brake({kind, ...props}: SettingProps & {kind: GuardKind}) {
    const id = useElementId();
    return (
        <fieldset className='EntraSync__brake' aria-labelledby={id} aria-describedby={`${id}-result`}>
            <p id={id} className='EntraSync__label'><FormattedMessage id={`entrasync.lifecycle.${kind}`}/></p>
            <p id={`${id}-result`} className='help-text'>
                <BrakeResult kind={kind} {...props}/>
                {kind === 'creations' && <> <FormattedMessage id='entrasync.lifecycle.creations_help'/></>}
                {kind === 'emptied_fields' && <> <FormattedMessage id='entrasync.lifecycle.emptied_fields_help'/></>}
            </p>
            <div className='EntraSync__pair'>
                <NumberSetting
                    {...props}
                    name={`${kind}.more_than`}
                    label={<FormattedMessage id='entrasync.lifecycle.more_than'/>}
                    consequence={() => <FormattedMessage id='entrasync.lifecycle.more_than_help'/>}
                />
                <NumberSetting
                    {...props}
                    name={`${kind}.percent`}
                    label={<FormattedMessage id='entrasync.lifecycle.percent'/>}
                    consequence={() => <FormattedMessage id='entrasync.lifecycle.percent_help'/>}
                />
                <NumberSetting
                    {...props}
                    name={`${kind}.max_percent`}
                    label={<FormattedMessage id='entrasync.lifecycle.max_percent'/>}
                    consequence={() => <FormattedMessage id={`entrasync.lifecycle.max_percent_${kind === 'creations' ? 'none_help' : 'help'}`}/>}
                />
                <NumberSetting
                    {...props}
                    name={`${kind}.never_more_than`}
                    label={<FormattedMessage id='entrasync.lifecycle.never_more_than'/>}
                    consequence={() => <FormattedMessage id='entrasync.lifecycle.never_more_than_help'/>}
                />
            </div>
        </fieldset>
    );
}

/** The numbers in a sentence or two. */
function BrakeResult({kind, ...props}: SettingProps & {kind: GuardKind}) {
    const [more_than, percent, max, never] = (['more_than', 'percent', 'max_percent', 'never_more_than'] as const).
        map((name) => settingAt(props, ['guard', kind, name]).value);
    const hours = settingAt(props, ['guard', 'window_hours']).value as number;
    if (typeof more_than !== 'number' || typeof percent !== 'number') {
        return null;
    }
    if (typeof never === 'number' && never <= more_than) {
        return <FormattedMessage id='entrasync.lifecycle.brake_never' values={{never}}/>;
    }
    return (
        <>
            <FormattedMessage id='entrasync.lifecycle.brake' values={{more_than, percent, hours}}/>
            {typeof max === 'number' && max < 100 && <> <FormattedMessage id='entrasync.lifecycle.brake_max' values={{max}}/></>}
            {typeof never === 'number' && <> <FormattedMessage id='entrasync.lifecycle.brake_besides' values={{never}}/></>}
        </>
    );
}
