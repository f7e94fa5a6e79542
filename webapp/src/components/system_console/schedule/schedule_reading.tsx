import {FormattedMessage, useIntl} from 'react-intl';

import {RelativeMoment} from '../widgets/relative_moment';
import {isKnownZone, ZonedMoment} from '../widgets/zoned_moment';

import {useCronWords} from './use_cron_words';

interface Props {
    schedule: string;
    zone: string;
    isEnabled: boolean;

    /** The next times in ms, the nearest first; empty until the server has told them and while it finds a fault. */
    times: number[];
}

/** What a schedule means: in words, and as the times that come next. */
export function ScheduleReading({schedule, zone, isEnabled, times}: Props) {
    const intl = useIntl();
    const words = useCronWords(schedule);
    const isKnown = isKnownZone(zone);
    if (times.length === 0) {
        return null;
    }
    return (
        <div className='EntraSync__reading'>
            {words && <p className='EntraSync__words'>{words}</p>}
            <p className='EntraSync__quiet'>
                <FormattedMessage
                    id={isEnabled ? 'entrasync.schedule.next' : 'entrasync.schedule.next_off'}
                    values={{zone: isKnown ? zone.trim() : intl.formatMessage({id: 'entrasync.schedule.your_zone'})}}
                />
            </p>
            <ol className='EntraSync__times'>
                {times.map((ms, index) => (
                    <li key={ms}>
                        <ZonedMoment ms={ms} zone={zone}/>
                        {index === 0 && <span className='EntraSync__quiet'>{' '}<RelativeMoment ms={ms}/></span>}
                    </li>
                ))}
            </ol>
            {!isKnown && (
                <p className='EntraSync__quiet'>
                    <FormattedMessage id={zone.trim() === '' ? 'entrasync.schedule.server_zone' : 'entrasync.schedule.unknown_zone'}/>
                </p>
            )}
        </div>
    );
}
