import type {RawFault} from '../errors';
import type {Counts, Run} from '../types';

import {type Locale, translate} from './translate';

const changedCounts = ['created', 'updated', 'reactivated', 'deactivated', 'skipped', 'conflicts', 'failed', 'held'] as const;

/** What a run did, without the zeros: "created 3, failed 1"; how many stayed the same when that is all. */
export function countsText(locale: Locale, counts: Partial<Counts> | null): string {
    const named = changedCounts.filter((name) => (counts?.[name] ?? 0) > 0);
    const shown = named.length > 0 ? named : ['unchanged'] as const;
    return shown.map((name) => `${translate(locale, `count.${name}`)} ${counts?.[name] ?? 0}`).join(', ');
}

/** What somebody should know of a run although nothing has failed. */
export function warningLines(locale: Locale, {does_not_fit}: Pick<Run, 'does_not_fit'>): string[] {
    return does_not_fit > 0 ? [`:warning: ${translate(locale, 'warning.does_not_fit', {count: does_not_fit})}`] : [];
}

/** Milliseconds that a Date can hold on either side of 1970. */
const longestTime = 8.64e15;

/**
 * A time to the minute: "2026-11-22 18:00 UTC", or with an offset "2026-11-23 03:00 UTC+09:00". The engine knows no time zones, so
 * whoever knows the reader's passes its offset; as the offset is written out, the text is true on both sides of a clock change.
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

/** What the other side said, on one line; '' when it said nothing. */
export function rawText(raw: RawFault | undefined): string {
    const {code, status, message, trace_id} = raw ?? {};
    return [code, status, message, trace_id && `Trace ID ${trace_id}`].filter(Boolean).join(' · ');
}
