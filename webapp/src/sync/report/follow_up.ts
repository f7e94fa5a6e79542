import type {Run} from '../types';

import {notice} from './notice';
import {quarantine, type Quarantine, type QuarantineInput, type QuarantineNotice} from './quarantine';

/** How many runs are searched to find out whether the administrators already know what a run holds: those of more than a day. */
const EARLIER_RUNS = 200;

export interface EndedRun {

    /** The run that has just ended. */
    run: QuarantineInput['run'] & Pick<Run, 'error'>;

    /** The quarantine before the run; absent if it cannot be read. */
    previous?: Quarantine | null;

    /** In ms. */
    now: number;
}

/** What administrators are told about a run. */
export interface News {

    /** What changes for the schedule with the run, or null. */
    schedule: {notice: QuarantineNotice; quarantine: Quarantine} | null;

    /** How many earlier runs `notices` needs. */
    earlier_runs: number;
}

export interface FollowUp {

    /** The quarantine from now on. */
    quarantine: Quarantine | null;

    /** The news, or null if administrators need to know nothing. */
    news: News | null;

    /** The quarantine after they have been told, or null if that changes nothing. It is stored then: telling them twice is better than never. */
    told: Quarantine | null;
}

/**
 * Whether administrators are told about a run: about one that failed, left something out (the server is full) or waits for
 * approval.
 * Failures of single changes are shown only in the history, and a run for one user only to the administrator who requested it.
 * For a schedule that keeps failing, they are told at the first failure and when it works again, not in between.
 */
export function followUp({run, previous, now}: EndedRun): FollowUp {
    const {state, notice: about, is_known} = previous === undefined ? UNJUDGED : quarantine({previous, run, now});
    const isWorthTelling = run.user === '' && ((run.error !== null && !is_known) || run.state === 'held');
    const subject = state ?? previous;
    const schedule = about && subject ? {notice: about, quarantine: subject} : null;
    return {
        quarantine: state,
        news: isWorthTelling || schedule ? {schedule, earlier_runs: run.state === 'held' ? EARLIER_RUNS : 0} : null,
        told: schedule && state && {...state, told: true},
    };
}

const UNJUDGED = {state: null, notice: null, is_known: false} as const;

export interface NoticesInput {
    run: Run;
    news: News;

    /** As many runs as the news needs, newest first. */
    earlier: Run[];
    admins: Array<{id: string; locale: string; utc_offset_minutes: number}>;
    console_url: string;
}

/** The direct message to each administrator who does not know yet, in the language and time zone of each. */
export function notices({run, news: {schedule}, earlier, admins, console_url}: NoticesInput): {messages: Array<{user_id: string; text: string}>} {
    const texts = new Map<string, string>();
    const messages = admins.map(({id, locale, utc_offset_minutes}) => {
        const reader = `${locale} ${utc_offset_minutes}`;
        const text = texts.get(reader) ?? notice({locale, utc_offset_minutes, run, earlier, schedule, console_url}).text;
        texts.set(reader, text);
        return {user_id: id, text};
    });
    return {messages: messages.filter(({text}) => text !== '')};
}
