import {FormattedMessage, useIntl} from 'react-intl';

import type {RunAnswer} from '../../../answers';
import {changesCsvUrl} from '../../../client';
import {nameOf} from '../../../i18n/name_of';
import type {Action, ChangeStatus, Reason} from '../../../sync/types';

import {lazyInPage} from '../../widgets/lazy_in_page';
import {Moment} from '../../widgets/moment';
import {Panel} from '../../widgets/panel';
import {PlaceLink} from '../../frame/place_link';
import type {SyncJob} from '../../frame/use_sync_job';

/** The table and its select boxes are large, and most visits to the page do without them. */
const ChangeExplorer = lazyInPage(() => import('./change_explorer'));

interface Props {
    run: RunAnswer;
    job: SyncJob;

    /** The user has opened this run or a part of its changes, so it comes into view. */
    isAskedFor?: boolean;

    /** With which filter the table opens. */
    initialStatus?: ChangeStatus | '';
    initialAction?: Action | '';
    initialReason?: Reason | '';
}

/** What the chosen run did or, for a preview, would do. Give it a `key` by run: filters belong to one run. */
export function ChangesPanel({run, job, isAskedFor = false, initialStatus = '', initialAction = '', initialReason = ''}: Props) {
    const intl = useIntl();
    return (
        <Panel
            isAskedFor={isAskedFor}
            title={<FormattedMessage id='entrasync.changes.title'/>}
            description={<FormattedMessage id='entrasync.changes.of_run' values={{mode: nameOf(intl, 'mode', run.mode), time: <Moment ms={run.started_at}/>}}/>}
            actions={(
                <>
                    <PlaceLink to={{tab: 'runs', run: run.id}} className='btn btn-tertiary'><FormattedMessage id='entrasync.changes.link'/></PlaceLink>
                    <a className='btn btn-tertiary' href={changesCsvUrl(run.id)} download={true}><FormattedMessage id='entrasync.changes.export'/></a>
                </>
            )}
        >
            <ChangeExplorer run={run} job={job} initialStatus={initialStatus} initialAction={initialAction} initialReason={initialReason}/>
        </Panel>
    );
}
