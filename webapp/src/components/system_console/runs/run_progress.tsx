import {FormattedMessage, useIntl} from 'react-intl';

import type {RunAnswer} from '../../../answers';
import {nameOf} from '../../../i18n/name_of';

import {RunCounts} from '../common/run_counts';

/** A bar that moves while a run goes on; without an end while the total is not known. */
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
            <RunCounts counts={run.progress?.counts ?? run.counts}/>
        </div>
    );
}
