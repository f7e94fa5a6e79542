import {FormattedMessage} from 'react-intl';

import type {RunAnswer} from '../../../answers';
import type {SyncJob} from '../../frame/use_sync_job';
import {useOverview} from '../../frame/use_overview';
import {Notice} from '../../widgets/notice';

/** Before any account is linked: what "Sync now" approves, and what happens to a scheduled first import. */
export function FirstImport({job}: {job: SyncJob}) {
    const {answer} = useOverview(job);
    if (answer?.linked !== 0) {
        return null;
    }
    const count = plannedAccounts(job.run);
    const unverified = job.run?.hold?.kinds.find(({kind}) => kind === 'unverified_email')?.count ?? 0;
    return (
        <Notice kind='info' title={<FormattedMessage id='entrasync.first_import.title'/>}>
            <p>
                {count === null ?
                    <FormattedMessage id='entrasync.first_import.uncounted'/> :
                    <FormattedMessage id='entrasync.first_import.counted' values={{count}}/>}
                {' '}
                <FormattedMessage id='entrasync.first_import.scheduled'/>
            </p>
            {unverified > 0 && <p><FormattedMessage id='entrasync.first_import.unverified' values={{count: unverified}}/></p>}
        </Notice>
    );
}

/** How many accounts a sync would create, if the newest run is a preview of the whole directory. */
function plannedAccounts(run: RunAnswer | null): number | null {
    const isPlan = run?.mode === 'preview' && run.reading === 'full' && (run.state === 'succeeded' || run.state === 'held');
    return isPlan ? run.counts.created : null;
}
