import {FormattedMessage, useIntl, type IntlShape} from 'react-intl';

import type {RunAnswer} from '../../../answers';
import {nameOf} from '../../../i18n/name_of';

import {RunCounts} from '../../widgets/run_counts';

import {useNow} from './use_now';
import {useRate} from './use_rate';

/** A bar that moves while a run is active, without an end while the total is unknown. */
export function RunProgress({run}: {run: RunAnswer}) {
    const intl = useIntl();
    const done = run.progress?.done ?? 0;
    const total = run.progress?.total ?? 0;
    const phase = run.progress ? nameOf(intl, 'phase', run.progress.phase) : nameOf(intl, 'run_state', run.state);
    const share = total > 0 ? Math.min(1, done / total) : null;
    return (
        <div className='EntraSync__run'>
            <p>
                <strong>{nameOf(intl, 'mode', run.mode)}</strong>
                {': '}
                {phase}
                {run.progress && (
                    <span className='EntraSync__quiet'>
                        {' '}
                        {total > 0 ? <FormattedMessage id='entrasync.run.done_of' values={{done, total}}/> : <FormattedMessage id='entrasync.run.done' values={{done}}/>}
                    </span>
                )}
                <Elapsed since={run.started_at}/>
                <Pace key={`${run.id} ${run.progress?.phase}`} done={done} total={total}/>
            </p>
            <div
                className={share === null ? 'EntraSync__bar EntraSync__bar--endless' : 'EntraSync__bar'}
                role='progressbar'
                aria-label={phase}
                aria-valuemin={0}
                aria-valuemax={share === null ? undefined : total}
                aria-valuenow={share === null ? undefined : Math.min(done, total)}
            >
                <div className='EntraSync__barFill' style={share === null ? undefined : {width: `${share * 100}%`}}/>
            </div>
            <RunCounts mode={run.mode} counts={run.progress?.counts ?? run.counts}/>
        </div>
    );
}

/** How long the run takes. It changes each second, also while the directory or the server lets the run wait. */
function Elapsed({since}: {since: number}) {
    const intl = useIntl();
    const now = useNow();
    return (
        <span className='EntraSync__pace EntraSync__quiet'>
            <FormattedMessage id='entrasync.run.elapsed' values={{time: durationText(intl, Math.max(0, now - since) / 1000)}}/>
        </span>
    );
}

/** Users per second, and the remaining time; nothing while it is not known. */
function Pace({done, total}: {done: number; total: number}) {
    const intl = useIntl();
    const rate = useRate(done);
    if (rate === null) {
        return null;
    }
    return (
        <span className='EntraSync__pace EntraSync__quiet'>
            <FormattedMessage id='entrasync.run.rate' values={{rate: rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate)}}/>
            {total > done && (
                <>
                    {', '}
                    <FormattedMessage id='entrasync.run.time_left' values={{time: durationText(intl, (total - done) / rate)}}/>
                </>
            )}
        </span>
    );
}

/** Seconds below a minute and a half, minutes below an hour and a half, hours above. */
function durationText(intl: IntlShape, seconds: number): string {
    const [value, unit] = seconds < 90 ? [seconds, 'second'] : seconds < 5400 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
    return intl.formatNumber(Math.max(1, Math.round(value)), {style: 'unit', unit, unitDisplay: 'long'});
}
