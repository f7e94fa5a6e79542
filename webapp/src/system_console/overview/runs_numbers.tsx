import {FormattedMessage, useIntl} from 'react-intl';

import type {RunAnswer} from '../../answers';
import {nameOf} from '../../i18n/name_of';
import {membershipCounts} from '../../sync/lists';
import {Moment} from '../widgets/moment';
import {StateTag} from '../widgets/state_tag';
import {PlaceLink} from '../frame/place_link';

import {runSeries} from './run_series';

/** The same numbers as the chart's, as a table, the newest run first. */
export function RunsNumbers({runs, caption}: {runs: readonly RunAnswer[]; caption: string}) {
    const intl = useIntl();
    const series = [...runSeries, ...membershipCounts.filter((name) => runs.some(({counts}) => counts[name] > 0))];
    return (
        <div className='EntraSync__scroll'>
            <table className='EntraSync__table EntraSync__table--middle EntraSync__numbers'>
                <caption className='sr-only'>{caption}</caption>
                <thead>
                    <tr>
                        <th scope='col'><FormattedMessage id='entrasync.runs.started'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.runs.state'/></th>
                        {series.map((name) => <th key={name} scope='col'>{nameOf(intl, 'count', name)}</th>)}
                    </tr>
                </thead>
                <tbody>
                    {[...runs].reverse().map((run) => (
                        <tr key={run.id}>
                            <th scope='row'><PlaceLink to={{tab: 'runs', run: run.id}}><Moment ms={run.started_at}/></PlaceLink></th>
                            <td><StateTag state={run.state}/></td>
                            {series.map((name) => <td key={name}>{intl.formatNumber(run.counts[name])}</td>)}
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}
