import {FormattedMessage} from 'react-intl';

import {keysOf} from '../../sync/settings/keys';
import {Panel} from '../widgets/panel';
import {documentOf, partOf} from '../policy/policy_document';

import {SettingList} from '../frame/setting_list';
import type {PlainSettings} from '../frame/settings';

/** The initial password, as long as the policy on the screen lets new accounts sign in with it. */
export function InitialPasswordPanel({settings}: {settings: PlainSettings}) {
    const document = documentOf(settings.get('Policy')?.props.value);
    if (!document || partOf(document, ['accounts', 'sign_in', 'method']) !== 'initial_password') {
        return null;
    }
    return (
        <Panel title={<FormattedMessage id='entrasync.initial_password.title'/>}>
            <SettingList settings={settings} keys={keysOf('initial_password')}/>
        </Panel>
    );
}
