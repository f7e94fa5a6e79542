import {useContext, useEffect, useRef} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import {endLive} from '../../live/ask';
import type {CustomSectionProps} from '../../registry';

import {FaultNotice} from '../widgets/fault_notice';
import {Tabs} from '../widgets/tabs';
import {ConnectionTab} from '../connection/connection_tab';
import {OverviewTab} from '../overview/overview_tab';
import {ScreenSettings} from './screen_settings';
import {HeldNotice} from '../runs/approval/held_notice';
import {RunsTab} from '../runs/runs_tab';
import {ScheduleTab} from '../schedule/schedule_tab';

import {InitialPasswordPanel} from './initial_password_panel';
import {MaySeeSync, NoPermission} from '../frame/no_permission';
import {tabs, type Tab} from '../../store/place';
import {settingsOf, type PlainSettings} from '../frame/settings';
import {useDirectorySource} from './use_directory_source';
import {useKeptFocus} from './use_kept_focus';
import {usePlace, usePlaceOfAddress} from '../frame/use_place';
import {useSyncJob, type SyncJob} from '../frame/use_sync_job';

/** These tell themselves what went wrong with the job. */
const tabsWithFault: readonly Tab[] = ['overview', 'runs'];

/** The whole page. Nothing is shown, and so nothing requested, before it is known for which tab. */
export function SyncSection(props: CustomSectionProps) {
    return usePlaceOfAddress() ? <Page {...props}/> : null;
}

/** The tabs, and above them what needs an approval. */
function Page({settingsList}: CustomSectionProps) {
    const root = useRef<HTMLDivElement>(null);
    useKeptFocus(root);
    const intl = useIntl();
    const job = useSyncJob();
    useLeaveWarning(job.hasUnsavedSettings);
    useDirectorySource(job.status?.settings_revision ?? '');
    useEffect(() => endLive, []);
    const {place, go} = usePlace();
    const held = job.status?.held_run ?? null;
    const settings = settingsOf(settingsList);
    const maySee = job.fault?.code !== 'forbidden';
    return (
        <div className='EntraSync' ref={root}>
            {held && (
                <HeldNotice
                    key={held.id}
                    run={held}
                    isBlocked={job.isRunning || job.isBusy}
                    onReview={() => go({tab: 'runs', run: held.id, status: 'held'})}
                    onApprove={() => job.approve(held.id)}
                    onDiscard={() => job.discard(held.id)}
                />
            )}
            {maySee && job.fault && !tabsWithFault.includes(place.tab) && <FaultNotice fault={job.fault}/>}
            <Tabs
                tabs={tabs.map((name) => ({name, label: <FormattedMessage id={`entrasync.tab.${name}`}/>}))}
                current={place.tab}
                label={intl.formatMessage({id: 'entrasync.section.title'})}
                onChoose={(tab) => go({tab})}
            >
                <MaySeeSync.Provider value={maySee}>
                    {!maySee && <NoPermission/>}

                    {/* Shows itself on its own tabs only, and looks after the settings on all of them. */}
                    <ScreenSettings.Provider value={settings}>{settings.get('Policy')}</ScreenSettings.Provider>
                    <TabContent settings={settings} job={job}/>
                    {place.tab === 'lifecycle' && <InitialPasswordPanel settings={settings}/>}
                </MaySeeSync.Provider>
            </Tabs>
        </div>
    );
}

function TabContent({settings, job}: {settings: PlainSettings; job: SyncJob}) {
    const {place} = usePlace();
    const maySee = useContext(MaySeeSync);
    switch (place.tab) {
    case 'overview':
        return maySee ? <OverviewTab job={job} settings={settings}/> : null;
    case 'connection':
        return <ConnectionTab job={job} settings={settings}/>;
    case 'schedule':
        return <ScheduleTab settings={settings} job={job}/>;
    case 'runs':
        return maySee ? <RunsTab job={job}/> : null;
    default:
        return null;
    }
}

/** Makes the browser ask before the page is closed or reloaded with settings that are not saved; the console itself asks only before it goes to another of its pages. */
function useLeaveWarning(isUnsaved: boolean): void {
    useEffect(() => {
        if (!isUnsaved) {
            return undefined;
        }
        const ask = (event: BeforeUnloadEvent) => event.preventDefault();
        window.addEventListener('beforeunload', ask);
        return () => window.removeEventListener('beforeunload', ask);
    }, [isUnsaved]);
}
