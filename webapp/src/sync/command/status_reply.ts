import type {DescribedFault} from '../errors';
import {attentionOf, type AttentionItem} from '../health/attention';
import type {OverviewFacts, StatusFacts} from '../health/facts';
import {healthOf} from '../health/health';
import {faultLines} from '../messages/fault_lines';
import {holdLines, holdTexts} from '../messages/hold_lines';
import {link, runHash, settingHash} from '../messages/links';
import {code} from '../messages/markdown';
import {countsText, momentText, warningLines} from '../messages/run_words';
import {translate} from '../messages/translate';
import type {Run} from '../types';

import type {Reader} from './reader';

/** Answer of `GET /status`, with that of `GET /overview` if there is one. */
interface Status extends StatusFacts {
    version: string;
    faults: DescribedFault[];
    schedule: string;

    /** '' is the server's own time zone. */
    time_zone: string;

    /** In ms since 1970, 0 when no run is planned. */
    next_run_at: number;
    current_run: Run | null;
    last_run: Run | null;
    overview?: OverviewFacts | null;
}

function healthLine({locale}: Reader, status: Status, items: AttentionItem[]): string {
    const health = healthOf({status, lastRun: status.last_run}, items);
    return translate(locale, 'command.health', {health: translate(locale, `health.${health}`)});
}

/** A link to a place of the page, after a sentence; '' if there is none. */
function openLink({locale, consoleUrl}: Reader, hash: string): string {
    const text = translate(locale, 'command.open');
    const linked = link(text, consoleUrl, hash);
    return hash === '' || linked === text ? '' : ` ${linked}`;
}

/** What needs attention and is not covered by another line of the reply. */
function attentionLine(reader: Reader, item: AttentionItem): string[] {
    const {locale, offsetMinutes} = reader;
    const line = (text: string, hash: string) => [`- :warning: ${text}${openLink(reader, hash)}`];
    switch (item.kind) {
    case 'warning':
        return line(faultLines(locale, item.fault).join(' '), settingHash(item.fault.path ?? ''));
    case 'expiry':
        return line(translate(locale, `attention.credential_${item.expiry}`, {time: momentText(item.at, offsetMinutes)}), '#connection');
    case 'preview_holds':
        return [...line(translate(locale, 'attention.preview_holds'), runHash(item.run.id, 'held')), ...holdTexts(locale, item.run.hold ?? {kinds: []}).map((text) => `  - ${text}`)];
    case 'conflicts':
    case 'failing':
        return line(translate(locale, `attention.${item.kind}`, {count: item.count}), runHash(item.run, item.kind === 'conflicts' ? 'conflict' : 'retry_waits'));
    default:
        return [];
    }
}

function setupLines(reader: Reader, {faults}: Status): string[] {
    if (faults.length === 0) {
        return [translate(reader.locale, 'command.setup_ready')];
    }
    const [first = '', ...more] = faults.map((fault) => `- ${faultLines(reader.locale, fault).join(' ')}${openLink(reader, settingHash(fault.path ?? ''))}`);
    return [translate(reader.locale, 'command.setup_faults'), first, ...more];
}

function scheduleLines({locale, offsetMinutes}: Reader, {enabled, schedule, time_zone, next_run_at, quarantine}: Status): string[] {
    if (!enabled) {
        return [`- ${translate(locale, 'command.schedule_off')}`];
    }
    const zone = time_zone === '' ? translate(locale, 'command.server_zone') : code(time_zone);
    const lines = [`- ${translate(locale, 'command.schedule_on', {schedule: code(schedule), time_zone: zone})}`];
    if (next_run_at > 0) {
        lines.push(`- ${translate(locale, 'command.next_run', {time: momentText(next_run_at, offsetMinutes)})}`);
    }
    if (quarantine) {
        const [since, next] = [quarantine.since, quarantine.next_at].map((ms) => momentText(ms, offsetMinutes));
        lines.push(`- :warning: ${translate(locale, 'command.quarantine', {failures: quarantine.failures, since, next})}`);
    }
    return lines;
}

function runningLine({locale}: Reader, {mode, progress}: Run): string {
    return `- ${translate(locale, 'command.running_now', {
        mode: translate(locale, `mode.${mode}`),
        phase: translate(locale, `phase.${progress?.phase ?? 'read'}`),
        done: progress?.done ?? 0,

        // 0 means that it is not known yet, and so does a missing value
        total: progress?.total || undefined,
    })}`;
}

function lastRunLines(reader: Reader, run: Run): string[] {
    const {locale, offsetMinutes} = reader;
    const line = translate(locale, 'command.last_run', {
        mode: translate(locale, `mode.${run.mode}`),
        state: translate(locale, `run_state.${run.state}`),
        time: momentText(run.started_at, offsetMinutes),
        counts: countsText(locale, run.counts),
    });
    return [`- ${line}${openLink(reader, runHash(run.id))}`, ...[...warningLines(locale, run), ...(run.error ? faultLines(locale, run.error) : [])].map((more) => `  ${more}`)];
}

function heldLines({locale, offsetMinutes, consoleUrl}: Reader, {held_run}: Status): string[] {
    return held_run?.hold ? ['', ...holdLines(locale, held_run.hold, {console_url: consoleUrl, hash: runHash(held_run.id, 'held')}, offsetMinutes)] : [];
}

/** The status of the sync, when the next run starts, how the last one ended and what needs attention, in the words of the page. */
export function statusReply(reader: Reader, status: Status): string[] {
    const {locale, now} = reader;
    const items = attentionOf({status, lastRun: status.last_run, overview: status.overview ?? null, now, isGuided: false});
    return [
        `#### ${translate(locale, 'command.status_title', {version: status.version})}`,
        healthLine(reader, status, items),
        ...setupLines(reader, status),
        '',
        ...scheduleLines(reader, status),
        ...(status.current_run ? [runningLine(reader, status.current_run)] : []),
        ...(status.last_run ? lastRunLines(reader, status.last_run) : [`- ${translate(locale, 'command.no_last_run')}`]),
        ...items.flatMap((item) => attentionLine(reader, item)),
        ...heldLines(reader, status),
    ];
}
