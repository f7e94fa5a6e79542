import {useContext} from 'react';
import {FormattedMessage} from 'react-intl';

import {Panel} from '../widgets/panel';
import {MaySeeSync} from '../frame/no_permission';
import {SettingList} from '../frame/setting_list';
import type {PlainSettings} from '../frame/settings';
import type {SyncJob} from '../frame/use_sync_job';

import {ConnectionPanel} from './connection_panel';
import {savedCredentialOf, settingsInUse} from './connection_settings';
import {ExpiryNotice} from './expiry_notice';
import './styles.css';

/** Which application reads the directory, and whether Microsoft lets it. */
export function ConnectionTab({job, settings}: {job: SyncJob; settings: PlainSettings}) {
    const maySee = useContext(MaySeeSync);
    const revision = job.status?.settings_revision ?? '';
    return (
        <>
            <Panel
                title={<FormattedMessage id='entrasync.connection.settings_title'/>}
                description={<FormattedMessage id='entrasync.connection.settings_description'/>}
            >
                <SettingList settings={settings} keys={settingsInUse(settings)}/>
                <ExpiryNotice credential={savedCredentialOf(settings)} job={job}/>
            </Panel>
            {maySee && <ConnectionPanel hasUnsavedSettings={job.hasUnsavedSettings} revision={revision}/>}
        </>
    );
}
