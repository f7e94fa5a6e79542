import type {OverviewAnswer} from '../../answers';
import {getOverview} from '../../client';
import {useAnswer, type Answer} from '../widgets/use_answer';

import type {SyncJob} from './use_sync_job';

/** The numbers of the tenant, asked for once for each run and each save. The status comes first, because it names both. */
export function useOverview({status, run}: Pick<SyncJob, 'status' | 'run'>): Answer<OverviewAnswer> {
    const revision = `${run?.id} ${run?.state} ${status?.settings_revision}`;
    return useAnswer({queryKey: ['overview', revision], queryFn: ({signal}) => getOverview(signal), enabled: status !== null});
}
