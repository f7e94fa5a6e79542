import {useContext, useEffect, useMemo, useRef} from 'react';
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
import {faultsOnScreen, SettingFaultsContext, type SettingFaults} from '../frame/setting_faults';
import {useDebounced} from '../widgets/use_debounced';
import {useDirectorySource} from './use_directory_source';
import {useKeptFocus} from './use_kept_focus';
import {usePlace, usePlaceOfAddress} from '../frame/use_place';
import {useSyncJob, type SyncJob} from '../frame/use_sync_job';

/** These tell themselves what went wrong with the job. */
const tabsWithFault: readonly Tab[] = ['overview', 'runs'];

/** How long (ms) typing must pause before what is typed is checked. */
const typingPause = 400;

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
    const faults = useSettingFaults(settings, job);
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
                    <SettingFaultsContext.Provider value={faults}>
                        <TabContent settings={settings} job={job}/>
                        {place.tab === 'lifecycle' && <InitialPasswordPanel settings={settings}/>}
                    </SettingFaultsContext.Provider>
                </MaySeeSync.Provider>
            </Tabs>
        </div>
    );
}

/** The faults of the settings on the screen, once typing pauses. */
function useSettingFaults(settings: PlainSettings, {status, hasUnsavedSettings}: SyncJob): SettingFaults {
    const values = [...settings].map(([key, {props}]) => `${key} ${JSON.stringify(props.value)}`).join('\n');
    const state = useMemo(() => ({settings, status, hasUnsavedSettings}), [values, status, hasUnsavedSettings]); // eslint-disable-line react-hooks/exhaustive-deps -- the elements are new with every render
    const shown = useDebounced(state, typingPause);
    return useMemo(() => faultsOnScreen(shown.settings, shown.status, shown.hasUnsavedSettings), [shown]);
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
