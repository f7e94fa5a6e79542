import {useContext} from 'react';
import {FormattedMessage} from 'react-intl';

import {keysOf} from '../../sync/settings/keys';
import {FaultNotice} from '../widgets/fault_notice';
import {Panel} from '../widgets/panel';
import {useDebounced} from '../widgets/use_debounced';
import {BelowSetting} from '../frame/below_setting';
import {MaySeeSync} from '../frame/no_permission';
import {SettingList} from '../frame/setting_list';
import {textOfSetting, type PlainSettings} from '../frame/settings';
import type {SyncJob} from '../frame/use_sync_job';

import {ScheduleReading} from './schedule_reading';
import './styles.css';
import {useNextTimes} from './use_next_times';

/** How long (ms) typing must pause before the server is asked. */
const typingPause = 400;

/** The settings of time that are below the schedule and its time zone. */
const furtherTimes = keysOf('times').filter((key) => !['Enabled', 'Schedule', 'TimeZone'].includes(key));

/** When the sync runs automatically, and how other systems start it or get its results. */
export function ScheduleTab({settings}: {settings: PlainSettings; job: SyncJob}) {
    return (
        <>
            <Panel title={<FormattedMessage id='entrasync.schedule.title'/>} description={<FormattedMessage id='entrasync.schedule.description'/>}>
                <Times settings={settings}/>
            </Panel>
            <Panel title={<FormattedMessage id='entrasync.triggers.title'/>} description={<FormattedMessage id='entrasync.triggers.description'/>}>
                <SettingList settings={settings} keys={keysOf('triggers')}/>
            </Panel>
        </>
    );
}

/** The settings of the schedule, each with the server's response below it. */
function Times({settings}: {settings: PlainSettings}) {
    const schedule = useDebounced(textOfSetting(settings, 'Schedule'), typingPause);
    const zone = useDebounced(textOfSetting(settings, 'TimeZone'), typingPause);
    const {times, fault, isLoading} = useNextTimes(schedule, zone);
    const maySee = useContext(MaySeeSync);
    const isOfZone = fault?.path === 'TimeZone';
    return (
        <>
            <SettingList settings={settings} keys={['Enabled', 'Schedule']}/>
            <BelowSetting role='status'>
                {schedule.trim() === '' && <p><FormattedMessage id='entrasync.schedule.empty'/></p>}
                {fault && !isOfZone && maySee && <FaultNotice fault={fault} isUrgent={false} isAtField={true}/>}
            </BelowSetting>
            <BelowSetting aria-busy={isLoading}>
                <ScheduleReading schedule={schedule} zone={zone} isEnabled={textOfSetting(settings, 'Enabled') === 'true'} times={times}/>
            </BelowSetting>
            <SettingList settings={settings} keys={['TimeZone']}/>
            <BelowSetting role='status'>{fault && isOfZone && <FaultNotice fault={fault} isUrgent={false} isAtField={true}/>}</BelowSetting>
            <SettingList settings={settings} keys={furtherTimes}/>
        </>
    );
}
