import type {RunAnswer, StatusAnswer} from '../../answers';
import type {Known} from '../../sync/health/facts';

/** What this tab knows about the sync. */
export interface OverviewFacts extends Known {
    status: StatusAnswer;
    lastRun: RunAnswer | null;

    /** The newest connection test of this page went well, perhaps with other settings than those that are saved now. */
    hasConnected: boolean;
}
