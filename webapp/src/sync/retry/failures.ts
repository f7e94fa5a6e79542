import type {ErrorCode, Fault} from '../errors';
import type {Retry} from '../types';

import {retryAt} from './backoff';

/**
 * Failures that lie with the person or the account. All others (a full server, a lost database, a run that was stopped, a wrong
 * setting) say nothing about the person: the next run tries again.
 */
const OF_THE_PERSON: ReadonlySet<ErrorCode> = new Set([
    'email_taken', 'username_taken', 'email_invalid', 'email_domain_refused', 'username_invalid', 'field_invalid', 'account_not_found', 'mattermost_refused',
]);

export function isOfThePerson(error: Fault): boolean {
    return OF_THE_PERSON.has(error.code);
}

/** What is to be remembered of a run's failures, and who is to be forgotten. */
export interface Remembered {
    retries: Retry[];
    settled: string[];
}

/** Follows how the changes of people end. A person has several changes in a run; one failure of them counts, and counts once. */
export class Tally {
    private readonly failed = new Set<string>();
    private readonly done = new Set<string>();

    /** `known`: who had failures before this run. */
    constructor(private readonly known: ReadonlyMap<string, Retry>) {}

    note(object_id: string, error: Fault | null): void {
        if (error === null && this.known.has(object_id)) {
            this.done.add(object_id);
        }
        if (error !== null && isOfThePerson(error)) {
            this.failed.add(object_id);
        }
    }

    remembered(now: number): Remembered {
        const retries = [...this.failed].map((object_id): Retry => {
            const failures = (this.known.get(object_id)?.failures ?? 0) + 1;
            return {object_id, failures, retry_at: retryAt(failures, now)};
        });
        return {retries, settled: [...this.done].filter((object_id) => !this.failed.has(object_id))};
    }
}
