import {FormattedMessage, useIntl} from 'react-intl';

import type {RunAnswer} from '../../../answers';
import {nameOf} from '../../../i18n/name_of';

import {FaultNotice} from '../../widgets/fault_notice';
import {Moment} from '../../widgets/moment';
import {Notice} from '../../widgets/notice';
import {endedEarly, RunCounts} from '../../widgets/run_counts';
import {StateTag} from '../../widgets/state_tag';
import {PlaceLink} from '../../frame/place_link';

import {HoldKinds} from '../approval/held_notice';

/** How a run ended. */
export function RunResult({run}: {run: RunAnswer}) {
    const intl = useIntl();
    return (
        <div className='EntraSync__run'>
            <p>
                <strong>{nameOf(intl, 'mode', run.mode)}</strong>
                {' '}
                <StateTag state={run.state}/>
                {' '}
                <span className='EntraSync__quiet'>
                    <FormattedMessage
                        id='entrasync.run.ended'
                        values={{time: <Moment ms={run.finished_at || run.started_at}/>, trigger: nameOf(intl, 'trigger', run.trigger)}}
                    />
                </span>
            </p>
            {run.does_not_fit > 0 && (
                <Notice kind='warning'>
                    <p><FormattedMessage id='entrasync.warning.does_not_fit' values={{count: run.does_not_fit}}/></p>
                </Notice>
            )}
            {run.error && <FaultNotice fault={run.error}/>}
            {run.hold && run.mode === 'preview' && (
                <Notice kind='warning' title={<FormattedMessage id='entrasync.attention.preview_holds'/>}>
                    <HoldKinds run={run}/>
                </Notice>
            )}
            {run.approves && (
                <p>
                    <FormattedMessage id='entrasync.held.applies'/>
                    {' '}
                    <PlaceLink to={{tab: 'runs', run: run.approves}}><FormattedMessage id='entrasync.runs.approves'/></PlaceLink>
                </p>
            )}
            {endedEarly(run) ? <p><FormattedMessage id='entrasync.run.nothing_done'/></p> : <RunCounts mode={run.mode} counts={run.counts}/>}
        </div>
    );
}
