import {faultLines} from '../messages/fault_lines';
import type {MessageKey} from '../messages/keys';
import {countsText, momentText} from '../messages/run_words';
import {localeOf, translate} from '../messages/translate';
import type {Run, RunState} from '../types';

export interface NoticeInput {
    locale: string;

    /** Of the reader's time zone; without it times are in UTC. */
    utc_offset_minutes?: number;
    run: Run;

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

/** The direct message to an administrator about a run that could not go on, or had to leave something out. */
export function notice({locale: asked, utc_offset_minutes, run, console_url}: NoticeInput): {text: string} {
    const locale = localeOf(asked);
    const lines = [`:warning: ${translate(locale, SENTENCES[run.state] ?? 'notice.failed', {
        trigger: translate(locale, `trigger.${run.trigger}`),
        time: momentText(run.started_at, utc_offset_minutes),
    })}`];
    if (run.error) {
        lines.push(...faultLines(locale, run.error));
    }
    if (Object.values(run.counts ?? {}).some((count) => count > 0)) {
        lines.push(translate(locale, 'notice.partial', {counts: countsText(locale, run.counts)}));
    }
    const target = linkTarget(console_url);
    if (target !== '') {
        lines.push(`[${translate(locale, 'notice.look')}](${target})`);
    }
    return {text: lines.join('\n')};
}
