import {FormattedMessage, useIntl} from 'react-intl';

import {useElementId} from '../widgets/use_element_id';
import {membershipGuardKinds} from '../../sync/lists';
import {scopeChangeChoices} from '../../sync/policy/guard';

import {ChoiceSetting} from '../policy/settings/choice_setting';
import {limitedKinds, type LimitedKind} from '../policy/settings/numbers';
import {NumberSetting} from '../policy/settings/number_setting';
import {Section} from './section';
import {settingAt, type SettingProps} from '../policy/settings/settings';

/** The numbers of each kind of change. */
const limits = ['more_than', 'percent', 'max_percent', 'never_more_than'] as const;

/** What a run holds until an administrator approves it. */
export function GuardSection(props: SettingProps) {
    const id = useElementId();
    const helpIdOf = (limit: string) => `${id}-${limit}`;
    return (
        <Section name='guard' {...props}>
            <dl className='EntraSync__limitWords'>
                {limits.map((limit) => (
                    <div key={limit}>
                        <dt><FormattedMessage id={`entrasync.lifecycle.${limit}`}/></dt>
                        <dd id={helpIdOf(limit)} className='help-text'><FormattedMessage id={`entrasync.lifecycle.${limit}_help`}/></dd>
                    </div>
                ))}
            </dl>
            {limitedKinds.map((kind) => <Brake key={kind} kind={kind} helpIdOf={helpIdOf} {...props}/>)}
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

interface BrakeProps extends SettingProps {
    kind: LimitedKind;

    /** The element that explains a limit, once for all kinds. */
    helpIdOf(limit: string): string;
}

/** When changes of one kind are too many. */
function Brake({kind, helpIdOf, ...props}: BrakeProps) {
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
                {limits.map((limit) => (
                    <NumberSetting
                        key={limit}
                        {...props}
                        name={`${kind}.${limit}`}
                        label={<FormattedMessage id={`entrasync.lifecycle.${limit}`}/>}
                        helpId={helpIdOf(limit)}
                    />
                ))}
            </div>
        </fieldset>
    );
}

/** The numbers in a sentence or two. */
function BrakeResult({kind, ...props}: SettingProps & {kind: LimitedKind}) {
    const [more_than, percent, max, never] = limits.map((limit) => settingAt(props, ['guard', kind, limit]).value);
    const ofMembers = (membershipGuardKinds as readonly LimitedKind[]).includes(kind) ? '_members' : '';
    const hours = settingAt(props, ['guard', 'window_hours']).value as number;
    if (typeof more_than !== 'number' || typeof percent !== 'number') {
        return null;
    }
    if (typeof never === 'number' && never <= more_than) {
        return <FormattedMessage id='entrasync.lifecycle.brake_never' values={{never}}/>;
    }
    return (
        <>
            <FormattedMessage id={`entrasync.lifecycle.brake${ofMembers}`} values={{more_than, percent, hours}}/>
            {typeof max === 'number' && max < 100 && <> <FormattedMessage id={`entrasync.lifecycle.brake_max${ofMembers}`} values={{max}}/></>}
            {typeof never === 'number' && <> <FormattedMessage id='entrasync.lifecycle.brake_besides' values={{never}}/></>}
        </>
    );
}
