import {FormattedMessage} from 'react-intl';

import {NumberSetting} from '../policy/settings/number_setting';
import {Section} from './section';
import type {SettingProps} from '../policy/settings/settings';

/** How fast accounts are written, and how long the history is kept. */
export function LimitsSection(props: SettingProps) {
    return (
        <Section name='limits' {...props}>
            <NumberSetting
                {...props}
                name='concurrency'
                label={<FormattedMessage id='entrasync.lifecycle.concurrency'/>}
                consequence={(value) => <FormattedMessage id='entrasync.lifecycle.concurrency_help' values={{value}}/>}
            />
            <NumberSetting
                {...props}
                name='keep_days'
                label={<FormattedMessage id='entrasync.lifecycle.keep_days'/>}
                consequence={(value) => <FormattedMessage id='entrasync.lifecycle.keep_days_help' values={{value}}/>}
            />
        </Section>
    );
}
