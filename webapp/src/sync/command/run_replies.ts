import {link, placeLink, runHash} from '../messages/links';
import {code, table} from '../messages/markdown';
import {countsText, momentText} from '../messages/run_words';
import {translate} from '../messages/translate';
import type {Run} from '../types';

import type {Reader} from './reader';
import {trigger} from './words';

/** Answer of `GET /runs`. */
interface RunPage {
    runs: Run[];
    total: number;
}

/** The run that applies held changes, and how many were held when it was asked for. */
interface ApprovalOfRun {
    run: Run;
    held: number;

    /** How many stay held, because each needs an approval of its own. */
    own: number;
}

/** Where an active run can be followed. */
export function whereToLook({locale, consoleUrl}: Reader, run: Run): string {
    return translate(locale, 'command.where_to_look', {command: code(`${trigger} status`), place: placeLink(locale, consoleUrl, runHash(run.id))});
}

/** The reply to a started run. */
export function startReply(reader: Reader, run: Run): string[] {
    return [`${translate(reader.locale, run.mode === 'preview' ? 'command.preview_started' : 'command.sync_started')} ${whereToLook(reader, run)}`];
}

/** The reply to an approval of held changes. */
export function approveReply(reader: Reader, {run, held, own}: ApprovalOfRun): string[] {
    return [
        `${translate(reader.locale, 'command.approved', {count: held})} ${whereToLook(reader, run)}`,
        ...(own > 0 ? [translate(reader.locale, 'command.approved_rest', {count: own})] : []),
    ];
}

function stateText({locale, offsetMinutes}: Reader, {state, approved_at}: Run): string {
    const text = translate(locale, `run_state.${state}`);
    return approved_at ? `${text}, ${translate(locale, 'command.approved_at', {time: momentText(approved_at, offsetMinutes)})}` : text;
}

/** The newest runs as a table. */
export function historyReply(reader: Reader, {runs, total}: RunPage): string[] {
    const {locale, offsetMinutes, consoleUrl} = reader;
    if (runs.length === 0) {
        return [translate(locale, 'command.history_empty')];
    }
    const head = (['started', 'mode', 'trigger', 'state', 'result'] as const).map((name) => translate(locale, `command.${name}`));
    const rows = runs.map((run) => [
        link(momentText(run.started_at, offsetMinutes), consoleUrl, runHash(run.id)),
        [
            translate(locale, `mode.${run.mode}`),
            run.reading === 'incremental' && translate(locale, 'reading.incremental'),
            run.user && code(run.user),
            run.approves && `(${translate(locale, 'command.approves')})`,
        ].filter(Boolean).join(' '),
        translate(locale, `trigger.${run.trigger}`),
        stateText(reader, run),
        countsText(locale, run.counts),
    ]);
    const more = total > runs.length ? ['', translate(locale, 'command.history_more', {shown: runs.length, total, place: placeLink(locale, consoleUrl, '#runs')})] : [];
    return [`#### ${translate(locale, 'command.history_title')}`, '', table(head, rows), ...more];
}
