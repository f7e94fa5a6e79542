import {FormattedMessage} from 'react-intl';

import {Section} from './section';
import type {SettingProps} from '../policy/settings/settings';
import {SwitchSetting} from './switch_setting';

const parts = ['create', 'update', 'deactivate', 'reactivate'] as const;

/** Which parts of an account's life the sync looks after. */
export function LifecycleSection(props: SettingProps) {
    return (
        <Section name='lifecycle' {...props}>
            {parts.map((part) => (
                <SwitchSetting
                    key={part}
                    {...props}
                    path={['lifecycle', part]}
                    label={<FormattedMessage id={`entrasync.lifecycle.${part}`}/>}
                    consequence={(isOn) => <FormattedMessage id={`entrasync.lifecycle.${part}_${isOn ? 'on' : 'off'}`}/>}
                />
            ))}
        </Section>
    );
}
