import type {RawFault} from '../errors';
import type {Counts, Run} from '../types';

import {type Locale, translate} from './translate';

const changedCounts = ['created', 'updated', 'reactivated', 'deactivated', 'joined', 'left', 'promoted', 'demoted', 'skipped', 'conflicts', 'failed', 'held'] as const;

/** The results of a run without the zeros: "3 created, 1 failed", or only how many accounts are unchanged. */
export function countsText(locale: Locale, counts: Partial<Counts> | null): string {
    const named = changedCounts.filter((name) => (counts?.[name] ?? 0) > 0);
    const shown = named.length > 0 ? named : ['unchanged'] as const;
    return shown.map((name) => translate(locale, `counted.${name}`, {count: counts?.[name] ?? 0})).join(', ');
}

/** Warnings about a run that did not fail. */
export function warningLines(locale: Locale, {does_not_fit}: Pick<Run, 'does_not_fit'>): string[] {
    return does_not_fit > 0 ? [`:warning: ${translate(locale, 'warning.does_not_fit', {count: does_not_fit})}`] : [];
}

/** The largest time that a Date can represent, in ms before or after 1970. */
const longestTime = 8.64e15;

/**
 * A time to the minute: "2026-11-22 18:00 UTC", or with an offset "2026-11-23 03:00 UTC+09:00". The engine has no time zone data, so the
 * caller passes the offset of the reader. The text contains the offset, so it is correct before and after a clock change.
 */
export function momentText(ms: number, offsetMinutes = 0): string {
    const local = ms + (offsetMinutes * 60_000);
    if (!(Math.abs(local) <= longestTime)) {
        return '…';
    }
    const text = new Date(local).toISOString().slice(0, 16).replace('T', ' ');
    if (offsetMinutes === 0) {
        return `${text} UTC`;
    }
    const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
    return `${text} UTC${offsetMinutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** The response of the remote system on one line, or '' if there is none. */
export function rawText(raw: RawFault | undefined): string {
    const {code, status, message, trace_id} = raw ?? {};
    return [code, status, message, trace_id && `Trace ID ${trace_id}`].filter(Boolean).join(' · ');
}
