import {useIntl} from 'react-intl';

import type {RunAnswer} from '../../answers';
import {localeOf} from '../../sync/messages/locale';
import {countsText} from '../../sync/messages/run_words';

import {runSeries, usersChangedBy} from './run_series';

interface RunBarProps {
    run: RunAnswer;

    /** What the scale ends at. */
    top: number;
    isChosen: boolean;

    /** Whether the day of the run is below the bar. Not every bar has room for it. */
    hasDay: boolean;
    onChoose(): void;
}

/** One run as a bar, with a part for each result. The parts share the height of the bar as their counts do. */
export function RunBar({run, top, isChosen, hasDay, onChoose}: RunBarProps) {
    const intl = useIntl();
    const values = {time: intl.formatDate(run.started_at, {dateStyle: 'medium', timeStyle: 'short'}), counts: countsText(localeOf(intl.locale), run.counts)};
    return (
        <div className={`EntraSync__runBar${isChosen ? ' EntraSync__runBar--chosen' : ''}`} title={intl.formatMessage({id: 'entrasync.recent.one'}, values)} onClick={onChoose}>
            <div className='EntraSync__stack' style={{height: `${usersChangedBy(run) / top * 100}%`}}>
                {runSeries.filter((name) => run.counts[name] > 0).map((name) => (
                    <div key={name} className={`EntraSync__series--${name}`} style={{flexGrow: run.counts[name]}}/>
                ))}
            </div>
            {hasDay && <span className='EntraSync__day'>{intl.formatDate(run.started_at, {month: 'short', day: 'numeric'})}</span>}
        </div>
    );
}
