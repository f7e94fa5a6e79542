import {useIntl} from 'react-intl';

import {isKnownZone, ZonedMoment} from './zoned_moment';

/** When a scheduled run starts (ms), by the clock of the schedule's zone, and whose clock that is. */
export function NextRun({ms, zone}: {ms: number; zone: string}) {
    const intl = useIntl();
    const clock = isKnownZone(zone) ? zone.trim() : intl.formatMessage({id: 'entrasync.schedule.your_zone'});
    return <><ZonedMoment ms={ms} zone={zone}/>{` (${clock})`}</>;
}
