import type {ErrorCode, Fault} from '../errors';
import type {Retry} from '../types';

import {retryAt} from './backoff';

/**
 * Failures that are due to the user or the account. All others (a full server, a lost database, a canceled run, a wrong setting)
 * say nothing about the user: the next run tries again.
 */
const OF_THE_USER: ReadonlySet<ErrorCode> = new Set([
    'email_taken', 'username_taken', 'email_invalid', 'email_domain_refused', 'username_invalid', 'field_invalid', 'account_not_found', 'mattermost_refused',
]);

export function isOfTheUser(error: Fault): boolean {
    return OF_THE_USER.has(error.code);
}

/** The failures that a run saves, and the users whose failures it forgets. */
interface SavedFailures {
    retries: Retry[];
    forget: string[];
}

/** Collects how the changes of users end in one run. A user may have several changes in a run; if any fails, it counts as one failure. */
export class RunFailures {
    private readonly failed = new Set<string>();
    private readonly done = new Set<string>();

    /** `known`: the failures before this run, by object id. */
    constructor(private readonly known: ReadonlyMap<string, Retry>) {}

    note(object_id: string, error: Fault | null): void {
        if (error === null && this.known.has(object_id)) {
            this.done.add(object_id);
        }
        if (error !== null && isOfTheUser(error)) {
            this.failed.add(object_id);
        }
    }

    /** Forgets the failures of a user for whom there is nothing left to do. */
    drop(object_id: string): void {
        this.done.add(object_id);
    }

    toSave(now: number): SavedFailures {
        const retries = [...this.failed].map((object_id): Retry => {
            const failures = (this.known.get(object_id)?.failures ?? 0) + 1;
            return {object_id, failures, retry_at: retryAt(failures, now)};
        });
        return {retries, forget: [...this.done].filter((object_id) => !this.failed.has(object_id))};
    }
}
