import {useState} from 'react';
import {FormattedMessage, useIntl} from 'react-intl';

import type {PastChange} from '../../../answers';
import {listHistory, perPage} from '../../../client';
import {nameOf} from '../../../i18n/name_of';

import {FaultNotice} from '../../widgets/fault_notice';
import {Moment} from '../../widgets/moment';
import {Pagination} from '../../widgets/pagination';
import {Panel} from '../../widgets/panel';
import {StateTag} from '../../widgets/state_tag';
import {useAnswer} from '../../widgets/use_answer';
import {PlaceLink} from '../../frame/place_link';

import {ActionName, Reason, StatusTag} from '../changes/change_words';
import {ChangedFields} from '../changes/changed_fields';

import {PersonMemberships} from './person_memberships';

interface Props {
    objectId: string;

    /** Changes whenever the history on the server has changed. */
    revision: string;
}

/** What all runs did for one user, newest first, and why the user is in teams and channels. */
export function PersonPanel(props: Props) {
    return (
        <>
            <PersonHistory {...props}/>
            <PersonMemberships {...props}/>
        </>
    );
}

function PersonHistory({objectId, revision}: Props) {
    const intl = useIntl();
    const [page, setPage] = useState(0);
    const {answer, fault, isLoading} = useAnswer({
        queryKey: ['history', objectId, page, revision],
        queryFn: ({signal}) => listHistory({object_id: objectId}, page, signal),
    });
    const newest = answer?.changes[0];
    return (
        <Panel
            isAskedFor={true}
            title={<bdi>{newest?.display_name || newest?.email || objectId}</bdi>}
            description={newest && <PersonFacts change={newest}/>}
            actions={<PlaceLink to={{tab: 'runs'}} className='btn btn-tertiary'><FormattedMessage id='entrasync.person.back'/></PlaceLink>}
        >
            {fault && <FaultNotice fault={fault}/>}
            <div role='status'>
                {!answer && isLoading && <p><FormattedMessage id='entrasync.loading'/></p>}
                {answer && <p className='EntraSync__quiet'><FormattedMessage id={answer.total > 0 ? 'entrasync.changes.found' : 'entrasync.person.empty'} values={{total: answer.total}}/></p>}
            </div>
            {answer && answer.changes.length > 0 && <HistoryTable changes={answer.changes} isBusy={isLoading}/>}
            {answer && <Pagination page={page} perPage={perPage} total={answer.total} label={intl.formatMessage({id: 'entrasync.changes.pages'})} onChange={setPage}/>}
        </Panel>
    );
}

function PersonFacts({change: {email, username, object_id}}: {change: PastChange}) {
    const facts = [email, username && `@${username}`, object_id].filter((fact) => fact !== '');
    return <>{facts.map((fact, index) => <span key={fact}>{index > 0 && ' · '}<bdi>{fact}</bdi></span>)}</>;
}

function HistoryTable({changes, isBusy}: {changes: PastChange[]; isBusy: boolean}) {
    return (
        <div className='EntraSync__scroll'>
            <table className='EntraSync__table' aria-busy={isBusy}>
                <thead>
                    <tr>
                        <th scope='col'><FormattedMessage id='entrasync.person.run'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.changes.action'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.changes.status'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.changes.reason'/></th>
                        <th scope='col'><FormattedMessage id='entrasync.changes.fields'/></th>
                    </tr>
                </thead>
                <tbody>{changes.map((change) => <HistoryRow key={`${change.run_id} ${change.seq}`} change={change}/>)}</tbody>
            </table>
        </div>
    );
}

function HistoryRow({change}: {change: PastChange}) {
    const intl = useIntl();
    return (
        <tr>
            <th scope='row'>
                <PlaceLink to={{tab: 'runs', run: change.run_id}}><Moment ms={change.started_at}/></PlaceLink>
                <span className='EntraSync__below'>
                    {nameOf(intl, 'mode', change.run_mode)} <StateTag state={change.run_state}/>
                </span>
            </th>
            <td><ActionName action={change.action}/></td>
            <td><StatusTag status={change.status}/></td>
            <td><Reason change={change}/></td>
            <td>
                {change.error && <FaultNotice fault={change.error} isUrgent={false}/>}
                <ChangedFields action={change.action} fields={change.fields}/>
            </td>
        </tr>
    );
}
