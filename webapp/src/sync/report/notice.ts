import {faultLines} from '../messages/fault_lines';
import {holdLines} from '../messages/hold_lines';
import type {MessageKey} from '../messages/keys';
import {link, runHash} from '../messages/links';
import {countsText, momentText} from '../messages/run_words';
import {localeOf, translate, type Locale} from '../messages/translate';
import type {Hold, Run, RunState} from '../types';

import type {Quarantine, QuarantineNotice} from './quarantine';

interface NoticeInput {
    locale: string;

    /** The offset of the reader's time zone. Without it, times are in UTC. */
    utc_offset_minutes?: number;
    run: Run;

    /** Runs before it, newest first. What the last run of its kind held as well is not news. */
    earlier?: Run[];

    /** What this run changes for the schedule; absent if nothing. */
    schedule?: {notice: QuarantineNotice; quarantine: Quarantine} | null;

    /** The plugin's page. Anything but a web address is left out. */
    console_url: string;
}

const SENTENCES: Partial<Record<RunState, MessageKey>> = {
    held: 'notice.held',
    interrupted: 'notice.interrupted',
    partial: 'notice.stopped_early',
};

/** Whether the previous run, which read as much of the directory, held the same changes. Then the administrators already know. */
function isKnown({id, mode, reading, hold, error}: Run, earlier: Run[]): boolean {
    const before = earlier.find((run) => run.id !== id && run.mode === mode && run.reading === reading && run.state !== 'running');
    return hold !== null && error === null && before?.hold !== undefined && before.hold !== null && kindsOf(before.hold) === kindsOf(hold);
}

function kindsOf({kinds}: Hold): string {
    return kinds.map(({kind, count}) => `${kind} ${count}`).join();
}

/** What the message is about: a failure, something that waits for approval, or the end of failures. */
function headline(locale: Locale, {run, schedule, utc_offset_minutes}: NoticeInput): string {
    const params = {trigger: translate(locale, `trigger.${run.trigger}`), time: momentText(run.started_at, utc_offset_minutes)};
    if (schedule?.notice !== 'recovered') {
        return `:warning: ${translate(locale, SENTENCES[run.state] ?? 'notice.failed', params)}`;
    }
    const {failures, since} = schedule.quarantine;
    return `:white_check_mark: ${translate(locale, 'notice.recovered', {...params, failures, since: momentText(since, utc_offset_minutes)})}`;
}

/**
 * The direct message to an administrator about a run that failed, left something out or waits for approval, and about the end
 * of a schedule's failures; '' if there is nothing new to say.
 */
export function notice(input: NoticeInput): {text: string} {
    const {run, schedule, earlier = [], utc_offset_minutes, console_url} = input;
    if (run.state === 'held' && !schedule && isKnown(run, earlier)) {
        return {text: ''};
    }
    const locale = localeOf(input.locale);
    const hash = runHash(run.id, run.state === 'held' ? 'held' : '');
    const lines = [headline(locale, input)];
    if (run.state === 'held' && run.hold) {
        lines.push(...holdLines(locale, run.hold, {console_url, hash}, utc_offset_minutes));
    }
    if (run.error) {
        lines.push(...faultLines(locale, run.error));
    }
    if (schedule?.notice === 'begins') {
        lines.push(translate(locale, 'notice.quarantine_begins', {next: momentText(schedule.quarantine.next_at, utc_offset_minutes)}));
    }
    if (schedule?.notice !== 'recovered' && Object.values(run.counts ?? {}).some((count) => count > 0)) {
        lines.push(translate(locale, 'notice.partial', {counts: countsText(locale, run.counts)}));
    }
    const look = translate(locale, 'notice.look');
    const linked = link(look, console_url, hash);
    if (linked !== look) {
        lines.push(linked);
    }
    return {text: lines.join('\n')};
}
