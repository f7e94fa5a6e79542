import {useMemo, useState} from 'react';
import {FormattedMessage, useIntl, type IntlShape} from 'react-intl';

import type {RunAnswer} from '../../answers';
import {listRuns} from '../../client';
import {countsText} from '../../sync/messages/run_words';
import {localeOf} from '../../sync/messages/locale';
import {FaultNotice} from '../widgets/fault_notice';
import {Moment} from '../widgets/moment';
import {Panel} from '../widgets/panel';
import {useAnswer} from '../widgets/use_answer';
import {useElementId} from '../widgets/use_element_id';
import {PlaceLink} from '../frame/place_link';

import {totalsOf} from './run_series';
import {RunsChart} from './runs_chart';
import {RunsNumbers} from './runs_numbers';

/** How many syncs are drawn. */
const shownRuns = 30;

interface Props {

    /** Changes whenever a run has ended; null until the runs are known. */
    revision: string | null;
    isFaultShown: boolean;
}

/** What the last syncs did, as a chart or as a table. */
export function RecentRunsPanel({revision, isFaultShown}: Props) {
    const [isTable, setIsTable] = useState(false);
    const {answer, fault} = useAnswer({
        queryKey: ['recent_runs', revision],
        queryFn: ({signal}) => listRuns(0, shownRuns, signal, {mode: 'apply'}),
        enabled: revision !== null,
    });
    const runs = useMemo(() => answer && answer.runs.filter(({state}) => state !== 'running').reverse(), [answer]);
    return (
        <Panel
            title={<FormattedMessage id='entrasync.recent.title'/>}
            description={<FormattedMessage id='entrasync.recent.description'/>}
            actions={runs && runs.length > 0 && (
                <button type='button' className='btn btn-tertiary btn-sm' onClick={() => setIsTable(!isTable)}>
                    <FormattedMessage id={isTable ? 'entrasync.recent.as_chart' : 'entrasync.recent.as_table'}/>
                </button>
            )}
        >
            {fault && isFaultShown && <FaultNotice fault={fault}/>}
            {!runs && !fault && <p><FormattedMessage id='entrasync.loading'/></p>}
            {runs?.length === 0 && <p><FormattedMessage id='entrasync.recent.empty'/></p>}
            {runs && runs.length > 0 && <Runs runs={runs} isTable={isTable}/>}
        </Panel>
    );
}

function Runs({runs, isTable}: {runs: RunAnswer[]; isTable: boolean}) {
    const summary = summaryOf(useIntl(), runs);
    return isTable ? <RunsNumbers runs={runs} caption={summary}/> : <Walk key={runs.at(-1)?.id} runs={runs} summary={summary}/>;
}

/** The chart, and below it the run that is looked at, in words. */
function Walk({runs, summary}: {runs: RunAnswer[]; summary: string}) {
    const intl = useIntl();
    const hintId = useElementId();
    const [chosen, setChosen] = useState(-1);
    const run = runs[chosen];
    return (
        <>
            <RunsChart runs={runs} label={summary} describedBy={hintId} chosen={chosen} onChoose={setChosen}/>
            <div className='EntraSync__walk'>
                <p role='status'>
                    {run && (
                        <FormattedMessage
                            id='entrasync.recent.one'
                            values={{time: <Moment ms={run.started_at}/>, counts: countsText(localeOf(intl.locale), run.counts)}}
                        />
                    )}
                </p>
                {run && <PlaceLink to={{tab: 'runs', run: run.id}}><FormattedMessage id='entrasync.runs.show'/></PlaceLink>}
                <p id={hintId} className={run ? 'sr-only' : 'EntraSync__quiet'}><FormattedMessage id='entrasync.recent.hint'/></p>
            </div>
        </>
    );
}

function summaryOf(intl: IntlShape, runs: readonly RunAnswer[]): string {
    const totals = totalsOf(runs);
    const hasChanged = Object.values(totals).some((count) => count > 0);
    const day = (run: RunAnswer | undefined) => intl.formatDate(run?.started_at, {dateStyle: 'medium'});
    const values = {count: runs.length, from: day(runs[0]), to: day(runs.at(-1))};
    return hasChanged ?
        intl.formatMessage({id: 'entrasync.recent.summary'}, {...values, counts: countsText(localeOf(intl.locale), totals)}) :
        intl.formatMessage({id: 'entrasync.recent.summary_none'}, values);
}
