/** The lines of a pasted text: one entry each, trimmed, blank ones left out. */
export function linesOf(text: string): string[] {
    return text.split(/\r\n|\r|\n/).map((line) => line.trim()).filter((line) => line !== '');
}

/** `entries` with `added` put in at `index`; what the list already has is not added again. */
export function withLines(entries: readonly string[], added: readonly string[], index: number): string[] {
    const known = new Set(entries);
    const fresh = [...new Set(added.map((entry) => entry.trim()))].filter((entry) => entry !== '' && !known.has(entry));
    return [...entries.slice(0, index), ...fresh, ...entries.slice(index)];
}
