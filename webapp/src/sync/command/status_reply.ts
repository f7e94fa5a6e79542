import type {DescribedFault} from '../errors';
import {faultLines} from '../messages/fault_lines';
import {holdLines} from '../messages/hold_lines';
import {code} from '../messages/markdown';
import {countsText, momentText} from '../messages/run_words';
import {translate} from '../messages/translate';
import type {Run} from '../types';

import type {Reader} from './reader';

/** Answer of `GET /status`. */
export interface Status {
    version: string;
    configured: boolean;
    enabled: boolean;
    faults: DescribedFault[];
    schedule: string;

    /** '' is the server's own. */
    time_zone: string;

    /** In ms since 1970, 0 when no run is planned. */
    next_run_at: number;
    current_run: Run | null;
    last_run: Run | null;

    /** The newest run whose held changes can be approved. */
    held_run?: Run | null;
}

function setupLines(reader: Reader, {faults}: Status): string[] {
    if (faults.length === 0) {
        return [translate(reader.locale, 'command.setup_ready')];
    }
    const [first = '', ...more] = faults.map((fault) => `- ${faultLines(reader.locale, fault).join(' ')}`);
    return [translate(reader.locale, 'command.setup_faults'), first, ...more];
}

function scheduleLines({locale, offsetMinutes}: Reader, {enabled, schedule, time_zone, next_run_at}: Status): string[] {
    if (!enabled) {
        return [`- ${translate(locale, 'command.schedule_off')}`];
    }
    const zone = time_zone === '' ? translate(locale, 'command.server_zone') : code(time_zone);
    const lines = [`- ${translate(locale, 'command.schedule_on', {schedule: code(schedule), time_zone: zone})}`];
    if (next_run_at > 0) {
        lines.push(`- ${translate(locale, 'command.next_run', {time: momentText(next_run_at, offsetMinutes)})}`);
    }
    return lines;
}

function runningLine({locale}: Reader, {mode, progress}: Run): string {
    return `- ${translate(locale, 'command.running_now', {
        mode: translate(locale, `mode.${mode}`),
        phase: translate(locale, `phase.${progress?.phase ?? 'read'}`),
        done: progress?.done ?? 0,

        // 0 means that nobody knows yet, and so does the gap that a missing value leaves
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
    return [`- ${line}`, ...(run.error ? faultLines(reader.locale, run.error).map((fault) => `  ${fault}`) : [])];
}

function heldLines({locale, offsetMinutes}: Reader, {held_run}: Status): string[] {
    return held_run?.hold ? ['', ...holdLines(locale, held_run.hold, offsetMinutes)] : [];
}

/** Whether everything is set up, when the next run starts, and how the last one ended. */
export function statusReply(reader: Reader, status: Status): string[] {
    const {locale} = reader;
    return [
        `#### ${translate(locale, 'command.status_title', {version: status.version})}`,
        ...setupLines(reader, status),
        '',
        ...scheduleLines(reader, status),
        ...(status.current_run ? [runningLine(reader, status.current_run)] : []),
        ...(status.last_run ? lastRunLines(reader, status.last_run) : [`- ${translate(locale, 'command.no_last_run')}`]),
        ...heldLines(reader, status),
    ];
}
