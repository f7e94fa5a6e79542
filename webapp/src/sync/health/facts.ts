import type {DescribedFault, Fault} from '../errors';
import type {Run} from '../types';

/** A fault of the settings, with its texts if the HTTP API has sent them. */
export type SettingFault = Fault & Partial<Pick<DescribedFault, 'message' | 'hint'>>;

/** The part of the answer of `GET /status` that its health depends on. */
export interface StatusFacts {
    configured: boolean;
    enabled: boolean;
    faults: SettingFault[];

    /** What the server cannot do of the policy: runs leave it out. An older server does not send it. */
    warnings?: SettingFault[];

    /** The newest run whose held changes can be approved. */
    held_run?: Run | null;

    /** How many scheduled runs have failed since when (ms), and until when the schedule waits; null if it works. */
    quarantine: {failures: number; since: number; next_at: number} | null;
}

/** The part of the answer of `GET /overview` in which something can need attention. */
export interface OverviewFacts {
    conflicts: number;

    /** The run with the conflicts, or ''. */
    conflicts_run: string;

    /** How many users have changes that failed and will be retried, and the newest run that lists them as tried or skipped. */
    failing: number;
    failing_run: string;
    failing_tried: number;
    failing_waiting: number;

    /** When the credential in use expires (ms), 0 if unknown. */
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
