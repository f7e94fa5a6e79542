import {faultLines} from '../messages/fault_lines';
import type {MessageKey} from '../messages/keys';
import {countsText, momentText} from '../messages/run_words';
import {localeOf, translate, type Locale} from '../messages/translate';
import type {Run, RunState} from '../types';

import type {Quarantine, QuarantineNotice} from './quarantine';

export interface NoticeInput {
    locale: string;

    /** Of the reader's time zone; without it times are in UTC. */
    utc_offset_minutes?: number;
    run: Run;

    /** What changes for the schedule with this run; without it nothing does. */
    schedule?: {notice: QuarantineNotice; quarantine: Quarantine} | null;

    /** The plugin's page; anything but a web address is left out. */
    console_url: string;
}

/** `url` as the target of a Markdown link, or '' when it is no web address. */
function linkTarget(url: string): string {
    return /^https?:\/\/\S+$/i.test(url) ? url.replace(/\(/g, '%28').replace(/\)/g, '%29') : '';
}

const SENTENCES: Partial<Record<RunState, MessageKey>> = {
    interrupted: 'notice.interrupted',
    partial: 'notice.stopped_early',
};

/** What the message is about: a failure, or the end of failures. */
function headline(locale: Locale, {run, schedule, utc_offset_minutes}: NoticeInput): string {
    const params = {trigger: translate(locale, `trigger.${run.trigger}`), time: momentText(run.started_at, utc_offset_minutes)};
    if (schedule?.notice !== 'recovered') {
        return `:warning: ${translate(locale, SENTENCES[run.state] ?? 'notice.failed', params)}`;
    }
    const {failures, since} = schedule.quarantine;
    return `:white_check_mark: ${translate(locale, 'notice.recovered', {...params, failures, since: momentText(since, utc_offset_minutes)})}`;
}

/**
 * The direct message to an administrator about a run that could not go on, or had to leave something out, and about the end of
 * a schedule's failures.
 */
export function notice(input: NoticeInput): {text: string} {
    const {run, schedule, utc_offset_minutes, console_url} = input;
    const locale = localeOf(input.locale);
    const lines = [headline(locale, input)];
    if (run.error) {
        lines.push(...faultLines(locale, run.error));
    }
    if (schedule?.notice === 'begins') {
        lines.push(translate(locale, 'notice.quarantine_begins', {next: momentText(schedule.quarantine.next_at, utc_offset_minutes)}));
    }
    if (schedule?.notice !== 'recovered' && Object.values(run.counts ?? {}).some((count) => count > 0)) {
        lines.push(translate(locale, 'notice.partial', {counts: countsText(locale, run.counts)}));
    }
    const target = linkTarget(console_url);
    if (target !== '') {
        lines.push(`[${translate(locale, 'notice.look')}](${target})`);
    }
    return {text: lines.join('\n')};
}
