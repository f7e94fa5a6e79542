import {useCallback, useId, useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {RunAnswer, RunPage} from '../../answers';
import {listRuns} from '../../client';
import {nameOf} from '../../i18n/name_of';

import {FaultNotice} from './fault_notice';
import {Moment} from './moment';
import {Pages} from './pages';
import {Panel} from './panel';
import {StateTag} from './state_tag';
import {useAnswer} from './use_answer';

/** Runs on one page of the history. */
const runsPerPage = 10;

interface Props {
    chosenId: string;

    /** Changes whenever the history on the server has changed. */
    revision: string;
    onChoose(run: RunAnswer): void;
}

/** The runs of the past, newest first; one of them is chosen for the table of changes. */
export function RunsPanel({chosenId, revision, onChoose}: Props) {
    const intl = useIntl();
    const [page, setPage] = useState(0);
    const load = useCallback((signal: AbortSignal) => listRuns(page, runsPerPage, signal), [page]);
    const {answer, fault, isLoading} = useAnswer(load, revision);
    return (
        <Panel title={<FormattedMessage id='entrasync.runs.title'/>} description={<FormattedMessage id='entrasync.runs.description'/>}>
            {fault && <FaultNotice fault={fault}/>}
            {!answer && isLoading && <p><FormattedMessage id='entrasync.loading'/></p>}
            {answer?.runs.length === 0 && <p><FormattedMessage id='entrasync.runs.empty'/></p>}
            {answer && answer.runs.length > 0 && <RunTable runs={answer.runs} chosenId={chosenId} onChoose={onChoose}/>}
            {answer && <Pages page={page} perPage={runsPerPage} total={answer.total} label={intl.formatMessage({id: 'entrasync.runs.pages'})} onChange={setPage}/>}
        </Panel>
    );
}

function RunTable({runs, chosenId, onChoose}: {runs: RunPage['runs']; chosenId: string; onChoose(run: RunAnswer): void}) {
    return (
        <div className='EntraSync__scroll'>
            <table className='adminConsoleListTable EntraSync__table EntraSync__table--middle'>
                <thead>
                    <tr>
                        <th scope='col'><FormattedMessage id='entrasync.runs.started'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.runs.kind'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.runs.trigger'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.runs.state'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.runs.result'/></th>
                        <th scope='col'><span className='sr-only'><FormattedMessage id='entrasync.runs.changes'/></span></th>
                    </tr>
                </thead>
                <tbody>
                    {runs.map((run) => <RunRow key={run.id} run={run} isChosen={run.id === chosenId} onChoose={onChoose}/>)}
                </tbody>
            </table>
        </div>
    );
}

function RunRow({run, isChosen, onChoose}: {run: RunAnswer; isChosen: boolean; onChoose(run: RunAnswer): void}) {
    const intl = useIntl();
    const startedId = useId();
    const {created, updated, skipped, conflicts, failed} = run.counts;
    return (
        <tr className={isChosen ? 'EntraSync__row--chosen' : undefined}>
            <td id={startedId}><Moment ms={run.started_at}/></td>
            <td>
                {nameOf(intl, 'mode', run.mode)}
                {run.reading === 'incremental' && <span className='EntraSync__quiet'> {nameOf(intl, 'reading', run.reading)}</span>}
                {run.user && <span className='EntraSync__quiet'> <bdi>{run.user}</bdi></span>}
            </td>
            <td>{nameOf(intl, 'trigger', run.trigger)}</td>
            <td><StateTag state={run.state}/></td>
            <td>
                <FormattedMessage id='entrasync.runs.counts' values={{created, updated, skipped: skipped + conflicts, failed}}/>
            </td>
            <td>
                <button type='button' className='btn btn-tertiary btn-sm' aria-pressed={isChosen} aria-describedby={startedId} onClick={() => onChoose(run)}>
                    <FormattedMessage id='entrasync.runs.show'/>
                </button>
            </td>
        </tr>
    );
}
