import type {DescribedFault, Fault} from '../errors';
import type {Run} from '../types';

/** A fault of the settings, with its words where the HTTP API has told them. */
export type SettingFault = Fault & Partial<Pick<DescribedFault, 'message' | 'hint'>>;

/** What `GET /status` answers of the sync, as far as its health depends on it. */
export interface StatusFacts {
    configured: boolean;
    enabled: boolean;
    faults: SettingFault[];

    /** The newest run whose held changes can be approved. */
    held_run?: Run | null;

    /** Since when (ms) how many scheduled runs have failed, and until when the schedule waits; null when it works. */
    quarantine: {failures: number; since: number; next_at: number} | null;
}

/** What `GET /overview` answers, as far as something in it can need attention. */
export interface OverviewFacts {
    conflicts: number;

    /** The run in which the conflicts are, or ''. */
    conflicts_run: string;

    /** How many users have changes that failed and are tried again, and the newest run that has them: tried there, or passed over. */
    failing: number;
    failing_run: string;
    failing_tried: number;
    failing_waiting: number;

    /** When the credential in use ends (ms), 0 where that is not known. */
    secret_expires_at: number;
}

/** What is known of the sync. */
export interface Known {
    status: StatusFacts;

    /** The newest run that has ended; null before the first. */
    lastRun: Run | null;

    /** The newest connection test of the settings that are saved now; null for none. */
    tested: {at: number; answer: {ok: boolean}} | null;

    /** The directory has been read completely before. */
    hasRead: boolean;
}
