import {FormattedMessage, useIntl} from 'react-intl';

import type {RunAnswer} from '../../../answers';
import {changesCsvUrl, perPage} from '../../../client';
import {nameOf} from '../../../i18n/name_of';
import type {ChangeStatus} from '../../../sync/types';

import {ChangeFilters} from './change_filters';
import {ChangeTable} from './change_table';
import {FaultNotice} from '../common/fault_notice';
import {Moment} from '../common/moment';
import {Pages} from '../common/pages';
import {Panel} from '../common/panel';
import {useChanges, type ChangeList} from './use_changes';

interface Props {
    run: RunAnswer;

    /** With which filter the table opens, because somebody has asked for just these changes. */
    initialStatus?: ChangeStatus | '';

    /** Lets one held change through; left out where that is not possible now. */
    onApprove?(seq: number): void;
}

/** What the chosen run did or, for a preview, would do. Give it a `key` by run: filters belong to one run. */
export function ChangesPanel({run, initialStatus = '', onApprove}: Props) {
    const intl = useIntl();
    const list = useChanges(run.id, `${run.state} ${run.progress?.phase ?? ''}`, initialStatus);
    const {answer, fault, query} = list;
    return (
        <Panel
            isAskedFor={initialStatus !== ''}
            title={<FormattedMessage id='entrasync.changes.title'/>}
            description={<FormattedMessage id='entrasync.changes.of_run' values={{mode: nameOf(intl, 'mode', run.mode), time: <Moment ms={run.started_at}/>}}/>}
            actions={(
                <a className='btn btn-tertiary' href={changesCsvUrl(run.id)} download={true}>
                    <FormattedMessage id='entrasync.changes.export'/>
                </a>
            )}
        >
            <ChangeFilters query={query} onFilter={list.filter}/>
            {fault && <FaultNotice fault={fault}/>}
            <div role='status'><ListState list={list}/></div>
            {answer && answer.changes.length > 0 && <ChangeTable changes={answer.changes} isBusy={list.isLoading} onApprove={onApprove}/>}
            {answer && <Pages page={query.page} perPage={perPage} total={answer.total} label={intl.formatMessage({id: 'entrasync.changes.pages'})} onChange={list.turnTo}/>}
        </Panel>
    );
}

function ListState({list: {answer, isLoading, query}}: {list: ChangeList}) {
    if (!answer) {
        return isLoading ? <p><FormattedMessage id='entrasync.loading'/></p> : null;
    }
    if (answer.total > 0) {
        return <p className='EntraSync__quiet'><FormattedMessage id='entrasync.changes.found' values={{total: answer.total}}/></p>;
    }
    const isFiltered = query.action !== '' || query.status !== '' || query.q.trim() !== '';
    return <p><FormattedMessage id={isFiltered ? 'entrasync.changes.none_match' : 'entrasync.changes.empty'}/></p>;
}
