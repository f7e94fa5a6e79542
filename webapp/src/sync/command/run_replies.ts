import {faultLines} from '../messages/fault_lines';
import {code, escapeText, table} from '../messages/markdown';
import {reasonText} from '../messages/reason';
import {countsText, momentText} from '../messages/run_words';
import {type Locale, translate} from '../messages/translate';
import type {Change, FieldChange, Run} from '../types';

import type {Reader} from './reader';
import {trigger} from './words';

/** Answer of `GET /runs`. */
interface RunPage {
    runs: Run[];
    total: number;
}

/** A run for one person, and the answer of its `GET /runs/{id}/changes`. */
interface RunOfOne {
    run: Run;
    changes: {changes: Change[]};
}

function whereToLook(locale: Locale): string {
    return translate(locale, 'command.where_to_look', {command: code(`${trigger} status`)});
}

/** A run has begun. */
export function startReply({locale}: Reader, run: Run): string[] {
    return [`${translate(locale, run.mode === 'preview' ? 'command.preview_started' : 'command.sync_started')} ${whereToLook(locale)}`];
}

/** The newest runs as a table. */
export function historyReply({locale, offsetMinutes}: Reader, {runs, total}: RunPage): string[] {
    if (runs.length === 0) {
        return [translate(locale, 'command.history_empty')];
    }
    const head = (['started', 'mode', 'trigger', 'state', 'result'] as const).map((name) => translate(locale, `command.${name}`));
    const rows = runs.map((run) => [
        momentText(run.started_at, offsetMinutes),
        [translate(locale, `mode.${run.mode}`), run.user && code(run.user)].filter(Boolean).join(' '),
        translate(locale, `trigger.${run.trigger}`),
        translate(locale, `run_state.${run.state}`),
        countsText(locale, run.counts),
    ]);
    const more = total > runs.length ? ['', translate(locale, 'command.history_more', {shown: runs.length, total})] : [];
    return [`#### ${translate(locale, 'command.history_title')}`, '', table(head, rows), ...more];
}

function changeLines(reader: Reader, change: Change): string[] {
    const {locale} = reader;
    const action = translate(locale, `action.${change.action}`);
    const status = translate(locale, `change_status.${change.status}`);
    const lines = [`- **${action}** (${status}) ${code(change.username || change.email)}: ${escapeText(reasonText(locale, change))}`];
    if (change.error) {
        lines.push(...faultLines(reader.locale, change.error).map((line) => `  ${line}`));
    }
    if (change.fields.length > 0) {
        const head = (['field', 'before', 'after'] as const).map((name) => translate(locale, `command.${name}`));
        lines.push('', table(head, change.fields.map((field) => fieldCells(locale, field))), '');
    }
    return lines;
}

function fieldCells(locale: Locale, {field, name, from, to, shortened, refused}: FieldChange): string[] {
    const mark = shortened ? ` (${translate(locale, 'field.shortened')})` : refused ? ` (${translate(locale, 'field.refused')}: ${code(refused)})` : '';
    return [name === undefined ? translate(locale, `field.${field}`) : code(name), code(from), code(to) + mark];
}

/** What a run for one person did, or that it still goes on. */
export function userReply(reader: Reader, {run, changes}: RunOfOne): string[] {
    const {locale} = reader;
    const user = code(reader.user || run.user);
    if (run.state === 'running') {
        return [`${translate(locale, 'command.user_started', {user})} ${whereToLook(locale)}`];
    }
    if (run.error) {
        return faultLines(reader.locale, run.error);
    }
    if (changes.changes.length === 0) {
        return [translate(locale, 'command.user_unchanged', {user})];
    }
    const title = translate(locale, run.mode === 'preview' ? 'command.user_preview' : 'command.user_result', {user});
    return [title, ...changes.changes.flatMap((change) => changeLines(reader, change))];
}
