import {FormattedMessage} from 'react-intl';

import {FaultNotice} from '../../widgets/fault_notice';
import type {SyncJob} from '../../frame/use_sync_job';

/** What went wrong with the sync as a whole; where nothing is known of it yet, with the way to ask again. */
export function JobFault({job: {fault, status, reload}}: {job: SyncJob}) {
    return fault && (
        <>
            <FaultNotice fault={fault}/>
            {status === null && (
                <p>
                    <button type='button' className='btn btn-tertiary btn-sm' onClick={reload}><FormattedMessage id='entrasync.changes.retry'/></button>
                </p>
            )}
        </>
    );
}
