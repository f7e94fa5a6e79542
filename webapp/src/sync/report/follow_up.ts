import type {Run} from '../types';

import {notice} from './notice';
import {quarantine, type Quarantine, type QuarantineInput, type QuarantineNotice} from './quarantine';

/** Runs that are looked through for whether the administrators know already what a run holds: more than a day's. */
const EARLIER_RUNS = 200;

export interface EndedRun {

    /** The run that has just ended. */
    run: QuarantineInput['run'] & Pick<Run, 'error'>;

    /** The quarantine before the run; missing where it cannot be read. */
    previous?: Quarantine | null;

    /** In ms. */
    now: number;
}

/** What administrators hear of a run. */
export interface News {

    /** What changes for the schedule with the run, or null. */
    schedule: {notice: QuarantineNotice; quarantine: Quarantine} | null;

    /** How many runs before it `notices` wants to see. */
    earlier_runs: number;
}

export interface FollowUp {

    /** The quarantine from now on. */
    quarantine: Quarantine | null;

    /** What is to be told, or null when there is nothing that they need to hear. */
    news: News | null;

    /** The quarantine once they have been told, or null when that changes nothing. It is stored then: better told twice than never. */
    told: Quarantine | null;
}

/**
 * Whether administrators hear of a run: of one that could not go on, had to leave something out (the server is full) or waits for an approval.
 * Failures of single changes are left to the history, and a run for one user to the user who asked for it and sees its answer.
 *
 * Of a schedule that keeps failing they hear when that begins and when it ends, and not each time in between.
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

    /** As many runs as the news wants, newest first. */
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
