import {useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {RunAnswer, RunPage} from '../../../answers';
import {changesCsvUrl, getUsernames, listRuns, type RunQuery} from '../../../client';
import {wordsOf} from '../../../i18n/fault_words';
import {nameOf} from '../../../i18n/name_of';
import {runModes, runStates, triggers} from '../../../sync/lists';
import {countsText} from '../../../sync/messages/run_words';
import {localeOf} from '../../../sync/messages/locale';

import {FaultNotice} from '../../widgets/fault_notice';
import {Icon} from '../../widgets/icon';
import {Moment} from '../../widgets/moment';
import {Pagination} from '../../widgets/pagination';
import {Panel} from '../../widgets/panel';
import {endedEarly} from '../../widgets/run_counts';
import {StateTag} from '../../widgets/state_tag';
import {useAnswer} from '../../widgets/use_answer';
import {useElementId} from '../../widgets/use_element_id';
import {PlaceLink} from '../../frame/place_link';

import {FilterChoice} from './filter_choice';
import {ApprovalTimes} from './approval_times';

/** Runs on one page of the history. */
const runsPerPage = 10;


interface Props {
    chosenId: string;

    /** Changes whenever the history on the server has changed. */
    revision: string;
}

/** The runs of the past, newest first; one of them is chosen for the table of changes. */
export function RunsPanel({chosenId, revision}: Props) {
    const intl = useIntl();
    const [page, setPage] = useState(0);
    const [query, setQuery] = useState<RunQuery>({mode: '', state: '', trigger: ''});
    const {answer, fault, isLoading} = useAnswer({
        queryKey: ['runs', page, query, revision],
        queryFn: ({signal}) => listRuns(page, runsPerPage, signal, query),
    });
    const filter = (change: Partial<RunQuery>) => {
        setQuery({...query, ...change});
        setPage(0);
    };
    return (
        <Panel title={<FormattedMessage id='entrasync.runs.title'/>} description={<FormattedMessage id='entrasync.runs.description'/>}>
            <RunFilters query={query} onFilter={filter}/>
            {fault && <FaultNotice fault={fault}/>}
            <div role='status'>
                {!answer && isLoading && <p><FormattedMessage id='entrasync.loading'/></p>}
                {answer?.runs.length === 0 && <p><FormattedMessage id={isNarrowed(query) ? 'entrasync.runs.none_match' : 'entrasync.runs.empty'}/></p>}
            </div>
            {answer && answer.runs.length > 0 && <RunTable runs={answer.runs} chosenId={chosenId} isBusy={isLoading}/>}
            {answer && <Pagination page={page} perPage={runsPerPage} total={answer.total} label={intl.formatMessage({id: 'entrasync.runs.pages'})} onChange={setPage}/>}
        </Panel>
    );
}

function isNarrowed({mode, state, trigger}: RunQuery): boolean {
    return mode !== '' || state !== '' || trigger !== '';
}

function RunFilters({query, onFilter}: {query: RunQuery; onFilter(change: Partial<RunQuery>): void}) {
    const intl = useIntl();
    return (
        <div className='EntraSync__filters'>
            <FilterChoice
                label={intl.formatMessage({id: 'entrasync.runs.kind'})}
                value={query.mode}
                options={runModes.map((mode) => [mode, nameOf(intl, 'mode', mode)])}
                onChange={(mode) => onFilter({mode})}
            />
            <FilterChoice
                label={intl.formatMessage({id: 'entrasync.runs.state'})}
                value={query.state}
                options={runStates.map((state) => [state, nameOf(intl, 'run_state', state)])}
                onChange={(state) => onFilter({state})}
            />
            <FilterChoice
                label={intl.formatMessage({id: 'entrasync.runs.trigger'})}
                value={query.trigger}
                options={triggers.map((trigger) => [trigger, nameOf(intl, 'trigger', trigger)])}
                onChange={(trigger) => onFilter({trigger})}
            />
        </div>
    );
}

function RunTable({runs, chosenId, isBusy}: {runs: RunPage['runs']; chosenId: string; isBusy: boolean}) {
    const usernames = useUsernames(runs.flatMap(({approved_by, discarded_by}) => [approved_by, discarded_by]));
    return (
        <div className='EntraSync__scroll'>
            <table className='EntraSync__table EntraSync__table--middle' aria-busy={isBusy}>
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
                <tbody>{runs.map((run) => <RunRow key={run.id} run={run} isChosen={run.id === chosenId} usernames={usernames}/>)}</tbody>
            </table>
        </div>
    );
}

/** What a run did, and why it could not go on. */
function Result({run}: {run: RunAnswer}) {
    const intl = useIntl();
    return (
        <>
            {!endedEarly(run) && countsText(localeOf(intl.locale), run.counts)}
            {endedEarly(run) && !run.error && <FormattedMessage id='entrasync.run.nothing_done'/>}
            {run.error && <span className='EntraSync__below'>{wordsOf(intl, run.error).message}</span>}
        </>
    );
}

function RunRow({run, isChosen, usernames}: {run: RunAnswer; isChosen: boolean; usernames: Record<string, string>}) {
    const intl = useIntl();
    const startedId = useElementId();
    const csv = intl.formatMessage({id: 'entrasync.runs.csv'});
    return (
        <tr className={isChosen ? 'EntraSync__row--chosen' : undefined}>
            <td id={startedId}><Moment ms={run.started_at}/></td>
            <td>
                {nameOf(intl, 'mode', run.mode)}
                {run.reading === 'incremental' && <span className='EntraSync__quiet'> {nameOf(intl, 'reading', run.reading)}</span>}
                {run.user && <span className='EntraSync__quiet'> <bdi>{run.user}</bdi></span>}
                {run.approves && (
                    <PlaceLink to={{tab: 'runs', run: run.approves}} className='EntraSync__below' aria-describedby={startedId}>
                        <FormattedMessage id='entrasync.runs.approves'/>
                    </PlaceLink>
                )}
            </td>
            <td>{nameOf(intl, 'trigger', run.trigger)}</td>
            <td>
                <StateTag state={run.state}/>
                <ApprovalTimes run={run} usernames={usernames}/>
            </td>
            <td><Result run={run}/></td>
            <td>
                <div className='EntraSync__rowActions'>
                    <PlaceLink to={{tab: 'runs', run: run.id}} aria-current={isChosen ? 'true' : undefined} aria-describedby={startedId}>
                        <FormattedMessage id='entrasync.runs.show'/>
                    </PlaceLink>
                    <a
                        className='btn btn-icon btn-xs'
                        href={changesCsvUrl(run.id)}
                        download={true}
                        aria-label={csv}
                        title={csv}
                        aria-describedby={startedId}
                    >
                        <Icon name='download'/>
                    </a>
                </div>
            </td>
        </tr>
    );
}

/** Usernames of accounts by id; empty until Mattermost has sent them, or if it does not. */
function useUsernames(ids: readonly string[]): Record<string, string> {
    const wanted = [...new Set(ids)].filter((id) => id !== '').sort().join();
    const {answer} = useAnswer({
        queryKey: ['usernames', wanted],
        queryFn: ({signal}) => getUsernames(wanted === '' ? [] : wanted.split(','), signal),
    });
    return answer ?? {};
}
