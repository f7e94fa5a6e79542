import {FormattedMessage, useIntl} from 'react-intl';

import {RelativeMoment} from '../widgets/relative_moment';
import {isKnownZone, ZonedMoment} from '../widgets/zoned_moment';

import {useCronWords} from './use_cron_words';

interface Props {
    schedule: string;
    zone: string;
    isEnabled: boolean;

    /** The next times in ms, the nearest first; empty while they are not known. */
    times: number[];
}

/** What a schedule means: in words, and as the times that come next. Only the words are read aloud: the times go on by themselves. */
export function ScheduleReading({schedule, times, ...props}: Props) {
    const words = useCronWords(schedule);
    const isShown = times.length > 0;
    return (
        <div className={isShown ? 'EntraSync__reading' : undefined}>
            <div role='status'>{isShown && words && <p className='EntraSync__words'>{words}</p>}</div>
            {isShown && <Times times={times} {...props}/>}
        </div>
    );
}

function Times({zone, isEnabled, times}: Omit<Props, 'schedule'>) {
    const intl = useIntl();
    const isKnown = isKnownZone(zone);
    return (
        <>
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
        </>
    );
}
