import type {ClipboardEvent} from 'react';

/** The lines of a pasted text: one entry each, trimmed, blank ones left out. */
export function linesOf(text: string): string[] {
    return text.split(/\r\n|\r|\n/).map((line) => line.trim()).filter((line) => line !== '');
}

/** Takes several pasted lines away from the input, which would put them into one; null for what the input can paste by itself. */
export function takePastedLines(event: ClipboardEvent): string[] | null {
    const lines = linesOf(event.clipboardData.getData('text'));
    if (lines.length < 2) {
        return null;
    }
    event.preventDefault();
    return lines;
}

/** `entries` with `added` put in at `index`; what the list already has is not added again. */
export function withLines(entries: readonly string[], added: readonly string[], index: number): string[] {
    const known = new Set(entries);
    const fresh = [...new Set(added.map((entry) => entry.trim()))].filter((entry) => entry !== '' && !known.has(entry));
    return [...entries.slice(0, index), ...fresh, ...entries.slice(index)];
}
