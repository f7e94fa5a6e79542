import {unparse} from 'papaparse';

import {csvColumns, type CsvColumn, type Locale} from '../lists';
import {describeFault} from '../messages/describe';
import type {MessageKey} from '../messages/keys';
import {rawText} from '../messages/run_words';
import {isMessageKey, localeOf, translate} from '../messages/translate';
import type {Change, FieldChange} from '../types';

import {reasonText} from './reason';
import {kindText, targetOf} from './target';

/** Makes Excel read the file as UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff';

/**
 * The beginning of what a spreadsheet reads as a formula, also in full width, possibly after spaces, control characters and
 * invisible characters.
 */
const formula = /^[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2060\u3000\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** The name of a list's member, or the member itself if another version wrote it. */
function nameOf(locale: Locale, key: string, member: string): string {
    return isMessageKey(key) ? translate(locale, key as MessageKey) : member;
}

function fieldText(locale: Locale, {field, name, from, to, shortened, refused}: FieldChange): string {
    const mark = shortened ? `(${translate(locale, 'field.shortened')})` : refused ? `(${translate(locale, 'field.refused')}: ${refused})` : '';
    const value = to === '' || mark === '' ? to + mark : `${to} ${mark}`;
    return `${name ?? nameOf(locale, `field.${field}`, field)}: ${from === '' ? '' : `${from} → `}${value}`;
}

function errorText(locale: Locale, {error}: Change): string {
    if (!error) {
        return '';
    }
    return [describeFault(error, locale).message, rawText(error.raw)].filter(Boolean).join(' · ');
}

function valueOf(locale: Locale, change: Change, column: CsvColumn): string {
    switch (column) {
    case 'action':
        return nameOf(locale, `action.${change.action}`, change.action);
    case 'status':
        return nameOf(locale, `change_status.${change.status}`, change.status);
    case 'reason':
        return reasonText(locale, change);
    case 'fields':
        return change.fields.map((field) => fieldText(locale, field)).join('; ');
    case 'error':
        return errorText(locale, change);
    case 'target_kind':
        return kindText(locale, targetOf(change)?.kind ?? '');
    case 'target_name':
        return targetOf(change)?.name ?? '';
    case 'target_team':
        return targetOf(change)?.team ?? '';
    case 'target_id':
        return targetOf(change)?.id ?? '';
    case 'rule':
        return targetOf(change)?.rule ?? '';
    default:
        return change[column];
    }
}

/** Each cell is quoted, so that separators and line ends in it have no effect, and none is a formula. */
export function csvLines(rows: string[][]): string {
    return rows.length === 0 ? '' : `${unparse(rows, {quotes: true, newline: '\r\n', escapeFormulae: formula})}\r\n`;
}

/** A piece of the CSV file (RFC 4180). The first one, with `header`, begins with the byte order mark and the names of the columns. */
export function changesCsv(input: {locale: string; header: boolean; changes: Change[]}): {text: string} {
    const locale = localeOf(input.locale);
    const head = input.header ? BYTE_ORDER_MARK + csvLines([csvColumns.map((column) => translate(locale, `csv.${column}`))]) : '';
    return {text: head + csvLines(input.changes.map((change) => csvColumns.map((column) => valueOf(locale, change, column))))};
}
