import {useCallback, useId, useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {RunAnswer, RunPage} from '../../../answers';
import {getRun, listRuns} from '../../../client';
import {shownFaultOf, type ShownFault} from '../../../faults';
import {nameOf} from '../../../i18n/name_of';
import {countsText} from '../../../sync/messages/run_words';
import {localeOf} from '../../../sync/messages/translate';

import {Approved} from './approved';
import {FaultNotice} from '../common/fault_notice';
import {Moment} from '../common/moment';
import {Pages} from '../common/pages';
import {Panel} from '../common/panel';
import {StateTag} from '../common/state_tag';
import {useAnswer} from '../common/use_answer';
import {useUsernames} from '../common/use_usernames';

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
    const back = useWayBack(onChoose);
    return (
        <Panel title={<FormattedMessage id='entrasync.runs.title'/>} description={<FormattedMessage id='entrasync.runs.description'/>}>
            {fault && <FaultNotice fault={fault}/>}
            {back.fault && <FaultNotice fault={back.fault}/>}
            {!answer && isLoading && <p><FormattedMessage id='entrasync.loading'/></p>}
            {answer?.runs.length === 0 && <p><FormattedMessage id='entrasync.runs.empty'/></p>}
            {answer && answer.runs.length > 0 && <RunTable runs={answer.runs} chosenId={chosenId} onChoose={onChoose} onLookUp={back.lookUp}/>}
            {answer && <Pages page={page} perPage={runsPerPage} total={answer.total} label={intl.formatMessage({id: 'entrasync.runs.pages'})} onChange={setPage}/>}
        </Panel>
    );
}

/** Chooses a run that may stand on another page of the history. */
function useWayBack(onChoose: Props['onChoose']) {
    const [fault, setFault] = useState<ShownFault | null>(null);
    const lookUp = async (id: string) => {
        setFault(null);
        try {
            onChoose(await getRun(id));
        } catch (error) {
            setFault(shownFaultOf(error));
        }
    };
    return {fault, lookUp};
}

interface TableProps extends Pick<Props, 'chosenId' | 'onChoose'> {
    runs: RunPage['runs'];
    onLookUp(id: string): void;
}

function RunTable({runs, chosenId, onChoose, onLookUp}: TableProps) {
    const usernames = useUsernames(runs.map(({approved_by}) => approved_by));
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
                    {runs.map((run) => (
                        <RunRow key={run.id} run={run} isChosen={run.id === chosenId} usernames={usernames} onChoose={onChoose} onLookUp={onLookUp}/>
                    ))}
                </tbody>
            </table>
        </div>
    );
}

interface RowProps extends Pick<TableProps, 'onChoose' | 'onLookUp'> {
    run: RunAnswer;
    isChosen: boolean;
    usernames: Record<string, string>;
}

function RunRow({run, isChosen, usernames, onChoose, onLookUp}: RowProps) {
    const intl = useIntl();
    const startedId = useId();
    return (
        <tr className={isChosen ? 'EntraSync__row--chosen' : undefined}>
            <td id={startedId}><Moment ms={run.started_at}/></td>
            <td>
                {nameOf(intl, 'mode', run.mode)}
                {run.reading === 'incremental' && <span className='EntraSync__quiet'> {nameOf(intl, 'reading', run.reading)}</span>}
                {run.user && <span className='EntraSync__quiet'> <bdi>{run.user}</bdi></span>}
                {run.approves && (
                    <button type='button' className='btn btn-link EntraSync__below' aria-describedby={startedId} onClick={() => onLookUp(run.approves)}>
                        <FormattedMessage id='entrasync.runs.approves'/>
                    </button>
                )}
            </td>
            <td>{nameOf(intl, 'trigger', run.trigger)}</td>
            <td>
                <StateTag state={run.state}/>
                <span className='EntraSync__below EntraSync__quiet'><Approved run={run} usernames={usernames}/></span>
            </td>
            <td>{countsText(localeOf(intl.locale), run.counts)}</td>
            <td>
                <button type='button' className='btn btn-tertiary btn-sm' aria-pressed={isChosen} aria-describedby={startedId} onClick={() => onChoose(run)}>
                    <FormattedMessage id='entrasync.runs.show'/>
                </button>
            </td>
        </tr>
    );
}
